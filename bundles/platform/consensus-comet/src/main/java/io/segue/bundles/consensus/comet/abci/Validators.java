package io.segue.bundles.consensus.comet.abci;

import com.google.protobuf.ByteString;
import io.segue.bundles.consensus.comet.proto.PublicKey;
import io.segue.bundles.consensus.comet.proto.ValidatorUpdate;
import io.segue.kernel.api.abci.Abci;

/**
 * Validator updates. CometBFT v0.38 has the key in a message, v1.0 as bytes beside its type; each
 * passes over the other's form, so both are written.
 */
final class Validators {
  private static final String ED25519 = "ed25519";
  private static final String SECP256K1 = "secp256k1";

  private Validators() {}

  static Abci.ValidatorUpdate read(ValidatorUpdate update) {
    if (!update.getPubKeyType().isEmpty()) {
      return new Abci.ValidatorUpdate(
          update.getPubKeyType(), update.getPubKeyBytes().toByteArray(), update.getPower());
    }
    return switch (update.getPubKey().getSumCase()) {
      case ED25519 -> read(ED25519, update.getPubKey().getEd25519(), update.getPower());
      case SECP256K1 -> read(SECP256K1, update.getPubKey().getSecp256K1(), update.getPower());
      case SUM_NOT_SET ->
          throw new IllegalArgumentException("a validator without a public key of a known type");
    };
  }

  static ValidatorUpdate write(Abci.ValidatorUpdate update) {
    ByteString key = ByteString.copyFrom(update.publicKey());
    return ValidatorUpdate.newBuilder()
        .setPubKey(publicKey(update.keyType(), key))
        .setPower(update.power())
        .setPubKeyBytes(key)
        .setPubKeyType(update.keyType())
        .build();
  }

  private static Abci.ValidatorUpdate read(String type, ByteString key, long power) {
    return new Abci.ValidatorUpdate(type, key.toByteArray(), power);
  }

  private static PublicKey publicKey(String type, ByteString key) {
    return type.equals(SECP256K1)
        ? PublicKey.newBuilder().setSecp256K1(key).build()
        : PublicKey.newBuilder().setEd25519(key).build();
  }
}
