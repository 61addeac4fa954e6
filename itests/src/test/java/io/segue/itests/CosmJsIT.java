package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three versions of CosmJS, as they are published, against a node as users run it. */
class CosmJsIT {
  /** Addresses of the keys that {@code clients.mjs} has. */
  private static final List<String> ACCOUNTS =
      List.of(
          "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4",
          "cosmos15yk64u7zc9g9k2yr2wmzeva5qgwxps6yxj00e7");

  @TempDir Path folder;

  @Test
  void signsDirectlyInAminoJsonAndTogether() throws Exception {
    ClientProgram client =
        ClientProgram.of("js", "node", "npm")
            .prepare(Duration.ofMinutes(5), "npm", "ci", "--no-audit", "--no-fund");
    try (NodeProcess node =
        NodeProcess.init(
            folder.resolve("home"),
            "--account",
            ACCOUNTS.get(0) + "=1000000000stake",
            "--account",
            ACCOUNTS.get(1) + "=1000000000stake",
            "--voting-period",
            "600s")) {
      node.start().awaitHeight(2);
      List<String> lines =
          client.run(
              Duration.ofMinutes(8), "node", "clients.mjs", node.url(), "0.32", "0.34", "0.39");
      assertThat(lines).hasSize(3 * 20).allSatisfy(line -> assertThat(line).startsWith("ok "));
    }
  }
}
