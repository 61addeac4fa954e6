package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator's slip in the settings of a running node, or before a start, does. */
class SettingsIT {
  @TempDir Path folder;

  @Test
  void aSlipInASettingsFileStopsNothingAndIsNamed() throws IOException {
    try (TestedNode node = TestedNode.init(folder.resolve("home")).start()) {
      node.awaitHeight(1);
      assertThat(status(node).path("state").asText()).isEqualTo("RUNNING");
      node.set("io.segue.consensus.solo", "blockIntervalMs", "banana");
      named(node, "io.segue.consensus.solo", "blockIntervalMs", "banana", "0 to 3600000");
      node.set("io.segue.store", "pruning", "costum");
      named(node, "io.segue.store", "pruning", "costum", "custom");
      node.set("io.segue.rpc", "threads", "many");
      named(node, "io.segue.rpc", "threads", "many", "1 to 256");
      node.set("io.segue.kernel", "skip-heights", "ten");
      named(node, "io.segue.kernel", "skip-heights", "ten", "a whole number of 1 or more");
      Path upgrade = node.home().resolve("etc/io.segue.upgrade.cfg");
      Files.move(upgrade, node.home().resolve("away"));
      node.until("the missing file", () -> status(node).toString().contains("it is missing"));

      long height = node.height();
      node.awaitHeight(height + 2);
      assertThat(status(node).path("state").asText()).isEqualTo("RUNNING");
      assertThat(node.log())
          .contains("etc/io.segue.store.cfg: pruning = costum can't be used; allowed: default, or");
      Files.move(node.home().resolve("away"), upgrade);
      node.stop();

      node.start();
      node.until("the hold", () -> state(node).equals("HELD"));
      assertThat(status(node).path("heldFor").asText())
          .contains("skip-heights in etc/io.segue.kernel.cfg can't be used");
      node.set("io.segue.kernel", "skip-heights", "");
      node.awaitHeight(height + 4);
      assertThat(state(node)).isEqualTo("RUNNING");
    }
  }

  private static void named(
      TestedNode node, String part, String key, String value, String allowed) {
    node.until(
        "the fault of " + part,
        () -> {
          for (JsonNode fault : status(node).path("settings")) {
            if (fault.path("file").asText().equals("etc/" + part + ".cfg")) {
              return fault.path("key").asText().equals(key)
                  && fault.path("value").asText().equals(value)
                  && fault.path("allowed").asText().contains(allowed);
            }
          }
          return false;
        });
  }

  private static JsonNode status(TestedNode node) {
    return node.shell("node:status");
  }

  /** Empty while the node starts. */
  private static String state(TestedNode node) {
    TestedNode.Result result = node.tryInShell("node:status --output json");
    return result.output().contains("\"HELD\"")
        ? "HELD"
        : result.output().contains("\"RUNNING\"") ? "RUNNING" : "";
  }
}
