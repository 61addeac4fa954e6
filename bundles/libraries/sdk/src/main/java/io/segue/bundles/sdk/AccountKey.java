package io.segue.bundles.sdk;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.proto.crypto.multisig.LegacyAminoPubKey;
import io.segue.bundles.sdk.proto.crypto.secp256k1.PubKey;
import io.segue.kernel.api.module.ModuleException;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A public key that an account has: one of secp256k1, or several keys of which some must sign.
 * Immutable.
 */
public sealed interface AccountKey {
  /** Most keys of a multisig key, counted through all that it holds. */
  int MAX_KEYS = 100;

  /** Deepest nesting of multisig keys. */
  int MAX_NESTING = 8;

  /**
   * The key that an Any holds.
   *
   * @throws ModuleException sdk/8 for a key that can't sign here; sdk/2 for what is no key; sdk/14
   *     for more than {@link #MAX_KEYS} keys
   */
  static AccountKey parse(Any key) {
    AccountKey parsed = parse(key, 0);
    if (parsed instanceof Ed25519) {
      throw SdkErrors.invalidPubKey("ED25519 public keys are unsupported");
    }
    return parsed;
  }

  private static AccountKey parse(Any key, int nesting) {
    return switch (key.getTypeUrl()) {
      case Secp256k1.TYPE_URL ->
          new Secp256k1(Proto.parse(PubKey.parser(), key.getValue()).getKey());
      case Ed25519.TYPE_URL ->
          new Ed25519(
              Proto.parse(io.segue.bundles.sdk.proto.crypto.ed25519.PubKey.parser(), key.getValue())
                  .getKey());
      case Multisig.TYPE_URL ->
          multisig(Proto.parse(LegacyAminoPubKey.parser(), key.getValue()), nesting + 1);
      default ->
          throw SdkErrors.txDecode(
              "no concrete type registered for type URL "
                  + key.getTypeUrl()
                  + " against interface *types.PubKey");
    };
  }

  private static Multisig multisig(LegacyAminoPubKey key, int nesting) {
    if (nesting > MAX_NESTING || key.getPublicKeysCount() > MAX_KEYS) {
      throw SdkErrors.tooManySignatures(
          "a multisig key holds at most " + MAX_KEYS + " keys, nested at most " + MAX_NESTING);
    }
    List<AccountKey> keys = new ArrayList<>(key.getPublicKeysCount());
    for (Any held : key.getPublicKeysList()) {
      keys.add(parse(held, nesting));
    }
    return new Multisig(key.getThreshold(), keys);
  }

  /** SHA-256, which every JDK has. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** As accounts keep it, however its sender encoded it. */
  Any toAny();

  /**
   * The 20 bytes of the account's address.
   *
   * @param ripemd160 the hash, which no JDK has
   */
  byte[] address(UnaryOperator<byte[]> ripemd160);

  /** How many keys it holds; one for a key that holds none. */
  int count();

  /** As Amino encodes it, which the address of a multisig key is made of. */
  byte[] amino();

  /** A compressed key of 33 bytes; the address is RIPEMD-160 of its SHA-256. */
  record Secp256k1(ByteString bytes) implements AccountKey {
    public static final String TYPE_URL = "/cosmos.crypto.secp256k1.PubKey";
    public static final int LENGTH = 33;
    private static final byte[] PREFIX = HexFormat.of().parseHex("eb5ae98721");

    public Secp256k1 {
      if (bytes.size() != LENGTH) {
        throw SdkErrors.invalidPubKey(
            "a secp256k1 key has " + LENGTH + " bytes, got " + bytes.size());
      }
    }

    @Override
    public Any toAny() {
      return Any.newBuilder()
          .setTypeUrl(TYPE_URL)
          .setValue(PubKey.newBuilder().setKey(bytes).build().toByteString())
          .build();
    }

    @Override
    public byte[] address(UnaryOperator<byte[]> ripemd160) {
      return ripemd160.apply(sha256().digest(bytes.toByteArray()));
    }

    @Override
    public int count() {
      return 1;
    }

    @Override
    public byte[] amino() {
      return ByteString.copyFrom(PREFIX).concat(bytes).toByteArray();
    }
  }

  /** A key of 32 bytes: a multisig key may hold it, but it signs nothing here. */
  record Ed25519(ByteString bytes) implements AccountKey {
    public static final String TYPE_URL = "/cosmos.crypto.ed25519.PubKey";
    public static final int LENGTH = 32;
    private static final byte[] PREFIX = HexFormat.of().parseHex("1624de6420");

    public Ed25519 {
      if (bytes.size() != LENGTH) {
        throw SdkErrors.invalidPubKey(
            "an ed25519 key has " + LENGTH + " bytes, got " + bytes.size());
      }
    }

    @Override
    public Any toAny() {
      return Any.newBuilder()
          .setTypeUrl(TYPE_URL)
          .setValue(
              io.segue.bundles.sdk.proto.crypto.ed25519.PubKey.newBuilder()
                  .setKey(bytes)
                  .build()
                  .toByteString())
          .build();
    }

    @Override
    public byte[] address(UnaryOperator<byte[]> ripemd160) {
      return Arrays.copyOf(sha256().digest(bytes.toByteArray()), Addresses.LENGTH);
    }

    @Override
    public int count() {
      return 1;
    }

    @Override
    public byte[] amino() {
      return ByteString.copyFrom(PREFIX).concat(bytes).toByteArray();
    }
  }

  /**
   * Several keys of which {@code threshold} must sign. The address is the first 20 bytes of SHA-256
   * of
   *
   * <pre>
   *   22c1f7e2  08 threshold  { 12 length key in Amino }
   * </pre>
   */
  record Multisig(int threshold, List<AccountKey> keys) implements AccountKey {
    public static final String TYPE_URL = "/cosmos.crypto.multisig.LegacyAminoPubKey";
    private static final byte[] PREFIX = HexFormat.of().parseHex("22c1f7e2");

    public Multisig {
      if (threshold <= 0) {
        throw SdkErrors.invalidPubKey("threshold k of n multisignature: k <= 0");
      }
      if (keys.size() < threshold) {
        throw SdkErrors.invalidPubKey("threshold k of n multisignature: len(pubKeys) < k");
      }
      keys = List.copyOf(keys);
      if (count(keys) > MAX_KEYS) {
        throw SdkErrors.tooManySignatures("a multisig key holds at most " + MAX_KEYS + " keys");
      }
    }

    @Override
    public Any toAny() {
      LegacyAminoPubKey.Builder key = LegacyAminoPubKey.newBuilder().setThreshold(threshold);
      keys.forEach(held -> key.addPublicKeys(held.toAny()));
      return Any.newBuilder().setTypeUrl(TYPE_URL).setValue(key.build().toByteString()).build();
    }

    @Override
    public byte[] address(UnaryOperator<byte[]> ripemd160) {
      return Arrays.copyOf(sha256().digest(amino()), Addresses.LENGTH);
    }

    @Override
    public int count() {
      return count(keys);
    }

    @Override
    public byte[] amino() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(PREFIX);
      out.write(0x08);
      varint(threshold, out);
      for (AccountKey key : keys) {
        byte[] held = key.amino();
        out.write(0x12);
        varint(held.length, out);
        out.writeBytes(held);
      }
      return out.toByteArray();
    }

    private static int count(List<AccountKey> keys) {
      int count = 0;
      for (AccountKey key : keys) {
        count += key.count();
      }
      return count;
    }

    private static void varint(int number, ByteArrayOutputStream out) {
      int rest = number;
      while (rest > 0x7f) {
        out.write(rest & 0x7f | 0x80);
        rest >>>= 7;
      }
      out.write(rest);
    }
  }
}
