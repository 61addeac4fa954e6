package io.segue.bundles.auth.format;

/**
 * Limits that are checked before any work is done on a transaction, beside those of the kernel on
 * its size and the number of its messages.
 */
public final class TxLimits {
  /** Most signatures of a transaction, whatever the parameter {@code tx_sig_limit} says. */
  public static final int MAX_SIGNATURES = 100;

  /** Most coins of a fee. */
  public static final int MAX_FEE_COINS = 100;

  /** Deepest nesting of messages, counted from the body and from the auth info. */
  public static final int MAX_DEPTH = 32;

  private TxLimits() {}
}
