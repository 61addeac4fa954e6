package io.segue.distribution.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The command line of {@code segue start}.
 *
 * @param warmUp whether {@code bin/segue} asks for a {@link WarmUp}; of no use to users
 * @param allowUnbound whether to run a chain that is bound to other bundles than this node has
 */
record Arguments(Path home, boolean help, boolean warmUp, boolean allowUnbound) {
  static final String USAGE =
      """
      Usage: segue start [--home <folder>] [--allow-unbound]

      Runs a node in the foreground. SIGTERM or Ctrl-C stops it cleanly.

        --home <folder>   the node's folder; default: $SEGUE_HOME, else ~/.segue
        --allow-unbound   runs a chain whose genesis is bound to other bundles than this node has;
                          its roots will differ from those of other nodes at the next upgrade
        --help            prints this

      Settings are the files in <folder>/etc, each key explained there; a changed file takes
      effect at once. Options of the Java machine: $SEGUE_OPTS.
      Exit codes: 0 stopped, 1 could not start, 2 wrong arguments or no node in the folder.
      """;

  static Arguments parse(String... args) throws StartException {
    Path home = defaultHome();
    boolean help = false;
    boolean warmUp = false;
    boolean allowUnbound = false;
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      if (arg.equals("--help") || arg.equals("-h")) {
        help = true;
      } else if (arg.equals("--warm-up")) {
        warmUp = true;
      } else if (arg.equals("--allow-unbound")) {
        allowUnbound = true;
      } else if (arg.equals("--home")) {
        if (i + 1 == args.length) {
          throw new StartException("--home needs a folder; see segue start --help");
        }
        home = path(args[++i]);
      } else if (arg.startsWith("--home=")) {
        home = path(arg.substring("--home=".length()));
      } else {
        throw new StartException("unknown argument " + arg + "; see segue start --help");
      }
    }
    return new Arguments(home, help, warmUp, allowUnbound);
  }

  private static Path path(String text) throws StartException {
    try {
      if (!text.isBlank()) {
        return Path.of(text).toAbsolutePath().normalize();
      }
    } catch (InvalidPathException e) {
      throw new StartException("--home " + text + " is no path: " + e.getReason(), e);
    }
    throw new StartException("--home needs a folder; see segue start --help");
  }

  private static Path defaultHome() throws StartException {
    String home = System.getenv("SEGUE_HOME");
    if (home != null && !home.isBlank()) {
      return path(home);
    }
    return Path.of(System.getProperty("user.home"), ".segue").toAbsolutePath();
  }
}
