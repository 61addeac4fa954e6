package io.segue.itests;

import io.segue.bundles.crypto.Secp256k1Crypto;
import io.segue.bundles.nodes.Distribution;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.testkit.Bundles;
import io.segue.kernel.testkit.TestNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/** A chain of the distribution's modules with committed input, whose plan v2 is about to pass. */
final class RootChain {
  /** Height of plan v2. */
  static final long PLAN_HEIGHT = 6;

  private static final String NO_INFO = "\"info\": \"\"";

  private RootChain() {}

  /**
   * The chain, not started.
   *
   * @param appState resource with the state of genesis
   * @param info of its plans
   */
  static TestNode.Builder in(Path home, StateStore store, String appState, String info)
      throws IOException {
    String quoted = '"' + info.replace("\"", "\\\"") + '"';
    return TestNode.aNode(home)
        .withStore(store)
        .withCrypto(new Secp256k1Crypto())
        .withChainId("probe-1")
        .withGenesisOf(Distribution.folder().resolve("genesis"))
        .withAppState(text(appState).replace(NO_INFO, "\"info\": " + quoted));
  }

  /** The signed transfer of block 1. */
  static byte[] transfer() throws IOException {
    return HexFormat.of().parseHex(text("send.hex").strip());
  }

  /** The archive of generation genesis. */
  static byte[] genesis() throws IOException {
    return Bundles.archive(Distribution.genesis().toArray(Path[]::new));
  }

  /** A resource. */
  static String text(String resource) throws IOException {
    try (var in = RootChain.class.getResourceAsStream("/root/" + resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
