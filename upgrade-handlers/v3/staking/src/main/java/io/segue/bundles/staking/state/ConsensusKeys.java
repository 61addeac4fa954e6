package io.segue.bundles.staking.state;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.proto.crypto.ed25519.PubKey;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import java.util.function.UnaryOperator;

/** The keys with which validators sign blocks: Ed25519, 32 bytes. */
public final class ConsensusKeys {
  /** The name that consensus has for this kind of key. */
  public static final String TYPE = "ed25519";

  /** Length of a consensus address. */
  public static final int ADDRESS_BYTES = 20;

  private ConsensusKeys() {}

  /**
   * The key in a message.
   *
   * @throws IllegalArgumentException where it is of another type or length
   */
  public static AccountKey.Ed25519 parse(Any any) {
    ByteString key;
    try {
      key = any.is(PubKey.class) ? any.unpack(PubKey.class).getKey() : ByteString.EMPTY;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("does not parse: " + e.getMessage(), e);
    }
    if (key.size() != AccountKey.Ed25519.LENGTH) {
      throw new IllegalArgumentException(
          "must be a "
              + AccountKey.Ed25519.TYPE_URL
              + " of "
              + AccountKey.Ed25519.LENGTH
              + " bytes");
    }
    return new AccountKey.Ed25519(key);
  }

  /** The consensus address of a stored validator. */
  public static byte[] address(Validator validator) {
    return address(parse(validator.getConsensusPubkey()));
  }

  /** The consensus address of a key. */
  public static byte[] address(AccountKey.Ed25519 key) {
    return key.address(UnaryOperator.identity());
  }

  /** What consensus is told of a stored validator; power 0 removes it. */
  public static ValidatorUpdate update(Validator validator, long power) {
    return new ValidatorUpdate(
        TYPE, parse(validator.getConsensusPubkey()).bytes().toByteArray(), power);
  }
}
