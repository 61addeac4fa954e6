package io.segue.bundles.cli.home;

import io.segue.bundles.cli.console.CliException;
import java.nio.file.Path;

/** The folder of the distribution, as {@code bin/segue} names it. */
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
   * @throws CliException where nobody named it
   */
  public static Path folder() {
    String folder = System.getProperty(PROPERTY);
    if (folder == null) {
      throw new CliException("the distribution's folder is not known; run bin/segue");
    }
    return Path.of(folder);
  }
}
