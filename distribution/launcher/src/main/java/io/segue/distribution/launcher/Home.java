package io.segue.distribution.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A node's folder, as {@code segue init} makes it:
 *
 * <pre>
 * etc/      settings, a file for each component; logback.xml
 * config/   genesis.json and the node's keys
 * data/     state, blocks, artifacts; data/cache is the framework's own and made anew at each start
 * log/      segue.log
 * </pre>
 */
record Home(Path folder) {
  private static final Path GENESIS = Path.of("config", "genesis.json");

  /** A home that has what a start needs; otherwise says how to make one. */
  static Home open(Path folder) throws StartException {
    for (Path needed : List.of(GENESIS, Path.of("etc"))) {
      if (!Files.isReadable(folder.resolve(needed))) {
        throw new StartException(
            "no node in %s: %s is missing or not readable. Make one with: segue init --home %s"
                .formatted(folder, needed, folder));
      }
    }
    return new Home(folder);
  }

  Path settings() {
    return folder.resolve("etc");
  }

  Path cache() {
    return folder.resolve("data").resolve("cache");
  }

  /** The node's own logback.xml, or the distribution's where it has none. */
  Path logging(Path distribution) {
    Path own = settings().resolve("logback.xml");
    return Files.isReadable(own) ? own : distribution.resolve("etc").resolve("logback.xml");
  }

  /** Settings files that the distribution has and this home lacks, by name. */
  List<String> missingSettings(Path distribution) {
    try (Stream<Path> templates = Files.list(distribution.resolve("etc"))) {
      return templates
          .map(template -> template.getFileName().toString())
          .filter(name -> name.endsWith(".cfg") && !Files.exists(settings().resolve(name)))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
