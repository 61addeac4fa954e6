package io.segue.bundles.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.nodes.NodeException;
import io.segue.bundles.nodes.NodeProcess;
import io.segue.bundles.nodes.NodeShell;
import io.segue.bundles.nodes.Waiting;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Follows an upgrade through the node's shell and tells each step when it is seen. */
final class UpgradeWatch {
  /** How long the first block may take, beside the blocks before it. */
  private static final Duration LIMIT = Duration.ofSeconds(45);

  private final NodeShell shell;
  private final NodeProcess process;
  private final DemoLog story;
  private final Set<String> told = new HashSet<>();
  private String missing = "";
  private String progress = "";
  private long readyHeight = -1;

  UpgradeWatch(NodeShell shell, NodeProcess process, DemoLog story) {
    this.shell = shell;
    this.process = process;
    this.story = story;
  }

  /**
   * Waits until the first block of the new code.
   *
   * @param blocksBefore how long the blocks before the plan's height take
   */
  void awaitFirstBlock(Duration blocksBefore) {
    Duration limit = LIMIT.plus(blocksBefore);
    if (Waiting.until(limit, this::look).isEmpty()) {
      throw process.failure(
          "the upgrade did not get to its first block within "
              + limit.toSeconds()
              + " s: "
              + shell.ask("upgrade:status"));
    }
  }

  /** The height at which the plan's generation was seen to be ready; -1 before. */
  long readyHeight() {
    return readyHeight;
  }

  private Optional<JsonNode> look() {
    process.requireAlive();
    JsonNode status;
    try {
      status = shell.ask("upgrade:status");
    } catch (NodeException e) {
      story.tell("the shell does not answer: %s", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    JsonNode timelineMs = status.path("timelineMs");
    for (String step : UpgradeTimeline.STEPS) {
      if (timelineMs.has(step) && told.add(step)) {
        if (step.equals("ready")) {
          readyHeight = shell.ask("node:status").path("height").asLong();
        }
        story.tell("%s", sentence(step, status));
      }
    }
    tellChanges(status);
    return timelineMs.has("firstBlock") ? Optional.of(status) : Optional.empty();
  }

  private void tellChanges(JsonNode status) {
    String nowMissing = status.path("missing").asText();
    if (!nowMissing.isEmpty() && !nowMissing.equals(missing) && told.contains("due")) {
      story.tell("the node holds: %s", nowMissing);
    }
    missing = nowMissing;
    String nowProgress = status.path("progress").asText();
    if (!nowProgress.isEmpty() && !nowProgress.equals(progress) && told.contains("due")) {
      story.tell("store loader: %s", nowProgress);
    }
    progress = nowProgress;
  }

  private String sentence(String step, JsonNode status) {
    return switch (step) {
      case "fetched" ->
          "the sidecar has fetched the archive; its bytes have the SHA-256 of the plan";
      case "ready" -> "ready: bundles admitted, installed and resolved beside the running ones";
      case "due" -> "height " + status.path("plan").path("height").asLong() + ": due; blocks pause";
      case "loaded" -> "loaded: " + loads(status.path("loads"));
      case "handled" -> "handled: the new modules' migrations and parameters are on the branch";
      case "applied" -> "applied: data and code are committed in one write";
      default -> "first block of the new code";
    };
  }

  private static String loads(JsonNode loads) {
    StringBuilder text = new StringBuilder();
    loads.forEach(load -> text.append(text.length() == 0 ? "" : ", ").append(load.asText()));
    return text.length() == 0 ? "no store changes" : text.toString();
  }
}
