package io.segue.bundles.sdk;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Bech32 text with a human part and a checksum, as in BIP-173 but up to 1023 characters long. */
public final class Bech32 {
  /** Longest text that is decoded. */
  public static final int MAX_LENGTH = 1023;

  private static final int MIN_LENGTH = 8;
  private static final int CHECKSUM_LENGTH = 6;
  private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int[] GENERATOR = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };

  /** What the five highest bits of a state do to the next one. */
  private static final int[] FEEDBACK = feedback();

  private static final byte[] DIGITS = digits();

  private Bech32() {}

  /** A decoded text: its human part and its data. */
  public record Decoded(String humanPart, byte[] data) {}

  /** The text of {@code data}, in lower case. */
  public static String encode(String humanPart, byte[] data) {
    byte[] groups = regroup(data, 8, 5, true);
    StringBuilder text = new StringBuilder(humanPart.length() + 1 + groups.length + 6);
    text.append(humanPart).append('1');
    for (byte group : groups) {
      text.append(ALPHABET.charAt(group));
    }
    return text.append(checksum(humanPart, groups, groups.length)).toString();
  }

  /**
   * The data of a text.
   *
   * @throws IllegalArgumentException where the text is malformed; the message says why
   */
  public static Decoded decode(String text) {
    if (text.length() < MIN_LENGTH || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("invalid bech32 string length " + text.length());
    }
    String lower = lowerCase(text);
    int separator = lower.lastIndexOf('1');
    if (separator < 1 || separator + CHECKSUM_LENGTH + 1 > lower.length()) {
      throw new IllegalArgumentException("invalid separator index " + separator);
    }
    String humanPart = lower.substring(0, separator);
    byte[] groups = new byte[lower.length() - separator - 1];
    for (int i = 0; i < groups.length; i++) {
      char c = lower.charAt(separator + 1 + i);
      groups[i] = DIGITS[c];
      if (groups[i] < 0) {
        throw new IllegalArgumentException("invalid character not part of charset: " + (int) c);
      }
    }
    int dataLength = groups.length - CHECKSUM_LENGTH;
    String expected = checksum(humanPart, groups, dataLength);
    String actual = lower.substring(lower.length() - CHECKSUM_LENGTH);
    if (!expected.equals(actual)) {
      throw new IllegalArgumentException(
          "invalid checksum (expected " + expected + " got " + actual + ")");
    }
    return new Decoded(humanPart, regroup(Arrays.copyOf(groups, dataLength), 5, 8, false));
  }

  private static String lowerCase(String text) {
    boolean lower = false;
    boolean upper = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 33 || c > 126) {
        throw new IllegalArgumentException("invalid character in string: '" + c + "'");
      }
      lower |= c >= 'a' && c <= 'z';
      upper |= c >= 'A' && c <= 'Z';
    }
    if (lower && upper) {
      throw new IllegalArgumentException("string not all lowercase or all uppercase");
    }
    return upper ? Ascii.lowerCase(text) : text;
  }

  private static String checksum(String humanPart, byte[] groups, int length) {
    int state = 1;
    for (int i = 0; i < humanPart.length(); i++) {
      state = step(state, humanPart.charAt(i) >> 5);
    }
    state = step(state, 0);
    for (int i = 0; i < humanPart.length(); i++) {
      state = step(state, humanPart.charAt(i) & 31);
    }
    for (int i = 0; i < length; i++) {
      state = step(state, groups[i]);
    }
    for (int i = 0; i < CHECKSUM_LENGTH; i++) {
      state = step(state, 0);
    }
    state ^= 1;
    char[] text = new char[CHECKSUM_LENGTH];
    for (int i = 0; i < CHECKSUM_LENGTH; i++) {
      text[i] = ALPHABET.charAt((state >> (5 * (5 - i))) & 31);
    }
    return new String(text);
  }

  private static int step(int state, int value) {
    return (state & 0x1ffffff) << 5 ^ value ^ FEEDBACK[state >>> 25];
  }

  private static int[] feedback() {
    int[] feedback = new int[1 << GENERATOR.length];
    for (int top = 0; top < feedback.length; top++) {
      for (int i = 0; i < GENERATOR.length; i++) {
        feedback[top] ^= (top >> i & 1) != 0 ? GENERATOR[i] : 0;
      }
    }
    return feedback;
  }

  private static byte[] regroup(byte[] data, int fromBits, int toBits, boolean pad) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(data.length * fromBits / toBits + 1);
    int buffer = 0;
    int bits = 0;
    for (byte b : data) {
      buffer = (buffer << fromBits | (b & 0xff)) & 0xffff;
      bits += fromBits;
      while (bits >= toBits) {
        bits -= toBits;
        out.write(buffer >> bits & ((1 << toBits) - 1));
      }
    }
    int rest = buffer & ((1 << bits) - 1);
    if (pad && bits > 0) {
      out.write(rest << (toBits - bits));
    } else if (!pad && (bits >= fromBits || rest != 0)) {
      throw new IllegalArgumentException("invalid incomplete group");
    }
    return out.toByteArray();
  }

  private static byte[] digits() {
    byte[] digits = new byte[128];
    Arrays.fill(digits, (byte) -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      digits[ALPHABET.charAt(i)] = (byte) i;
    }
    return digits;
  }
}
