package io.segue.bundles.sidecar.fetch;

import io.segue.kernel.api.upgrade.SidecarException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the operator lets the sidecar ask for. The URL in the plan passes {@link #admit}, and each
 * one that a server redirects to {@link #admitRedirect}.
 */
final class FetchRules {
  /** The settings' file, as messages name it. */
  static final String FILE = "etc/io.segue.sidecar.fetch.cfg";

  private static final Set<String> SCHEMES = Set.of("https", "http", "http-loopback");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

  private final List<String> schemes;
  private final List<String> hosts;
  final long maxBytes;
  final int connectTimeoutMs;
  final int readTimeoutMs;
  final long downloadTimeoutMs;
  final long minBytesPerSecond;
  final int rateWindowMs;

  /**
   * Rules from settings.
   *
   * @throws IllegalArgumentException for a setting out of its range; names key and range
   */
  FetchRules(FetchSettings settings) {
    this.schemes = list(settings.schemes());
    this.hosts = list(settings.hosts());
    this.maxBytes = settings.maxBytes();
    this.connectTimeoutMs = settings.connectTimeoutMs();
    this.readTimeoutMs = settings.readTimeoutMs();
    this.downloadTimeoutMs = settings.downloadTimeoutMs();
    this.minBytesPerSecond = settings.minBytesPerSecond();
    this.rateWindowMs = settings.rateWindowMs();
    require(!schemes.isEmpty() && SCHEMES.containsAll(schemes), "schemes", "of " + SCHEMES);
    require(maxBytes > 0, "maxBytes", "1 or more");
    require(connectTimeoutMs > 0, "connectTimeoutMs", "1 or more");
    require(readTimeoutMs > 0, "readTimeoutMs", "1 or more");
    require(downloadTimeoutMs > 0, "downloadTimeoutMs", "1 or more");
    require(minBytesPerSecond >= 0, "minBytesPerSecond", "0 or more");
    require(rateWindowMs > 0, "rateWindowMs", "1 or more");
  }

  /**
   * The URL that a server redirects to, if it may be asked: never one on this machine, whose
   * services take each other for friends.
   */
  URI admitRedirect(String url) throws SidecarException {
    URI uri = admit(url);
    if (isThisMachine(uri.getHost())) {
      throw refused(
          url,
          "a server redirects to this machine, which only a plan's own URL may name",
          "have the plan's info name the artifact itself, or deploy it by hand: upgrade:deploy"
              + " <file>");
    }
    return uri;
  }

  /** A literal, or a name that leads to loopback; one that can't be looked up leads nowhere. */
  private static boolean isThisMachine(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host))
          .anyMatch(address -> address.isLoopbackAddress() || address.isAnyLocalAddress());
    } catch (UnknownHostException e) {
      return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
  }

  /** The URL of a plan, if it may be asked. */
  URI admit(String url) throws SidecarException {
    URI uri = parse(url);
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    boolean allowed =
        schemes.contains(scheme)
            || (scheme.equals("http")
                && schemes.contains("http-loopback")
                && LOOPBACK.matcher(host).matches());
    if (!allowed) {
      throw refused(
          url,
          "its scheme is not among those allowed here (schemes = %s)"
              .formatted(String.join(",", schemes)),
          "allow it in "
              + FILE
              + ", or download the artifact and deploy it: upgrade:deploy <file>");
    }
    if (!hosts.isEmpty() && hosts.stream().noneMatch(pattern -> matches(pattern, host))) {
      throw refused(
          url,
          "host %s is not among those allowed here (hosts = %s)"
              .formatted(host, String.join(",", hosts)),
          "allow it in "
              + FILE
              + ", or download the artifact and deploy it: upgrade:deploy <file>");
    }
    return uri;
  }

  /** A failure that trying again does not fix. */
  static SidecarException refused(String url, String reason, String next) {
    return new SidecarException(
        "%s is not fetched: %s. Next: %s".formatted(url, reason, next), false, null);
  }

  private static URI parse(String url) throws SidecarException {
    try {
      URI uri = new URI(url);
      if (uri.getScheme() != null && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw refused(url, "it is no URL: " + e.getMessage(), "have the plan's info corrected");
    }
    throw refused(
        url, "it has no scheme or no host", "have the plan's info name an absolute https URL");
  }

  private static boolean matches(String pattern, String host) {
    return pattern.startsWith("*.") ? host.endsWith(pattern.substring(1)) : host.equals(pattern);
  }

  private static List<String> list(String commas) {
    return Arrays.stream(commas.split(","))
        .map(word -> word.strip().toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static void require(boolean holds, String key, String range) {
    if (!holds) {
      throw new IllegalArgumentException(FILE + ": " + key + " must be " + range);
    }
  }
}
