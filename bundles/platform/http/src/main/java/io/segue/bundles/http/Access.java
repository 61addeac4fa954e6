package io.segue.bundles.http;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask a server.
 *
 * <p>A page in a browser on this machine reaches a server on 127.0.0.1 by letting a name of its own
 * point there; the browser then names that name in {@code Host}. A server that listens on a
 * loopback address therefore answers only to {@code localhost} and names below it, to addresses,
 * which no page can let point elsewhere, and to names that the operator lists. One that listens
 * elsewhere answers to every name until the operator lists some.
 *
 * <p>Pages of other origins read nothing unless the operator allows their origin. That a WebSocket
 * is opened browsers don't prevent, so the server does.
 */
final class Access {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.]+\\]");
  private static final String ANY = "*";

  private final List<String> origins;
  private final String headers;
  private final List<String> hosts;
  private final boolean everyHost;

  Access(HttpSettings settings, InetAddress bound) {
    origins = settings.corsAllowedOrigins;
    headers = String.join(", ", settings.corsAllowedHeaders);
    hosts = settings.allowedHosts;
    everyHost = hosts.contains(ANY) || hosts.isEmpty() && !bound.isLoopbackAddress();
  }

  /** Whether the server answers to a {@code Host}; clients that send none are no browsers. */
  boolean answersTo(@Nullable String hostHeader) {
    if (everyHost || hostHeader == null || hostHeader.isEmpty()) {
      return true;
    }
    String host = hostHeader.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "");
    return ADDRESS.matcher(host).matches()
        || host.equals("localhost")
        || host.endsWith(".localhost")
        || hosts.contains(host);
  }

  /** Whether a page of this origin may open a WebSocket at this host. */
  boolean opensWebSocket(@Nullable String origin, @Nullable String hostHeader) {
    return origin == null
        || allows(origin)
        || origin.replaceFirst("^https?://", "").equals(hostHeader);
  }

  /** The headers that every answer to a page of this origin gets. */
  Map<String, String> headers(@Nullable String origin) {
    if (origins.isEmpty()) {
      return Map.of();
    }
    if (origin == null || !allows(origin)) {
      return Map.of("Vary", "Origin");
    }
    Map<String, String> found = new LinkedHashMap<>();
    found.put("Vary", "Origin");
    found.put("Access-Control-Allow-Origin", origins.contains(ANY) ? ANY : origin);
    return found;
  }

  /** The answer to a browser that asks what it may send; without the headers of every answer. */
  HttpResponse preflight(@Nullable String origin) {
    HttpResponse answer = HttpResponse.empty(204);
    return origin == null || !allows(origin)
        ? answer
        : answer
            .with("Access-Control-Allow-Methods", "HEAD, GET, POST")
            .with("Access-Control-Allow-Headers", headers);
  }

  private boolean allows(String origin) {
    return origins.contains(ANY) || origins.contains(origin);
  }
}
