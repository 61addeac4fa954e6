package io.segue.bundles.sdk.tx;

import io.segue.bundles.sdk.proto.tx.Tx;
import io.segue.bundles.sdk.proto.tx.TxRaw;

/** A transaction as it is broadcast and stands in blocks. */
public final class RawTx {
  private RawTx() {}

  /** The bytes of a transaction: a serialized TxRaw. */
  public static byte[] bytes(Tx tx) {
    return TxRaw.newBuilder()
        .setBodyBytes(tx.getBody().toByteString())
        .setAuthInfoBytes(tx.getAuthInfo().toByteString())
        .addAllSignatures(tx.getSignaturesList())
        .build()
        .toByteArray();
  }
}
