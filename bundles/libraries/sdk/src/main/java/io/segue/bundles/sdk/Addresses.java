package io.segue.bundles.sdk;

import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.Platform;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Addresses as text and as bytes, under the prefix of one generation. Immutable. */
public final class Addresses {
  /** Name of the generation's setting that holds the prefix. */
  public static final String PREFIX_SETTING = "bech32.prefix";

  /** The prefix where the generation sets none. */
  public static final String DEFAULT_PREFIX = "cosmos";

  /** Bytes of an account's address that comes from a key or a module's name. */
  public static final int LENGTH = 20;

  private static final int LONG_LENGTH = 32;

  private final String prefix;

  public Addresses(String prefix) {
    this.prefix = prefix;
  }

  /** With the prefix of the generation that {@code platform} serves. */
  public static Addresses of(Platform platform) {
    return new Addresses(platform.setting(PREFIX_SETTING).orElse(DEFAULT_PREFIX));
  }

  /** Address of a module's account: the first 20 bytes of SHA-256 of its name. */
  public static byte[] module(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(hash, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** How the addresses of accounts begin. */
  public String prefix() {
    return prefix;
  }

  /** The text of an account's address. */
  public String account(byte[] address) {
    return Bech32.encode(prefix, address);
  }

  /** The text of a validator operator's address. */
  public String operator(byte[] address) {
    return Bech32.encode(prefix + "valoper", address);
  }

  /** The text of a validator's consensus address. */
  public String consensus(byte[] address) {
    return Bech32.encode(prefix + "valcons", address);
  }

  /**
   * The bytes of an account's address.
   *
   * @throws IllegalArgumentException where it is malformed; a query may let it through
   */
  public byte[] parseAccount(String text) {
    return checked(decode(text), prefix);
  }

  /**
   * The bytes of a validator operator's address.
   *
   * @throws IllegalArgumentException where it is malformed
   */
  public byte[] parseOperator(String text) {
    return checked(decode(text), prefix + "valoper");
  }

  /**
   * The bytes of an address that must sign; for {@code MessageHandler.signers}.
   *
   * @throws ModuleException code 1 of no codespace, as unregistered errors have it
   */
  public byte[] signer(String text) {
    try {
      return parseAccount(text);
    } catch (IllegalArgumentException e) {
      throw SdkErrors.unregistered(String.valueOf(e.getMessage()));
    }
  }

  /** As {@link #signer}, where the address is that of a validator's operator. */
  public byte[] operatorSigner(String text) {
    try {
      return parseOperator(text);
    } catch (IllegalArgumentException e) {
      throw SdkErrors.unregistered(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The bytes of an address within a message.
   *
   * @param what stands before the reason, such as {@code invalid to address}
   * @throws ModuleException sdk/7
   */
  public byte[] member(String what, String text) {
    try {
      return parseAccount(text);
    } catch (IllegalArgumentException e) {
      throw SdkErrors.invalidAddress(what + ": " + e.getMessage());
    }
  }

  /** As {@link #member}, where the address is that of a validator's operator. */
  public byte[] operatorMember(String what, String text) {
    try {
      return parseOperator(text);
    } catch (IllegalArgumentException e) {
      throw SdkErrors.invalidAddress(what + ": " + e.getMessage());
    }
  }

  private static Bech32.Decoded decode(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("empty address string is not allowed");
    }
    try {
      return Bech32.decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("decoding bech32 failed: " + e.getMessage());
    }
  }

  private static byte[] checked(Bech32.Decoded decoded, String expected) {
    if (!decoded.humanPart().equals(expected)) {
      throw new IllegalArgumentException(
          "hrp does not match bech32 prefix: expected '"
              + expected
              + "' got '"
              + decoded.humanPart()
              + "'");
    }
    int length = decoded.data().length;
    if (length != LENGTH && length != LONG_LENGTH) {
      throw new IllegalArgumentException(
          "address length must be " + LENGTH + " or " + LONG_LENGTH + " bytes, got " + length);
    }
    return decoded.data();
  }
}
