package io.segue.bundles.consensus.solo.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.bundles.consensus.solo.chain.VoteSigner;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * An Ed25519 key as CometBFT keeps it in {@code priv_validator_key.json} and {@code node_key.json}:
 * member {@code priv_key} with {@code type} and {@code value}, the base64 of the 32-byte seed and
 * the 32-byte public key.
 */
public final class KeyFile implements VoteSigner {
  private static final String TYPE = "tendermint/PrivKeyEd25519";
  private static final int SEED_BYTES = 32;

  private final byte[] publicKey;
  private final PrivateKey privateKey;

  private KeyFile(byte[] publicKey, PrivateKey privateKey) {
    this.publicKey = publicKey;
    this.privateKey = privateKey;
  }

  /**
   * Reads a key.
   *
   * @throws ConfigException where the file is absent or holds no such key
   */
  public static KeyFile read(Path file) {
    try {
      JsonNode key = new ObjectMapper().readTree(Files.readAllBytes(file)).path("priv_key");
      if (!key.path("type").asText().equals(TYPE)) {
        throw new ConfigException(
            file + " has no key of type " + TYPE + " in \"priv_key\"; make it with 'segue init'");
      }
      return of(file, Base64.getDecoder().decode(key.path("value").asText()));
    } catch (JsonProcessingException e) {
      throw new ConfigException(file + " is no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new ConfigException(file + " can't be read; make it with 'segue init'", e);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file + ": \"value\" of \"priv_key\" is no base64", e);
    }
  }

  private static KeyFile of(Path file, byte[] value) {
    if (value.length != 2 * SEED_BYTES) {
      throw new ConfigException(
          file + ": the key has " + value.length + " bytes instead of " + 2 * SEED_BYTES);
    }
    byte[] seed = Arrays.copyOf(value, SEED_BYTES);
    try {
      PrivateKey privateKey =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
      KeyFile key = new KeyFile(Arrays.copyOfRange(value, SEED_BYTES, value.length), privateKey);
      if (!key.verifiesItself()) {
        throw new ConfigException(
            file + ": seed and public key do not belong together; restore it from a backup");
      }
      return key;
    } catch (GeneralSecurityException e) {
      throw new ConfigException(file + ": the key is not usable: " + e.getMessage(), e);
    }
  }

  private boolean verifiesItself() throws GeneralSecurityException {
    byte[] message = {1};
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(decoded(publicKey));
    signature.update(message);
    return signature.verify(sign(message));
  }

  /** A public key from its 32 bytes: y little endian, the sign of x in the highest bit. */
  private static PublicKey decoded(byte[] bytes) throws GeneralSecurityException {
    byte[] y = new byte[bytes.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = bytes[bytes.length - 1 - i];
    }
    boolean xOdd = y[0] < 0;
    y[0] &= 0x7f;
    EdECPoint point = new EdECPoint(xOdd, new BigInteger(1, y));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }

  @Override
  public byte[] publicKey() {
    return publicKey.clone();
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(privateKey);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java can't sign with Ed25519", e);
    }
  }
}
