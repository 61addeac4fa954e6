package io.segue.bundles.cli.keyring;

import io.segue.bundles.cli.console.CliException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes as text with a name and headers: OpenPGP's armor (RFC 4880, section 6.2), as the Cosmos SDK
 * writes it.
 *
 * @param block what stands behind BEGIN and END
 * @param headers written in order of their names
 */
record AsciiArmor(String block, Map<String, String> headers, byte[] data) {
  private static final int LINE_CHARS = 64;
  private static final int CRC_START = 0xb704ce;
  private static final int CRC_POLYNOMIAL = 0x1864cfb;
  private static final int CRC_BYTES = 3;
  private static final Pattern FORM =
      Pattern.compile(
          "(?s).*?-----BEGIN ([^-\n]+)-----\n(.*?\n)\n(.*?)\n=(.{4})\n-----END \\1-----.*");

  /** The armor as it stands in a file, with a line break behind it. */
  String text() {
    StringBuilder text = new StringBuilder("-----BEGIN " + block + "-----\n");
    new TreeMap<>(headers)
        .forEach((name, value) -> text.append(name).append(": ").append(value).append("\n"));
    text.append("\n");
    text.append(Base64.getMimeEncoder(LINE_CHARS, new byte[] {'\n'}).encodeToString(data));
    text.append("\n=").append(Base64.getEncoder().encodeToString(crc(data)));
    return text.append("\n-----END ").append(block).append("-----\n").toString();
  }

  /**
   * Reads an armor.
   *
   * @throws CliException where the text is none, or its checksum is wrong
   */
  static AsciiArmor parse(String text) {
    List<String> lines = text.lines().map(String::stripTrailing).toList();
    Matcher form = FORM.matcher(String.join("\n", lines) + "\n");
    if (!form.matches()) {
      throw new CliException(
          "this is no armored key; it has lines from -----BEGIN to -----END, as keys export writes");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    form.group(2)
        .lines()
        .map(line -> line.split(":\\s*", 2))
        .filter(header -> header.length == 2)
        .forEach(header -> headers.put(header[0], header[1]));
    try {
      byte[] data = Base64.getMimeDecoder().decode(form.group(3));
      if (Arrays.equals(crc(data), Base64.getDecoder().decode(form.group(4)))) {
        return new AsciiArmor(form.group(1), headers, data);
      }
    } catch (IllegalArgumentException e) {
      throw new CliException("the armored key is not in base64: " + e.getMessage(), e);
    }
    throw new CliException("the armored key's checksum is wrong; take the file as it was written");
  }

  private static byte[] crc(byte[] data) {
    int crc = CRC_START;
    for (byte one : data) {
      crc ^= (one & 0xff) << 16;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc <<= 1;
        if ((crc & 0x1000000) != 0) {
          crc ^= CRC_POLYNOMIAL;
        }
      }
    }
    byte[] bytes = new byte[CRC_BYTES];
    for (int i = 0; i < CRC_BYTES; i++) {
      bytes[i] = (byte) (crc >> 8 * (CRC_BYTES - 1 - i));
    }
    return bytes;
  }
}
