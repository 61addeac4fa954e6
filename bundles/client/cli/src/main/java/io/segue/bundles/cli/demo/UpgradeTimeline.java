package io.segue.bundles.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.Output;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened when in an upgrade's life, in milliseconds since the plan was scheduled.
 *
 * @param stepMs by step, in the order of time
 */
record UpgradeTimeline(Map<String, Long> stepMs) {
  /** The steps of every upgrade that a sidecar prepared. */
  static final List<String> STEPS =
      List.of("fetched", "ready", "due", "loaded", "handled", "applied", "firstBlock");

  private static final String ORIGIN = "scheduled";

  /** From the answer of {@code upgrade:status}; without the steps that it lacks. */
  static UpgradeTimeline of(JsonNode upgradeStatus) {
    JsonNode at = upgradeStatus.path("timelineMs");
    long originMs = at.path(ORIGIN).asLong();
    Map<String, Long> steps = new LinkedHashMap<>();
    STEPS.stream()
        .filter(at::has)
        .sorted(Comparator.comparingLong(step -> at.path(step).asLong()))
        .forEach(step -> steps.put(step, at.path(step).asLong() - originMs));
    return new UpgradeTimeline(steps);
  }

  /**
   * Whether every step is there, each after what it needs. A node that gets ready late is due
   * before, and holds until it is.
   */
  boolean complete() {
    return stepMs.keySet().containsAll(STEPS)
        && inOrder(List.of("fetched", "ready", "loaded"))
        && inOrder(List.of("due", "loaded", "handled", "applied", "firstBlock"));
  }

  /** How long the plan's block waited for the bundles; 0 where they were ready before. */
  long waitedMs() {
    return Math.max(0, stepMs.getOrDefault("ready", 0L) - stepMs.getOrDefault("due", 0L));
  }

  private boolean inOrder(List<String> steps) {
    long beforeMs = 0;
    for (String step : steps) {
      long atMs = stepMs.getOrDefault(step, -1L);
      if (atMs < beforeMs) {
        return false;
      }
      beforeMs = atMs;
    }
    return true;
  }

  ObjectNode json() {
    ObjectNode json = Output.object();
    stepMs.forEach(json::put);
    return json;
  }
}
