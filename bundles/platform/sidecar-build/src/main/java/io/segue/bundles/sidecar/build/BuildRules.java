package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.upgrade.SidecarException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the operator lets the sidecar do: whom to ask, how much to take, how long to work. */
final class BuildRules {
  /** The settings' file, as messages name it. */
  static final String FILE = "etc/io.segue.sidecar.build.cfg";

  private static final Set<String> SCHEMES = Set.of("https", "http", "http-loopback", "file");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");
  private static final int LEAST_MS = 1_000;
  private static final int LEAST_LOG_BYTES = 1_024;
  private static final long LEAST_HEAP_BYTES = 64L << 20;

  private final List<String> schemes;
  private final List<String> hosts;
  final long maxRepositoryBytes;
  final long maxSourceBytes;
  final int maxFiles;
  final long maxArtifactBytes;
  final int maxLogBytes;
  final int readTimeoutMs;
  final int timeoutMs;
  final long compilerHeapBytes;
  final int compilerTimeoutMs;
  final List<String> maven;
  final List<String> mavenArguments;

  /**
   * Rules from settings.
   *
   * @throws IllegalArgumentException for a setting out of its range; names key and range
   */
  BuildRules(BuildSettings settings) {
    this.schemes = list(settings.schemes());
    this.hosts = list(settings.hosts());
    this.maxRepositoryBytes = settings.maxRepositoryBytes();
    this.maxSourceBytes = settings.maxSourceBytes();
    this.maxFiles = settings.maxFiles();
    this.maxArtifactBytes = settings.maxArtifactBytes();
    this.maxLogBytes = settings.maxLogBytes();
    this.readTimeoutMs = settings.readTimeoutMs();
    this.timeoutMs = settings.timeoutMs();
    this.compilerHeapBytes = settings.compilerHeapBytes();
    this.compilerTimeoutMs = settings.compilerTimeoutMs();
    this.maven = words(settings.maven());
    this.mavenArguments = words(settings.mavenArguments());
    require(maven.isEmpty() || maven.get(0).startsWith("/"), "maven", "an absolute path");
    require(!schemes.isEmpty() && SCHEMES.containsAll(schemes), "schemes", "of " + SCHEMES);
    require(maxRepositoryBytes > 0, "maxRepositoryBytes", "1 or more");
    require(maxSourceBytes > 0, "maxSourceBytes", "1 or more");
    require(maxFiles > 0, "maxFiles", "1 or more");
    require(maxArtifactBytes > 0, "maxArtifactBytes", "1 or more");
    require(maxLogBytes >= LEAST_LOG_BYTES, "maxLogBytes", LEAST_LOG_BYTES + " or more");
    require(readTimeoutMs >= LEAST_MS, "readTimeoutMs", LEAST_MS + " or more");
    require(timeoutMs >= LEAST_MS, "timeoutMs", LEAST_MS + " or more");
    require(
        compilerHeapBytes >= LEAST_HEAP_BYTES, "compilerHeapBytes", LEAST_HEAP_BYTES + " or more");
    require(compilerTimeoutMs >= LEAST_MS, "compilerTimeoutMs", LEAST_MS + " or more");
  }

  /** The URL of a repository, if it may be asked. */
  void admit(String url) throws SidecarException {
    URI uri = parse(url);
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (uri.getUserInfo() != null) {
      throw refused(
          url.replace(uri.getUserInfo() + "@", "***@"),
          "it carries a password or token, which a plan would publish",
          "have the plan name a repository that all operators may read");
    }
    if (!schemes.contains(scheme)
        && !(scheme.equals("http")
            && schemes.contains("http-loopback")
            && LOOPBACK.matcher(host).matches())) {
      throw refused(
          url,
          "its scheme is not among those allowed here (schemes = %s)"
              .formatted(String.join(",", schemes)),
          "allow it in " + FILE + ", or build the artifact and deploy it: upgrade:deploy <file>");
    }
    if (scheme.equals("file")) {
      return;
    }
    if (host.isEmpty()) {
      throw refused(url, "it has no host", "have the plan's info name an absolute URL");
    }
    if (!hosts.isEmpty() && hosts.stream().noneMatch(pattern -> matches(pattern, host))) {
      throw refused(
          url,
          "host %s is not among those allowed here (hosts = %s)"
              .formatted(host, String.join(",", hosts)),
          "allow it in " + FILE + ", or build the artifact and deploy it: upgrade:deploy <file>");
    }
  }

  /** A failure that trying again does not fix. */
  static SidecarException refused(String what, String reason, String next) {
    return new SidecarException(
        "%s is not built: %s. Next: %s".formatted(what, reason, next), false, null);
  }

  /** Something is over a limit of the operator's. */
  static SidecarException tooMuch(String what, String found, String key, long limit) {
    return refused(
        what,
        "%s, and %s is %d".formatted(found, key, limit),
        "raise " + key + " in " + FILE + " if the plan is right");
  }

  private static URI parse(String url) throws SidecarException {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw refused(url, "it is no URL: " + e.getMessage(), "have the plan's info corrected");
    }
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

  private static List<String> words(String blanks) {
    return Arrays.stream(blanks.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  private static void require(boolean holds, String key, String range) {
    if (!holds) {
      throw new IllegalArgumentException(FILE + ": " + key + " must be " + range);
    }
  }
}
