package io.segue.bundles.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A complete request.
 *
 * @param method {@code GET}, {@code POST} and so on. {@code HEAD} comes as {@code GET}, and the
 *     server leaves out the body of the answer; {@code OPTIONS} never comes
 * @param path as the client wrote it, percent-encoded or not, without the query; begins with a
 *     slash
 * @param query what stands behind the question mark, as the client wrote it; empty where nothing
 *     does
 * @param headers by their names in lower case; values of one name are joined by a comma
 * @param body not copied: to be read only
 * @param remote address and port of the client, for logs
 */
public record HttpRequest(
    String method,
    String path,
    String query,
    Map<String, String> headers,
    byte[] body,
    String remote) {

  /** A header by its name in lower case. */
  public Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }

  /** The query's parameters, decoded, in the order they stand in. */
  public Map<String, List<String>> parameters() {
    return parameters(query);
  }

  /**
   * Parameters of a query, or of a form in a body: pairs with {@code &} between them. What is
   * encoded wrongly stays as it is.
   */
  public static Map<String, List<String>> parameters(String encoded) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : encoded.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters
            .computeIfAbsent(formDecoded(name), n -> new ArrayList<>())
            .add(formDecoded(value));
      }
    }
    return parameters;
  }

  private static String formDecoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
