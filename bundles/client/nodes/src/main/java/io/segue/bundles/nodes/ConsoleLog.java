package io.segue.bundles.nodes;

import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What the node of a home wrote since it was started: {@code log/console.log}. What it wrote after
 * the starts before is in {@code console.log.1}, the latest of them, to {@code console.log.5}.
 */
public final class ConsoleLog {
  /** How many starts before the last one are kept. */
  public static final int KEPT = 5;

  private static final int SHOWN_LINES = 25;

  private ConsoleLog() {}

  /** The last lines that a process wrote into a file, for an error message. */
  public static String lastLines(Path console) {
    try {
      List<String> lines = Files.readAllLines(console);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the console is. */
  public static Path of(Path home) {
    return home.resolve("log").resolve("console.log");
  }

  /**
   * Keeps what is there, as the node is about to be started again.
   *
   * @return the file, which is not there now
   */
  static Path startOver(Path home) {
    Path console = of(home);
    for (int number = KEPT; number >= 1; number--) {
      move(older(console, number - 1), older(console, number));
    }
    return console;
  }

  private static void move(Path from, Path to) {
    try {
      if (Files.exists(from)) {
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new NodeException(from + " can't be kept as " + to + ": " + FailureText.of(e), e);
    }
  }

  private static Path older(Path console, int number) {
    return number == 0 ? console : console.resolveSibling(console.getFileName() + "." + number);
  }
}
