package io.segue.bundles.offline.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.console.ProgressLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Follows the report of a node that replays, and says what became of it. */
final class ReplayWatch {
  /** How a replay ended, with the command's exit status. */
  enum End {
    EQUAL(0),
    DIFFERENT(1),
    MISSING(3);

    private final int exitStatus;

    End(int exitStatus) {
      this.exitStatus = exitStatus;
    }

    int exitStatus() {
      return exitStatus;
    }
  }

  private final Path file;
  private final boolean wait;
  private final PrintWriter err;
  private final ProgressLine progress;
  private JsonNode report = Output.object();
  private String told = "";

  /**
   * @param wait whether to wait for what is missing
   * @param err where progress goes
   */
  ReplayWatch(Path file, boolean wait, PrintWriter err) {
    this.file = file;
    this.wait = wait;
    this.err = err;
    this.progress = new ProgressLine(err, "replayed");
  }

  /** Looks once; empty while the replay goes on. */
  Optional<End> look() throws IOException {
    try {
      report = Output.JSON.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // not yet there
    }
    progress.at(number("height"), number("lastHeight"), number("txs"));
    return switch (report.path("state").asText()) {
      case "DONE" -> Optional.of(End.EQUAL);
      case "FAILED" -> Optional.of(End.DIFFERENT);
      default -> message().isEmpty() ? Optional.empty() : held();
    };
  }

  /** Why the replay ended or waits; empty where it came to its end. */
  String message() {
    return report.path("message").asText();
  }

  /** What is printed. */
  ObjectNode result(End end) {
    double seconds = number("elapsedMs") / 1e3;
    long blocks = number("height") - number("firstHeight") + 1;
    ObjectNode result = Output.object();
    result.put("result", end.name());
    result.put("chainId", report.path("chainId").asText());
    result.put("height", number("height"));
    result.put("lastHeight", number("lastHeight"));
    result.put("appHash", report.path("appHash").asText());
    result.put("txs", number("txs"));
    result.put("seconds", seconds);
    result.put("blocksPerSecond", rate(blocks, seconds));
    result.put("txsPerSecond", rate(number("txs"), seconds));
    result.set("generations", report.path("generations"));
    if (!message().isEmpty()) {
      result.put("message", message());
    }
    if (!report.path("roots").isEmpty()) {
      result.set("roots", report.path("roots"));
    }
    return result;
  }

  private Optional<End> held() {
    if (!wait) {
      return Optional.of(End.MISSING);
    }
    if (!told.equals(message())) {
      told = message();
      err.println("waiting: " + told);
      err.flush();
    }
    return Optional.empty();
  }

  private long number(String name) {
    return report.path(name).asLong();
  }

  private static double rate(long count, double seconds) {
    return seconds > 0 ? Math.round(10 * count / seconds) / 10.0 : 0;
  }
}
