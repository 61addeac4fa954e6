package io.segue.bundles.cli.init;

import java.util.List;

/** Who makes the blocks of a home's chain. */
public enum EngineKind {
  /** The node itself, for a chain of one validator. */
  solo("io.segue.consensus.comet.cfg"),

  /** CometBFT beside it, which serves JSON-RPC itself. */
  comet("io.segue.consensus.solo.cfg", "io.segue.rpc.cfg");

  private final List<String> leftOut;

  EngineKind(String... leftOut) {
    this.leftOut = List.of(leftOut);
  }

  /** Whether a home with this engine has a file of the distribution's {@code etc/}. */
  boolean has(String settings) {
    return !leftOut.contains(settings);
  }
}
