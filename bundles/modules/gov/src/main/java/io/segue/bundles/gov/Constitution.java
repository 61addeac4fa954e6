package io.segue.bundles.gov;

import io.segue.kernel.api.module.KVStore;
import java.nio.charset.StandardCharsets;

/** A text that a chain gives itself at its genesis; governance says what it means. */
final class Constitution {
  private Constitution() {}

  /** The text; empty where there is none. */
  static String load(KVStore store) {
    byte[] text = store.get(GovKeys.CONSTITUTION);
    return text == null ? "" : new String(text, StandardCharsets.UTF_8);
  }

  static void save(KVStore store, String text) {
    if (!text.isEmpty()) {
      store.set(GovKeys.CONSTITUTION, text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
