package io.segue.distribution.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The command line of {@code segue export}; options are named as the Cosmos SDK's are.
 *
 * @param height of the state; 0 for the last one
 * @param document where the genesis goes; empty for standard output
 */
record ExportArguments(Path home, long height, Optional<Path> document, boolean help) {
  static final String USAGE =
      """
      Usage: segue export [--home <folder>] [--height <H>] [--output-document <file>]

      Writes the state of a stopped node as genesis.json, from which a chain goes on with equal roots.

        --home <folder>            the node's folder; default: $SEGUE_HOME, else ~/.segue
        --height <H>               height of the state, any that is kept; default: the last
        --output-document <file>   where it goes; default: standard output
        --help                     prints this

      Make a node of it with: segue init --from-genesis <file> --from-home <folder>
      Exit codes: 0 written, 1 refused, 2 wrong arguments or no node in the folder.
      """;

  private static final String HOME = "--home";
  private static final String HEIGHT = "--height";
  private static final String DOCUMENT = "--output-document";
  private static final Set<String> KNOWN = Set.of(HOME, HEIGHT, DOCUMENT);

  static ExportArguments parse(String... args) throws StartException {
    Map<String, String> given = new HashMap<>();
    boolean help = false;
    for (int i = 0; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      String name = equals < 0 ? args[i] : args[i].substring(0, equals);
      if (name.equals("--help") || name.equals("-h")) {
        help = true;
      } else if (!KNOWN.contains(name)) {
        throw new StartException("unknown argument " + args[i] + "; see segue export --help");
      } else if (equals < 0 && i + 1 == args.length) {
        throw new StartException(name + " needs a value; see segue export --help");
      } else {
        given.put(name, equals < 0 ? args[++i] : args[i].substring(equals + 1));
      }
    }
    return new ExportArguments(
        given.containsKey(HOME)
            ? StartArguments.path(given.get(HOME))
            : StartArguments.defaultHome(),
        height(given.getOrDefault(HEIGHT, "0")),
        Optional.ofNullable(given.get(DOCUMENT)).map(Path::of),
        help);
  }

  private static long height(String text) throws StartException {
    try {
      long height = Long.parseLong(text);
      if (height >= 0) {
        return height;
      }
    } catch (NumberFormatException e) {
      throw new StartException(HEIGHT + " " + text + " is no number; write a height, as 1000", e);
    }
    throw new StartException(HEIGHT + " " + text + " is refused; write a height from 1 up");
  }
}
