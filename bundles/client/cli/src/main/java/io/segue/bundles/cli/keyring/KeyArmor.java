package io.segue.bundles.cli.keyring;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.nodes.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * A key encrypted under a passphrase, as {@code keys export} of the Cosmos SDK writes it and {@code
 * keys import} reads it (crypto/armor.go of v0.50):
 *
 * <pre>
 * -----BEGIN TENDERMINT PRIVATE KEY-----
 * kdf: argon2
 * salt: 16 bytes in hex
 * type: secp256k1
 *
 * base64 of the ciphertext
 * =base64 of its CRC-24
 * -----END TENDERMINT PRIVATE KEY-----
 * </pre>
 *
 * <p>With {@code argon2} the key is Argon2id of the passphrase (1 pass, 64 MiB, 4 lanes) and the
 * cipher ChaCha20-Poly1305 with a nonce of zeros; that is what is written. With {@code bcrypt}, as
 * releases before v0.47 wrote it, the key is SHA-256 of the text of bcrypt (cost 12) and the cipher
 * XSalsa20-Poly1305 with its nonce of 24 bytes in front. The plaintext is the key in Amino.
 */
public final class KeyArmor {
  private static final String BLOCK = "TENDERMINT PRIVATE KEY";
  private static final String ARGON2 = "argon2";
  private static final String BCRYPT = "bcrypt";
  private static final String ALGORITHM = "secp256k1";

  /** Amino's prefix of {@code tendermint/PrivKeySecp256k1}, and the length of the key. */
  private static final byte[] AMINO = HexFormat.of().parseHex("e1b0f79b20");

  private static final int SECRET_BYTES = 32;
  private static final int KEY_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int CHACHA_NONCE_BYTES = 12;
  private static final int SALSA_NONCE_BYTES = 24;
  private static final int MAC_BYTES = 16;
  private static final int ARGON2_PASSES = 1;
  private static final int ARGON2_KIB = 64 * 1024;
  private static final int ARGON2_LANES = 4;
  private static final int BCRYPT_COST = 12;

  private KeyArmor() {}

  /** The armor of a key. */
  public static String write(Key key, char[] passphrase) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    byte[] plain = Arrays.copyOf(AMINO, AMINO.length + SECRET_BYTES);
    System.arraycopy(key.secret(), 0, plain, AMINO.length, SECRET_BYTES);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("kdf", ARGON2);
    headers.put("salt", HexFormat.of().withUpperCase().formatHex(salt));
    headers.put("type", ALGORITHM);
    byte[] encrypted = chaCha(Cipher.ENCRYPT_MODE, argon2(passphrase, salt), plain);
    return new AsciiArmor(BLOCK, headers, encrypted).text();
  }

  /**
   * The key of an armor.
   *
   * @throws CliException where the text is none, or the passphrase is wrong
   */
  public static Key read(String text, char[] passphrase) {
    AsciiArmor armor = AsciiArmor.parse(text);
    if (!armor.block().equals(BLOCK)) {
      throw new CliException(
          "this is a " + armor.block() + ", not a " + BLOCK + "; take what keys export wrote");
    }
    String type = armor.headers().getOrDefault("type", ALGORITHM);
    if (!type.equals(ALGORITHM)) {
      throw new CliException("a key of type '" + type + "' can't sign here; " + ALGORITHM + " can");
    }
    byte[] salt = salt(armor.headers().getOrDefault("salt", ""));
    String kdf = armor.headers().getOrDefault("kdf", "");
    byte[] plain =
        switch (kdf) {
          case ARGON2 -> chaCha(Cipher.DECRYPT_MODE, argon2(passphrase, salt), armor.data());
          case BCRYPT -> openSecretBox(bcrypt(passphrase, salt), armor.data());
          default ->
              throw new CliException(
                  "the armor's kdf '" + kdf + "' is not known; it is argon2 or bcrypt");
        };
    if (plain.length != AMINO.length + SECRET_BYTES
        || !Arrays.equals(plain, 0, AMINO.length, AMINO, 0, AMINO.length)) {
      throw new CliException("what is in the armor is no key of type " + ALGORITHM);
    }
    return Key.ofSecret(Arrays.copyOfRange(plain, AMINO.length, plain.length));
  }

  private static byte[] salt(String hex) {
    try {
      byte[] salt = HexFormat.of().parseHex(hex);
      if (salt.length == SALT_BYTES) {
        return salt;
      }
    } catch (IllegalArgumentException e) {
      throw new CliException("the armor's salt is not in hex; take the file as it was written", e);
    }
    throw new CliException("the armor's salt has not 16 bytes; take the file as it was written");
  }

  private static byte[] argon2(char[] passphrase, byte[] salt) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withIterations(ARGON2_PASSES)
            .withMemoryAsKB(ARGON2_KIB)
            .withParallelism(ARGON2_LANES)
            .withSalt(salt)
            .build());
    byte[] key = new byte[KEY_BYTES];
    generator.generateBytes(utf8(passphrase), key);
    return key;
  }

  private static byte[] bcrypt(char[] passphrase, byte[] salt) {
    String hash = OpenBSDBCrypt.generate("2a", utf8(passphrase), salt, BCRYPT_COST);
    return Sha256.of(hash.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] chaCha(int mode, byte[] key, byte[] data) {
    try {
      Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
      cipher.init(
          mode,
          new SecretKeySpec(key, "ChaCha20"),
          new IvParameterSpec(new byte[CHACHA_NONCE_BYTES]));
      return cipher.doFinal(data);
    } catch (AEADBadTagException e) {
      throw wrongPassphrase();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * NaCl's secretbox: nonce, MAC, ciphertext; the first 32 bytes of the stream are the MAC's key.
   */
  private static byte[] openSecretBox(byte[] key, byte[] data) {
    int start = SALSA_NONCE_BYTES + MAC_BYTES;
    if (data.length <= start) {
      throw new CliException("the armor is cut off; take the file as it was written");
    }
    XSalsa20Engine cipher = new XSalsa20Engine();
    byte[] nonce = Arrays.copyOf(data, SALSA_NONCE_BYTES);
    cipher.init(false, new ParametersWithIV(new KeyParameter(key), nonce));
    byte[] macKey = new byte[KEY_BYTES];
    cipher.processBytes(macKey, 0, macKey.length, macKey, 0);
    Poly1305 poly = new Poly1305();
    poly.init(new KeyParameter(macKey));
    poly.update(data, start, data.length - start);
    byte[] mac = new byte[MAC_BYTES];
    poly.doFinal(mac, 0);
    if (!MessageDigest.isEqual(mac, Arrays.copyOfRange(data, SALSA_NONCE_BYTES, start))) {
      throw wrongPassphrase();
    }
    byte[] plain = new byte[data.length - start];
    cipher.processBytes(data, start, plain.length, plain, 0);
    return plain;
  }

  private static byte[] utf8(char[] passphrase) {
    return new String(passphrase).getBytes(StandardCharsets.UTF_8);
  }

  private static CliException wrongPassphrase() {
    return new CliException("the passphrase of the armor is wrong, or the armor is damaged");
  }
}
