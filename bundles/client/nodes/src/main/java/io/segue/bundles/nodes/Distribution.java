package io.segue.bundles.nodes;

import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The distribution as users unpack it; {@code bin/segue} and the build name its folder. */
public final class Distribution {
  private static final String PROPERTY = "segue.dist";

  private Distribution() {}

  /** Whether {@link #folder} is known. */
  public static boolean isKnown() {
    return System.getProperty(PROPERTY) != null;
  }

  /**
   * The folder.
   *
   * @throws NodeException where nobody named it
   */
  public static Path folder() {
    String folder = System.getProperty(PROPERTY);
    if (folder == null) {
      throw new NodeException("the distribution's folder is not known; run bin/segue");
    }
    return Path.of(folder);
  }

  /** The command {@code segue}. */
  public static Path command() {
    return folder().resolve("bin").resolve("segue");
  }

  /** The archive of a plan that the distribution ships. */
  public static Path upgrade(String plan) {
    return folder().resolve("upgrades").resolve(plan + ".zip");
  }

  /** The platform's bundles of a start level, by their names. */
  public static List<Path> platform(int startLevel) {
    return jars(folder().resolve("platform").resolve(Integer.toString(startLevel)));
  }

  /** The bundles of generation genesis, by their names. */
  public static List<Path> genesis() {
    return jars(folder().resolve("genesis"));
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new NodeException("bundles can't be listed: " + FailureText.of(e), e);
    }
  }
}
