package io.segue.bundles.auth.account;

import io.segue.bundles.auth.format.TxLimits;
import io.segue.bundles.sdk.proto.auth.Params;

/**
 * The module's parameters: limits and prices of the ante steps. Each has bounds within which a
 * transfer and a proposal find room in every block that {@link
 * io.segue.kernel.api.abci.ConsensusBounds} allows.
 */
public final class AuthParams {
  /** What holds where a genesis says nothing. */
  public static final Params DEFAULT =
      Params.newBuilder()
          .setMaxMemoCharacters(256)
          .setTxSigLimit(7)
          .setTxSizeCostPerByte(10)
          .setSigVerifyCostEd25519(590)
          .setSigVerifyCostSecp256K1(1000)
          .build();

  /** Longest memo that the parameters may allow, in bytes. */
  static final long MAX_MEMO_CHARACTERS = 65_536;

  /** Most gas for a byte of a transaction: a proposal of 10 kB takes half a block's least gas. */
  static final long MAX_TX_SIZE_COST_PER_BYTE = 100;

  /** Most gas for the check of a signature. */
  static final long MAX_SIGNATURE_VERIFY_COST = 100_000;

  private AuthParams() {}

  /**
   * Checks parameters.
   *
   * @throws IllegalArgumentException where one is out of its bounds; names it
   */
  static void check(Params params) {
    bounded("tx signature limit", params.getTxSigLimit(), TxLimits.MAX_SIGNATURES);
    bounded(
        "ED25519 signature verification cost",
        params.getSigVerifyCostEd25519(),
        MAX_SIGNATURE_VERIFY_COST);
    bounded(
        "SECK256k1 signature verification cost",
        params.getSigVerifyCostSecp256K1(),
        MAX_SIGNATURE_VERIFY_COST);
    bounded("max memo characters", params.getMaxMemoCharacters(), MAX_MEMO_CHARACTERS);
    bounded("tx size cost per byte", params.getTxSizeCostPerByte(), MAX_TX_SIZE_COST_PER_BYTE);
  }

  private static void bounded(String name, long value, long most) {
    if (value <= 0 || value > most) {
      throw new IllegalArgumentException(
          "invalid "
              + name
              + ": "
              + Long.toUnsignedString(value)
              + (value == 0 ? "" : ", it must be from 1 to " + most));
    }
  }
}
