package io.segue.bundles.auth.format;

/** Limits that are checked before any work is done on a transaction. */
public final class TxLimits {
  /** Most messages of a transaction. */
  public static final int MAX_MESSAGES = 1_000;

  /** Most signatures of a transaction, whatever the parameter {@code tx_sig_limit} says. */
  public static final int MAX_SIGNATURES = 100;

  /** Most coins of a fee. */
  public static final int MAX_FEE_COINS = 100;

  /** Deepest nesting of messages, counted from the body and from the auth info. */
  public static final int MAX_DEPTH = 32;

  private TxLimits() {}
}
