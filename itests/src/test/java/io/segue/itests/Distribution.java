package io.segue.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The distribution as users unpack it, in the folder that the build names. */
final class Distribution {
  private Distribution() {}

  static Path folder() {
    return Path.of(System.getProperty("segue.dist"));
  }

  static Path command() {
    return folder().resolve("bin").resolve("segue");
  }

  /** The archive of plan v2. */
  static Path upgrade() {
    return upgrade("v2");
  }

  /** The archive of a plan that the distribution ships. */
  static Path upgrade(String plan) {
    return folder().resolve("upgrades").resolve(plan + ".zip");
  }

  /** The platform's bundles of a start level, from the one list there is. */
  static List<Path> platform(int startLevel) {
    return jars(folder().resolve("platform").resolve(Integer.toString(startLevel)));
  }

  /** The bundles of generation genesis. */
  static List<Path> genesis() {
    return jars(folder().resolve("genesis"));
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
