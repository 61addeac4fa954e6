package io.segue.bundles.auth.account;

import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.auth.Params;
import io.segue.kernel.api.module.KVStore;

/** The module's parameters: limits and prices of the ante steps. */
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

  private static final byte[] KEY = {0};

  private AuthParams() {}

  /** The parameters in force. */
  public static Params get(KVStore store) {
    byte[] stored = store.get(KEY);
    return stored == null ? DEFAULT : Proto.stored(Params.parser(), stored);
  }

  /**
   * Sets the parameters.
   *
   * @throws IllegalArgumentException as {@link #check}
   */
  public static void set(KVStore store, Params params) {
    check(params);
    store.set(KEY, params.toByteArray());
  }

  /**
   * Judges parameters.
   *
   * @throws IllegalArgumentException where one is 0 or over 2^63-1; names it
   */
  static void check(Params params) {
    positive("tx signature limit", params.getTxSigLimit());
    positive("ED25519 signature verification cost", params.getSigVerifyCostEd25519());
    positive("SECK256k1 signature verification cost", params.getSigVerifyCostSecp256K1());
    positive("max memo characters", params.getMaxMemoCharacters());
    positive("tx size cost per byte", params.getTxSizeCostPerByte());
  }

  private static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(
          "invalid "
              + name
              + ": "
              + Long.toUnsignedString(value)
              + (value == 0 ? "" : ", it must be from 1 to 2^63-1"));
    }
  }
}
