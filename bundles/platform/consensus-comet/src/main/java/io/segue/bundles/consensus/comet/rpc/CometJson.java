package io.segue.bundles.consensus.comet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/** How CometBFT writes bytes and lists; what is absent or null is empty. */
final class CometJson {
  private CometJson() {}

  static byte[] hex(JsonNode text) {
    return HexFormat.of().parseHex(text.asText(""));
  }

  static byte[] base64(JsonNode text) {
    return text.isNull() ? new byte[0] : Base64.getDecoder().decode(text.asText(""));
  }

  static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
    List<T> all = new ArrayList<>(array.size());
    array.forEach(one -> all.add(read.apply(one)));
    return List.copyOf(all);
  }
}
