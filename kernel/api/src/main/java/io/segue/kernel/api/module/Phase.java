package io.segue.kernel.api.module;

import java.util.Arrays;
import java.util.Optional;

/** A place where modules take part one after the other; a generation gives the order. */
public enum Phase {
  /** Steps that every transaction passes; the names are names of ante steps. */
  ANTE("ante"),
  /** Before the transactions of a block. */
  BEGIN_BLOCK("beginBlock"),
  /** After the transactions of a block. */
  END_BLOCK("endBlock"),
  /** When a chain starts. */
  GENESIS("genesis"),
  /** When an upgrade brings the modules to their new consensus versions. */
  MIGRATIONS("migrations");

  private final String id;

  Phase(String id) {
    this.id = id;
  }

  /** The name in a generation's manifest. */
  public String id() {
    return id;
  }

  /** The phase of a name in a manifest; empty where there is none. */
  public static Optional<Phase> of(String id) {
    return Arrays.stream(values()).filter(phase -> phase.id.equals(id)).findFirst();
  }
}
