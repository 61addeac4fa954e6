package io.segue.bundles.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes requests of what Netty read. */
final class Requests {
  private static final Pattern ABSOLUTE =
      Pattern.compile("^https?://[^/?]*", Pattern.CASE_INSENSITIVE);

  private Requests() {}

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
