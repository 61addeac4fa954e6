package io.segue.bundles.sidecar.exec;

import io.segue.kernel.api.upgrade.SidecarException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the operator lets the sidecar do: which programs there are, by the name that a plan may use,
 * and how long and how loud they may be.
 */
final class ExecRules {
  /** The settings' file, as messages name it. */
  static final String FILE = "etc/io.segue.sidecar.exec.cfg";

  static final long DEFAULT_TIMEOUT_MS = 600_000;
  static final long DEFAULT_GRACE_MS = 5_000;
  static final long DEFAULT_MAX_ARTIFACT_BYTES = 64L << 20;
  static final long DEFAULT_MAX_OUTPUT_BYTES = 1 << 20;
  static final long DEFAULT_MAX_LINES_PER_SECOND = 100;
  static final String DEFAULT_ENVIRONMENT = "PATH,HOME,LANG,TZ";

  private static final String COMMAND = "command.";

  private final SortedMap<String, List<String>> commands = new TreeMap<>();
  final long timeoutMs;
  final long graceMs;
  final long maxArtifactBytes;
  final long maxOutputBytes;
  final long maxLinesPerSecond;
  final List<String> environment;

  /**
   * Rules from settings.
   *
   * @param settings as the framework hands them out: texts, by key
   * @throws IllegalArgumentException for a setting out of its range; names key and range
   */
  ExecRules(Map<String, ?> settings) {
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(COMMAND)) {
            List<String> words = words(String.valueOf(value), "\\s+");
            require(!words.isEmpty(), key, "a program with its arguments");
            require(words.get(0).startsWith("/"), key, "a program by its absolute path");
            commands.put(key.substring(COMMAND.length()), words);
          }
        });
    timeoutMs = number(settings, "timeoutMs", DEFAULT_TIMEOUT_MS);
    graceMs = number(settings, "graceMs", DEFAULT_GRACE_MS);
    maxArtifactBytes = number(settings, "maxArtifactBytes", DEFAULT_MAX_ARTIFACT_BYTES);
    maxOutputBytes = number(settings, "maxOutputBytes", DEFAULT_MAX_OUTPUT_BYTES);
    maxLinesPerSecond = number(settings, "maxLinesPerSecond", DEFAULT_MAX_LINES_PER_SECOND);
    Object names = settings.get("environment");
    environment = words(names == null ? DEFAULT_ENVIRONMENT : names.toString(), "[,\\s]+");
  }

  /**
   * The program behind a name, with its arguments.
   *
   * @throws SidecarException where a plan names none, or one that is not in the settings
   */
  List<String> command(String plan, String name) throws SidecarException {
    List<String> words = commands.get(name);
    if (words != null) {
      return words;
    }
    String reason =
        name.isEmpty()
            ? "its info has no parameter command"
            : "it asks for command %s, and command.%s is not set".formatted(name, name);
    throw refused(
        "plan " + plan,
        reason + " (there are: " + String.join(", ", commands.keySet()) + ")",
        "name the program in " + FILE + ", or deploy the artifact by hand: upgrade:deploy <file>");
  }

  /** A failure that trying again does not fix. */
  static SidecarException refused(String what, String reason, String next) {
    return failed(what, reason, next, false);
  }

  /** A failure. */
  static SidecarException failed(String what, String reason, String next, boolean retry) {
    return new SidecarException(
        "%s is not prepared: %s. Next: %s".formatted(what, reason, next), retry, null);
  }

  private static long number(Map<String, ?> settings, String key, long otherwise) {
    Object value = settings.get(key);
    if (value == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(value.toString().strip());
      require(number > 0, key, "1 or more");
      return number;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(FILE + ": " + key + " must be a number", e);
    }
  }

  private static List<String> words(String text, String separator) {
    return Arrays.stream(text.strip().split(separator)).filter(word -> !word.isEmpty()).toList();
  }

  private static void require(boolean holds, String key, String range) {
    if (!holds) {
      throw new IllegalArgumentException(FILE + ": " + key + " must be " + range);
    }
  }
}
