package io.segue.bundles.auth;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import fr.acinq.secp256k1.Secp256k1CFunctions;
import io.segue.bundles.crypto.Secp256k1Crypto;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.crypto.secp256k1.PubKey;
import io.segue.bundles.sdk.proto.tx.SignDoc;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A key of secp256k1 that signs as CosmJS does. */
public final class TestSigner {
  private static final Secp256k1Crypto CRYPTO = new Secp256k1Crypto();
  private static final long NATIVE =
      Secp256k1CFunctions.secp256k1_context_create(
          Secp256k1CFunctions.SECP256K1_CONTEXT_SIGN
              | Secp256k1CFunctions.SECP256K1_CONTEXT_VERIFY);

  /** The keys A and B of the vectors. */
  public static final TestSigner A =
      new TestSigner("c4a48e2fce1481cd3294b4490f6678090ea98d3d0e5cd984558ab0968741b104");

  public static final TestSigner B =
      new TestSigner("e64e7928d4f6c06f01fefd31f760c51f59a16426e792761cd00529b76501c8a0");

  /** A key that no genesis knows. */
  public static final TestSigner N = new TestSigner("11".repeat(32));

  private final byte[] privateKey;
  private final byte[] publicKey;

  /** The key of a number, for tests that need many. */
  public static TestSigner of(int number) {
    return new TestSigner(
        HexFormat.of()
            .formatHex(
                sha256(new byte[] {(byte) (number >> 16), (byte) (number >> 8), (byte) number})));
  }

  private TestSigner(String privateKeyHex) {
    this.privateKey = HexFormat.of().parseHex(privateKeyHex);
    byte[] point = Secp256k1CFunctions.secp256k1_ec_pubkey_create(NATIVE, privateKey);
    this.publicKey = Arrays.copyOf(point, 33);
    publicKey[0] = (byte) (2 + (point[64] & 1));
  }

  public byte[] rawAddress() {
    return CRYPTO.ripemd160(sha256(publicKey));
  }

  public String address() {
    return new Addresses("cosmos").account(rawAddress());
  }

  /** The public key as an account has it. */
  public Any key() {
    return Any.newBuilder()
        .setTypeUrl("/cosmos.crypto.secp256k1.PubKey")
        .setValue(PubKey.newBuilder().setKey(ByteString.copyFrom(publicKey)).build().toByteString())
        .build();
  }

  /** Signs in SIGN_MODE_DIRECT. */
  public byte[] sign(SignDoc document) {
    return sign(document.toByteArray());
  }

  /** Signs the bytes of any mode. */
  public byte[] sign(byte[] document) {
    byte[] signature =
        Secp256k1CFunctions.secp256k1_ecdsa_sign(NATIVE, sha256(document), privateKey);
    return Arrays.copyOf(signature, 64);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
