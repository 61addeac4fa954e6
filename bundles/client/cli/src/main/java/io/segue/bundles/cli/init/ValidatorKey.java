package io.segue.bundles.cli.init;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.nodes.Sha256;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** An Ed25519 key in the forms of CometBFT's files. */
public final class ValidatorKey {
  private static final int KEY_BYTES = 32;
  private static final int ADDRESS_BYTES = 20;

  private final byte[] seed;
  private final byte[] publicKey;

  private ValidatorKey(byte[] seed, byte[] publicKey) {
    this.seed = seed;
    this.publicKey = publicKey;
  }

  /** A fresh key. */
  public static ValidatorKey generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new ValidatorKey(
          tail(pair.getPrivate().getEncoded()), tail(pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** 32 bytes. */
  public byte[] publicKey() {
    return publicKey;
  }

  /** The file {@code priv_validator_key.json}. */
  public ObjectNode validatorFile() {
    ObjectNode file = Output.object();
    file.put("address", address());
    file.putObject("pub_key").put("type", "tendermint/PubKeyEd25519").put("value", publicKey);
    file.set("priv_key", privateKey());
    return file;
  }

  /** The file {@code node_key.json}. */
  public ObjectNode nodeFile() {
    ObjectNode file = Output.object();
    file.set("priv_key", privateKey());
    return file;
  }

  private ObjectNode privateKey() {
    byte[] both = Arrays.copyOf(seed, 2 * KEY_BYTES);
    System.arraycopy(publicKey, 0, both, KEY_BYTES, KEY_BYTES);
    return Output.object().put("type", "tendermint/PrivKeyEd25519").put("value", both);
  }

  /**
   * The id by which others know the node of a {@code node_key.json}: 40 hex digits.
   *
   * @throws CliException where the file holds no such key
   */
  public static String nodeId(Path file) {
    try {
      byte[] key = Output.read(Files.readAllBytes(file)).at("/priv_key/value").binaryValue();
      if (key != null && key.length == 2 * KEY_BYTES) {
        return hash(Arrays.copyOfRange(key, KEY_BYTES, key.length));
      }
      throw new CliException(file + " holds no Ed25519 key; segue init makes one");
    } catch (IOException e) {
      throw new CliException(file + " can't be read: " + FailureText.of(e), e);
    }
  }

  private String address() {
    return hash(publicKey).toUpperCase(Locale.ROOT);
  }

  private static String hash(byte[] publicKey) {
    return HexFormat.of().formatHex(Sha256.of(publicKey), 0, ADDRESS_BYTES);
  }

  /** The encodings of the JDK (PKCS 8 and X.509) end with the 32 bytes of the key. */
  private static byte[] tail(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
  }
}
