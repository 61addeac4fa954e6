package io.segue.bundles.auth.account;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.crypto.secp256k1.PubKey;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.ModuleException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Public keys of accounts: what they look like, and which address belongs to which. */
public final class PublicKeys {
  /** The one type of key that may sign. */
  public static final String SECP256K1 = "/cosmos.crypto.secp256k1.PubKey";

  private static final String ED25519 = "/cosmos.crypto.ed25519.PubKey";
  private static final String MULTISIG = "/cosmos.crypto.multisig.LegacyAminoPubKey";
  private static final int SECP256K1_LENGTH = 33;

  private final Crypto crypto;

  public PublicKeys(Crypto crypto) {
    this.crypto = crypto;
  }

  /** SHA-256, which every JDK has. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * The 33 bytes of a key.
   *
   * @throws ModuleException sdk/8 for a key that can't sign here; sdk/2 for what is no key
   */
  public byte[] bytes(Any key) {
    return switch (key.getTypeUrl()) {
      case SECP256K1 -> {
        ByteString bytes = Proto.parse(PubKey.parser(), key.getValue()).getKey();
        if (bytes.size() != SECP256K1_LENGTH) {
          throw SdkErrors.invalidPubKey(
              "a secp256k1 key has " + SECP256K1_LENGTH + " bytes, got " + bytes.size());
        }
        yield bytes.toByteArray();
      }
      case ED25519 -> throw SdkErrors.invalidPubKey("ED25519 public keys are unsupported");
      case MULTISIG -> throw SdkErrors.invalidPubKey("multisig public keys are unsupported");
      default ->
          throw SdkErrors.txDecode(
              "no concrete type registered for type URL "
                  + key.getTypeUrl()
                  + " against interface *types.PubKey");
    };
  }

  /** A key of 33 bytes as accounts keep it, however its sender encoded it. */
  public static Any plain(byte[] key) {
    return Any.newBuilder()
        .setTypeUrl(SECP256K1)
        .setValue(PubKey.newBuilder().setKey(ByteString.copyFrom(key)).build().toByteString())
        .build();
  }

  /** The address of a key of 33 bytes: RIPEMD-160 of its SHA-256. */
  public byte[] address(byte[] key) {
    return crypto.ripemd160(sha256().digest(key));
  }
}
