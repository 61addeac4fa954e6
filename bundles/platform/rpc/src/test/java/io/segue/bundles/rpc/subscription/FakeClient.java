package io.segue.bundles.rpc.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.bundles.rpc.json.JsonOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A client that keeps what it gets, up to a number of messages. */
final class FakeClient implements SocketPeer {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  final List<JsonNode> messages = new ArrayList<>();
  final List<JsonNode> last = new ArrayList<>();
  int room = Integer.MAX_VALUE;

  @Override
  public String remote() {
    return "127.0.0.1:1";
  }

  @Override
  public boolean offer(JsonOut message) {
    if (messages.size() == room) {
      return false;
    }
    messages.add(read(message));
    return true;
  }

  @Override
  public void drop(JsonOut message) {
    last.add(read(message));
  }

  /** The types of what it was told. */
  List<String> types() {
    return messages.stream()
        .map(message -> message.at("/result/data/type").asText())
        .map(type -> type.substring(type.lastIndexOf('/') + 1))
        .toList();
  }

  private static JsonNode read(JsonOut message) {
    try {
      return MAPPER.readTree(message.buffer(), 0, message.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
