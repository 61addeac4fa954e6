package io.segue.bundles.sdk.state;

import io.segue.bundles.sdk.JsonParts;
import io.segue.bundles.sdk.JsonParts.Part;
import java.util.HexFormat;

/** The few forms of JSON that keys and values have beside protobuf's. */
final class Json {
  private static final int FIRST_PRINTABLE = 0x20;

  private Json() {}

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Bytes of text that {@link #hex} gave, within a JSON string. */
  static byte[] unhex(Part json) {
    return HexFormat.of().parseHex(JsonParts.string(json));
  }

  /** A string with its quotes. */
  static String string(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < FIRST_PRINTABLE) {
        quoted.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
