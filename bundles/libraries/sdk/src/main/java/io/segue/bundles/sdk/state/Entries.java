package io.segue.bundles.sdk.state;

import io.segue.bundles.sdk.JsonParts;
import io.segue.bundles.sdk.JsonParts.Part;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The entries of a table in a genesis: {@code [{"key": ..., "value": ...}]}. */
final class Entries {
  private static final List<String> MEMBERS = List.of("key", "value");

  private Entries() {}

  static void read(Part json, BiConsumer<Part, Part> taker) {
    JsonParts.elements(
        json,
        element -> {
          Map<String, Part> entry = JsonParts.members(element);
          Part key = entry.get("key");
          Part value = entry.get("value");
          if (key == null || value == null || entry.size() != MEMBERS.size()) {
            throw new IllegalArgumentException(
                "an entry has the members " + entry.keySet() + " instead of " + MEMBERS);
          }
          taker.accept(key, value);
        });
  }
}
