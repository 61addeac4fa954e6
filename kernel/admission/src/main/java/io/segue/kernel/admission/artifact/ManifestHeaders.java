package io.segue.kernel.admission.artifact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The main section of a jar's manifest: lines {@code Name: value}, a line that starts with a blank
 * continuing the one before, up to the first empty line. Read strictly, so that no two readers can
 * understand it differently; a header that occurs twice is refused.
 */
final class ManifestHeaders {
  /** Where a jar has its manifest. */
  static final String ENTRY = "META-INF/MANIFEST.MF";

  private ManifestHeaders() {}

  /**
   * The headers; names are matched without regard to case.
   *
   * @param what names the jar in errors
   * @throws RefusedException {@link RefusalReason#MANIFEST}
   */
  static Map<String, String> parse(String what, byte[] manifest) throws RefusedException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    StringBuilder line = new StringBuilder();
    String text = new String(manifest, ISO_8859_1);
    refuseLoneReturns(what, text);
    for (String next : text.split("\r\n|\n", -1)) {
      if (next.startsWith(" ") && !line.isEmpty()) {
        line.append(next, 1, next.length());
        continue;
      }
      add(what, headers, line.toString());
      line.setLength(0);
      if (next.isEmpty()) {
        break;
      }
      line.append(next);
    }
    add(what, headers, line.toString());
    return Collections.unmodifiableMap(headers);
  }

  /** Readers disagree on whether a CR without LF ends a line, and on which line is the last. */
  private static void refuseLoneReturns(String what, String text) throws RefusedException {
    for (int at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) {
      if (!text.startsWith("\n", at + 1)) {
        throw refused(
            what
                + ": the manifest has a CR without LF at byte "
                + at
                + "; end its lines with LF or CR LF");
      }
    }
  }

  /** A line's text; a continuation may part the bytes of one character, so joined lines only. */
  private static String decode(String what, String line) throws RefusedException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(line.getBytes(ISO_8859_1))).toString();
    } catch (CharacterCodingException e) {
      throw refused(what + ": the manifest is not UTF-8; build the bundle again");
    }
  }

  private static void add(String what, Map<String, String> headers, String bytes)
      throws RefusedException {
    if (bytes.isEmpty()) {
      return;
    }
    String line = decode(what, bytes);
    int colon = line.indexOf(": ");
    if (colon <= 0 || line.startsWith(" ")) {
      throw refused(what + ": the manifest's line '" + line + "' is not of the form 'Name: value'");
    }
    if (headers.put(line.substring(0, colon), line.substring(colon + 2).strip()) != null) {
      throw refused(
          what + ": the manifest has the header " + line.substring(0, colon) + " twice; keep one");
    }
  }

  private static RefusedException refused(String text) {
    return new RefusedException(RefusalReason.MANIFEST, text);
  }
}
