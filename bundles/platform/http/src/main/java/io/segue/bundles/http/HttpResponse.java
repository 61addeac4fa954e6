package io.segue.bundles.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer. The server adds what belongs to the connection: length, date, and whether it is kept.
 *
 * @param headers in the order they are sent in
 * @param body not copied; nobody writes to it any more
 * @param length so many bytes of {@code body} are sent, from its first
 */
public record HttpResponse(int status, Map<String, String> headers, byte[] body, int length) {
  private static final String CONTENT_TYPE = "Content-Type";

  /** An answer with a body. */
  public static HttpResponse of(int status, String contentType, byte[] body) {
    return of(status, contentType, body, body.length);
  }

  /** An answer whose body is the beginning of a buffer. */
  public static HttpResponse of(int status, String contentType, byte[] buffer, int length) {
    return new HttpResponse(status, Map.of(CONTENT_TYPE, contentType), buffer, length);
  }

  public static HttpResponse json(int status, byte[] body) {
    return of(status, "application/json", body);
  }

  public static HttpResponse text(int status, String body) {
    return of(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer without a body. */
  public static HttpResponse empty(int status) {
    return new HttpResponse(status, Map.of(), new byte[0], 0);
  }

  /** This answer with one more header. */
  public HttpResponse with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpResponse(status, more, body, length);
  }
}
