package io.segue.bundles.descriptors;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes parts of URLs, strictly: what is no percent-encoded UTF-8 is an error. */
public final class PercentEncoding {
  private PercentEncoding() {}

  /**
   * Decodes.
   *
   * @param plusIsSpace as in query parameters
   * @throws IllegalArgumentException where it is malformed
   */
  public static String decode(String text, boolean plusIsSpace) {
    if (text.indexOf('%') < 0 && text.chars().allMatch(c -> c < 0x80)) {
      return plusIsSpace ? text.replace('+', ' ') : text;
    }
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream plain = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '%') {
        int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
        int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw new IllegalArgumentException(
              "invalid URL escape in \"" + Scalars.shown(text) + "\"");
        }
        plain.write(high << 4 | low);
        i += 2;
      } else {
        plain.write(plusIsSpace && raw[i] == '+' ? ' ' : raw[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(plain.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("no UTF-8 in \"" + Scalars.shown(text) + "\"", e);
    }
  }
}
