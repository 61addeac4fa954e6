package io.segue.bundles.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes requests of what Netty read. */
final class HttpRequests {
  private static final Pattern ABSOLUTE =
      Pattern.compile("^https?://[^/?]*", Pattern.CASE_INSENSITIVE);

  private HttpRequests() {}

  /** A request as handlers get it. */
  static HttpRequest of(io.netty.handler.codec.http.HttpRequest head, byte[] body, String remote) {
    String target = utf8(origin(head.uri()));
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    return new HttpRequest(
        head.method().equals(HttpMethod.HEAD) ? "GET" : head.method().name(),
        path.startsWith("/") ? path : "/" + path,
        question < 0 ? "" : target.substring(question + 1),
        headers(head.headers()),
        body,
        remote);
  }

  /** The path of a request, still encoded. */
  static String path(io.netty.handler.codec.http.HttpRequest head) {
    String target = origin(head.uri());
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  /**
   * Where a request belongs whose path has empty segments, or some that are dots: a client that
   * joins {@code http://host/} and {@code /status} follows there, as with CometBFT and the Cosmos
   * SDK. Empty for any other.
   */
  static Optional<String> redirect(io.netty.handler.codec.http.HttpRequest head) {
    String path = path(head);
    String clean = clean(path);
    return path.startsWith("/") && !path.equals(clean)
        ? Optional.of(encoded(clean + origin(head.uri()).substring(path.length())))
        : Optional.empty();
  }

  private static String clean(String path) {
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : path.split("/")) {
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        kept.addLast(segment);
      }
    }
    String end = path.endsWith("/") && !kept.isEmpty() ? "/" : "";
    return "/" + String.join("/", kept) + end;
  }

  /** A target in the characters that a header may have. */
  private static String encoded(String target) {
    StringBuilder encoded = new StringBuilder();
    for (char c : target.toCharArray()) {
      if (c > ' ' && c < 0x7f) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
      }
    }
    return encoded.toString();
  }

  /** A target without the scheme and host that proxies write. */
  private static String origin(String target) {
    return target.startsWith("/") ? target : ABSOLUTE.matcher(target).replaceFirst("");
  }

  private static Map<String, String> headers(HttpHeaders all) {
    Map<String, String> headers = new HashMap<>();
    Iterator<Map.Entry<CharSequence, CharSequence>> entries = all.iteratorCharSequence();
    while (entries.hasNext()) {
      Map.Entry<CharSequence, CharSequence> entry = entries.next();
      headers.merge(
          entry.getKey().toString().toLowerCase(Locale.ROOT),
          entry.getValue().toString(),
          (one, other) -> one + ", " + other);
    }
    return headers;
  }

  /** What was sent as it is and not percent-encoded is UTF-8; Netty takes each byte for itself. */
  private static String utf8(String target) {
    return target.chars().allMatch(c -> c < 0x80)
        ? target
        : new String(target.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
