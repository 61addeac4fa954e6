package io.segue.kernel.core.overlay;

import io.segue.kernel.core.gas.ChangeLimit;
import org.jspecify.annotations.Nullable;

/** One key of an overlay: what the base has, as far as it was read, and what holds now. */
public final class Entry {
  /** Stands for a value that was not read from the base; compared by identity. */
  static final byte[] UNKNOWN = new byte[0];

  final byte[] key;
  final int hash;

  /** Value in the base: null where absent, {@link #UNKNOWN} where it was not read. */
  byte @Nullable [] base = UNKNOWN;

  /** Value that holds: null where absent, {@link #UNKNOWN} where only the base knows. */
  byte @Nullable [] value = UNKNOWN;

  /** Whether this entry is in the overlay's list of what was ever written. */
  boolean listed;

  /** What its branch counted for it. */
  long counted;

  Entry(byte[] key, int hash) {
    this.key = key;
    this.hash = hash;
  }

  /**
   * What this entry adds to the changes of a block: key, old value as far as it was read, new
   * value, and a share for the work that every changed key makes. 0 where it changes nothing.
   */
  long changedBytes() {
    return written() ? ChangeLimit.KEY_BYTES + key.length + length(base) + length(value) : 0;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /** Whether the overlay, and not the base, says what holds. */
  boolean written() {
    return value != UNKNOWN && value != base;
  }
}
