package io.segue.bundles.rest;

import io.segue.bundles.descriptors.PercentEncoding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what follows the question mark of a URL, strictly. */
final class QueryString {
  /** Most parameters of a request. */
  static final int MAX_PARAMETERS = 1000;

  static final Map<String, List<String>> NONE = Map.of();

  private QueryString() {}

  /**
   * The parameters by name, each with its values in order.
   *
   * @throws IllegalArgumentException where it is no percent-encoded UTF-8, or has more than {@link
   *     #MAX_PARAMETERS}
   */
  static Map<String, List<String>> parse(String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    int count = 0;
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      if (++count > MAX_PARAMETERS) {
        throw new IllegalArgumentException(
            "more than " + MAX_PARAMETERS + " query parameters; ask for less at once");
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      parameters
          .computeIfAbsent(PercentEncoding.decode(name, true), key -> new ArrayList<>())
          .add(PercentEncoding.decode(value, true));
    }
    return parameters;
  }
}
