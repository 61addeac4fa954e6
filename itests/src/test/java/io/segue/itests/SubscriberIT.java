package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.bundles.nodes.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A subscriber of a node that upgrades itself meanwhile. */
class SubscriberIT {
  @TempDir Path folder;

  @Test
  void hearsOfEveryHeightOnceAcrossAnUpgrade() throws Exception {
    try (TestedNode node = TestedNode.init(folder.resolve("home"), "--voting-period", "10s")) {
      node.start().awaitHeight(2);
      Told blocks = new Told("/result/data/value/block/header/height");
      Told votes = new Told("/result/data/value/Vote/height");
      subscribe(node, "NewBlock", blocks);
      subscribe(node, "Vote", votes);
      node.inShell("upgrade:deploy " + Distribution.upgrade("v2").toAbsolutePath());
      long plan = UpgradePlans.pass(node, "v2", 60, "");
      node.awaitHeight(plan + 3);
      node.until("votes after the upgrade", () -> votes.last() >= plan + 3);
      node.until("blocks after the upgrade", () -> blocks.last() >= plan + 3);
      assertThat(blocks.heights).containsExactlyElementsOf(blocks.everyHeight());
      assertThat(votes.heights).containsExactlyElementsOf(votes.everyHeight());
      assertThat(blocks.heights.get(0)).isLessThan(plan);
    }
  }

  private static void subscribe(TestedNode node, String type, Told told) throws Exception {
    String request =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"subscribe\",\"params\":"
            + "{\"query\":\"tm.event='%s'\"}}".formatted(type);
    URI uri = URI.create(node.url().replace("http://", "ws://") + "/websocket");
    WebSocket socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, told).get();
    socket.sendText(request, true).get();
  }

  /** The heights of the messages that came. */
  private static final class Told implements WebSocket.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String place;
    private final StringBuilder text = new StringBuilder();
    private final List<Long> heights = new CopyOnWriteArrayList<>();

    Told(String place) {
      this.place = place;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(socket, part, last);
    }

    private void take(String message) {
      try {
        JsonNode height = JSON.readTree(message).at(place);
        if (!height.isMissingNode()) {
          heights.add(height.asLong());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    long last() {
      return heights.isEmpty() ? 0 : heights.get(heights.size() - 1);
    }

    List<Long> everyHeight() {
      return LongStream.rangeClosed(heights.get(0), last()).boxed().toList();
    }
  }
}
