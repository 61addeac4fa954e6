package io.segue.distribution.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.BundleException;

/**
 * Starts and stops the platform on an empty home, so that the Java machine can archive the classes
 * of a start ({@code -XX:ArchiveClassesAtExit}). Without settings nothing of ours runs in it.
 */
final class WarmUp {
  private WarmUp() {}

  static int run(Path distribution) {
    try {
      Path folder = Files.createTempDirectory("segue");
      try {
        Home home = new Home(folder);
        Files.createDirectory(home.settings());
        Platform platform = Launcher.prepare(home, distribution, false);
        platform.start();
        return platform.stop() ? Launcher.STOPPED : Launcher.FAILED;
      } finally {
        delete(folder);
      }
    } catch (IOException | StartException | BundleException e) {
      System.err.println("segue: no class archive is made, starts take longer: " + e.getMessage());
      return Launcher.FAILED;
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}
