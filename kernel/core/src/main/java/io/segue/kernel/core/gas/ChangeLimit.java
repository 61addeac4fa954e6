package io.segue.kernel.core.gas;

import io.segue.kernel.api.module.ModuleException;

/**
 * How many bytes a branch may change, and why no more. What a block changes is held in memory, with
 * what was there before, until it is committed; so the transactions of a block have a limit that is
 * a rule of the kernel, and no sum of them brings a node to where it can only hold.
 *
 * @param bytes of the whole branch
 * @param why in words
 */
public record ChangeLimit(long bytes, String why) {
  /** The share of every changed key, beside its bytes and those of its values. */
  public static final int KEY_BYTES = 32;

  /** No limit: what the code of the chain changes outside transactions. */
  public static final ChangeLimit NONE = new ChangeLimit(Long.MAX_VALUE, "");

  /**
   * The limit of a transaction.
   *
   * @param before bytes that the branch changed before the block's transactions
   * @param now bytes that it changed before this one
   */
  public static ChangeLimit ofTx(Limits limits, long before, long now) {
    long tx = now + limits.txChangedBytes();
    long block = before + limits.blockChangedBytes();
    return tx <= block
        ? new ChangeLimit(
            tx, "one transaction may change " + limits.txChangedBytes() + " bytes of state")
        : new ChangeLimit(
            block,
            "the transactions of one block may change "
                + limits.blockChangedBytes()
                + " bytes of state together");
  }

  /** A failure as a result shows it. */
  public ModuleException refusal() {
    return ErrorResult.sdk(
        Gas.OUT_OF_GAS, why + ", old and new values counted, and this would be more: out of gas");
  }
}
