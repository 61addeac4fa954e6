package io.segue.distribution.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The command line of {@code segue start}.
 *
 * @param properties framework properties by which the kernel hears of the other options
 */
record StartArguments(Path home, boolean help, Map<String, String> properties) {
  static final String USAGE =
      """
      Usage: segue start [--home <folder>] [--halt-height <height>] [--halt-time <seconds>]
                         [--unsafe-skip-upgrades <height>,...] [--allow-unbound]

      Runs a node in the foreground. SIGTERM or Ctrl-C stops it cleanly.

        --home <folder>          the node's folder; default: $SEGUE_HOME, else ~/.segue
        --halt-height <height>   the last height to execute; the node stays up and serves
        --halt-time <seconds>    no block of this time, in seconds since 1970, or a later one
        --unsafe-skip-upgrades <height>,...
                                 heights whose plan is skipped; all validators have to
        --allow-unbound          runs a chain whose genesis is bound to other bundles than this node
                                 has; its roots will differ from others' at the next upgrade
        --help                   prints this

      Settings are the files in <folder>/etc, each key explained there; a changed file takes
      effect at once. What is given here goes over halt-height and halt-time there, and is added
      to skip-heights. Options of the Java machine: $SEGUE_OPTS.
      Exit codes: 0 stopped, 1 could not start, 2 wrong arguments or no node in the folder.
      """;

  /** What the value of an option looks like, by option. */
  private static final Map<String, String> VALUES =
      Map.of(
          "--halt-height", "[0-9]{1,18}",
          "--halt-time", "[0-9]{1,18}",
          "--unsafe-skip-upgrades", "[0-9]{1,18}(,[0-9]{1,18})*");

  private static final String HOME = "--home";

  static StartArguments parse(String... args) throws StartException {
    Path home = defaultHome();
    boolean help = false;
    Map<String, String> properties = new TreeMap<>();
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      if (arg.equals("--help") || arg.equals("-h")) {
        help = true;
      } else if (arg.equals("--allow-unbound")) {
        properties.put("segue.allow-unbound", "true");
      } else if (name.equals(HOME) || VALUES.containsKey(name)) {
        boolean last = i + 1 == args.length;
        String value = equals >= 0 ? arg.substring(equals + 1) : last ? "" : args[++i];
        if (name.equals(HOME)) {
          home = path(value);
        } else {
          properties.put("segue." + name.substring(2), checked(name, value));
        }
      } else {
        throw new StartException("unknown argument " + arg + "; see segue start --help");
      }
    }
    return new StartArguments(home, help, properties);
  }

  private static String checked(String name, String value) throws StartException {
    if (!value.matches(VALUES.getOrDefault(name, ""))) {
      throw new StartException(
          name + " has '" + value + "', which is no number of 0 or more; see segue start --help");
    }
    return value;
  }

  static Path path(String text) throws StartException {
    try {
      if (!text.isBlank()) {
        return Path.of(text).toAbsolutePath().normalize();
      }
    } catch (InvalidPathException e) {
      throw new StartException("--home " + text + " is no path: " + e.getReason(), e);
    }
    throw new StartException("--home needs a folder; see segue start --help");
  }

  static Path defaultHome() throws StartException {
    String home = System.getenv("SEGUE_HOME");
    if (home != null && !home.isBlank()) {
      return path(home);
    }
    return Path.of(System.getProperty("user.home"), ".segue").toAbsolutePath();
  }
}
