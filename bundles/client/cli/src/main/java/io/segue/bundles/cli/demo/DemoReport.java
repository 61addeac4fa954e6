package io.segue.bundles.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.Output;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the demo found.
 *
 * @param before {@code node:status} before the upgrade, {@code after} at the end
 * @param upgrade {@code upgrade:status} at the end
 * @param readyHeight last height before the plan's generation was seen to be ready
 * @param transfers committed
 * @param agreedHeights at which all validators had the same app hash; 0 where there was only one
 * @param failures claims that were not so, and requests that failed
 */
record DemoReport(
    JsonNode before,
    JsonNode after,
    JsonNode upgrade,
    UpgradeTimeline timeline,
    long readyHeight,
    long transfers,
    long queries,
    long failedRequests,
    long slowestMs,
    BigInteger burned,
    long agreedHeights,
    List<String> failures) {

  /**
   * From the last commit of the old code to the first of the new, without the usual time of a block
   * and without the wait for bundles that came after the plan's height.
   */
  double pauseMs() {
    return Math.max(0, upgrade.path("pauseMs").asDouble() - timeline.waitedMs());
  }

  long planHeight() {
    return upgrade.path("plan").path("height").asLong();
  }

  boolean good() {
    return failures.isEmpty();
  }

  ObjectNode json() {
    ObjectNode json = Output.object();
    json.put("pid", after.path("pid").asLong());
    json.put("uptimeMs", after.path("uptimeMs").asLong());
    json.put("blocks", after.path("height").asLong());
    json.put("transfers", transfers);
    json.put("queries", queries);
    json.put("failedRequests", failedRequests);
    json.put("slowestAnswerMs", slowestMs);
    json.set("timeline", timeline.json());
    json.put("readyHeight", readyHeight);
    json.put("planHeight", planHeight());
    json.put("waitedForBundlesMs", timeline.waitedMs());
    json.put("pauseMs", pauseMs());
    json.put("rootBefore", upgrade.path("rootBefore").asText());
    json.put("rootAfter", upgrade.path("rootAfter").asText());
    json.put("generationBefore", upgrade.path("generationBefore").asText());
    json.put("generationAfter", upgrade.path("generationAfter").asText());
    json.put("burnedDeposit", burned.toString());
    json.put("agreedHeights", agreedHeights);
    if (!failures.isEmpty()) {
      failures.forEach(json.withArray("failures")::add);
    }
    return json;
  }

  /** The end of the story. */
  void tell(DemoLog story) {
    story.line("");
    story.line("Timeline of v2, ms since the plan was scheduled");
    long beforeMs = 0;
    for (Map.Entry<String, Long> step : timeline.stepMs().entrySet()) {
      story.line(
          "  %-12s %7d  +%d",
          step.getKey().equals("firstBlock") ? "first block" : step.getKey(),
          step.getValue(),
          step.getValue() - beforeMs);
      beforeMs = step.getValue();
    }
    story.line("");
    pair(story, "ready", "at height " + readyHeight + ", for the plan at " + planHeight());
    if (timeline.waitedMs() > 0) {
      pair(story, "waited", timeline.waitedMs() + " ms for the bundles: this machine is busy");
    }
    pair(
        story,
        "pause",
        String.format(
            Locale.ROOT,
            "%.1f ms from the last commit of the old code to the first of the new",
            pauseMs()));
    pair(story, "root before", upgrade.path("rootBefore").asText());
    pair(story, "root after", upgrade.path("rootAfter").asText());
    pair(story, "code before", upgrade.path("generationBefore").asText());
    pair(story, "code after", upgrade.path("generationAfter").asText());
    pair(
        story,
        "process",
        before.path("pid").asText()
            + " before, "
            + after.path("pid").asText()
            + " after; up "
            + seconds(before)
            + " s before, "
            + seconds(after)
            + " s after");
    pair(story, "blocks", after.path("height").asText());
    pair(story, "transfers", Long.toString(transfers));
    pair(story, "queries", queries + ", slowest answer " + slowestMs + " ms");
    pair(story, "failed", failedRequests + " requests");
    if (!good()) {
      story.line("");
      story.line("NOT as it should be:");
      failures.forEach(failure -> story.line("  %s", failure));
    }
  }

  private static void pair(DemoLog story, String key, String value) {
    story.line("%-12s %s", key, value);
  }

  private static String seconds(JsonNode status) {
    return String.format(Locale.ROOT, "%.1f", status.path("uptimeMs").asLong() / 1000.0);
  }
}
