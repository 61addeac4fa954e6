package io.segue.bundles.cli.keyring;

import com.google.protobuf.ByteString;
import fr.acinq.bitcoin.ByteVector32;
import fr.acinq.bitcoin.Crypto;
import fr.acinq.bitcoin.DeterministicWallet;
import fr.acinq.bitcoin.MnemonicCode;
import fr.acinq.bitcoin.PrivateKey;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.nodes.Sha256;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.Addresses;
import java.security.SecureRandom;
import java.util.List;

/**
 * A secp256k1 key of an account. Signatures are deterministic (RFC 6979) with a low s.
 *
 * <p>Thread safety: immutable.
 */
public final class Key {
  /** Path of the first account of the Cosmos ecosystem's wallets (BIP-44, coin 118). */
  static final String PATH = "m/44'/118'/0'/0/0";

  /** Entropy of a new mnemonic: 24 words. */
  private static final int ENTROPY_BYTES = 32;

  private final PrivateKey key;
  private final byte[] publicKey;
  private final byte[] address;

  private Key(PrivateKey key) {
    this.key = key;
    this.publicKey = key.publicKey().value.toByteArray();
    this.address = Crypto.hash160(publicKey);
  }

  /** A fresh mnemonic of 24 words. */
  public static String newMnemonic() {
    byte[] entropy = new byte[ENTROPY_BYTES];
    new SecureRandom().nextBytes(entropy);
    return String.join(" ", MnemonicCode.toMnemonics(entropy));
  }

  /**
   * The key of a mnemonic (BIP-39 without passphrase, BIP-32).
   *
   * @throws CliException where words or checksum are wrong
   */
  public static Key ofMnemonic(String mnemonic) {
    String words = String.join(" ", List.of(mnemonic.strip().split("\\s+")));
    try {
      MnemonicCode.validate(words);
    } catch (IllegalArgumentException e) {
      throw new CliException("the mnemonic is refused: " + e.getMessage() + "; check its words", e);
    }
    DeterministicWallet.ExtendedPrivateKey root =
        DeterministicWallet.generate(MnemonicCode.toSeed(words, ""));
    return new Key(DeterministicWallet.derivePrivateKey(root, PATH).getPrivateKey());
  }

  /** The key with these 32 bytes. */
  public static Key ofSecret(byte[] secret) {
    return new Key(new PrivateKey(new ByteVector32(secret)));
  }

  public byte[] secret() {
    return key.value.toByteArray();
  }

  /** 33 bytes, compressed. */
  public byte[] publicKey() {
    return publicKey;
  }

  /** 20 raw bytes. */
  public byte[] address() {
    return address;
  }

  /** The public key, as accounts have it. */
  public AccountKey account() {
    return new AccountKey.Secp256k1(ByteString.copyFrom(publicKey));
  }

  /** The address of any key. */
  public static String address(AccountKey key, Addresses addresses) {
    return addresses.account(rawAddress(key));
  }

  /** The 20 bytes of the address of any key. */
  public static byte[] rawAddress(AccountKey key) {
    return key.address(Crypto::ripemd160);
  }

  public String address(Addresses addresses) {
    return addresses.account(address);
  }

  /** Signs SHA-256 of these bytes: 64 bytes, r then s. */
  public byte[] sign(byte[] bytes) {
    return Crypto.sign(Sha256.of(bytes), key).toByteArray();
  }
}
