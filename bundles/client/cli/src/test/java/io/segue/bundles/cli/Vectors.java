package io.segue.bundles.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.keyring.Key;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Keys and transactions that CosmJS 0.32.4 made. */
public final class Vectors {
  private Vectors() {}

  /** The entries of a file of this package. */
  public static List<JsonNode> of(String file) {
    try (InputStream in = Vectors.class.getResourceAsStream(file)) {
      List<JsonNode> entries = new ArrayList<>();
      Output.JSON.readTree(in).forEach(entries::add);
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The key of one of the addresses in {@code keys.json}. */
  public static Key key(String address) {
    return of("keys.json").stream()
        .filter(key -> key.path("bech32").asText().equals(address))
        .map(key -> Key.ofMnemonic(key.path("mnemonic").asText()))
        .findFirst()
        .orElseThrow();
  }
}
