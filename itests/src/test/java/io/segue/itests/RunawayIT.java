package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.nodes.Distribution;
import io.segue.itests.broken.EndlessConstructor;
import io.segue.itests.broken.EndlessHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code of an upgrade that never ends is cancelled, and the node goes on without a restart. */
class RunawayIT {
  private static final String KERNEL = "io.segue.kernel";

  @TempDir Path folder;

  @Test
  void isCancelledNamedAndRepairedInTheRunningNode() throws IOException {
    Path unmakeable =
        BrokenUpgrade.write(folder.resolve("unmakeable.jar"), "v2", EndlessConstructor.class);
    Path endless = BrokenUpgrade.write(folder.resolve("endless.jar"), "v2", EndlessHandler.class);
    try (TestedNode node = TestedNode.init(folder.resolve("home"))) {
      node.set(KERNEL, "factoryTimeoutMs", "10000");
      node.set(KERNEL, "upgradeStepTimeoutMs", "2000");
      node.start().awaitHeight(1);
      long pid = node.pid();

      TestedNode.Result refused = node.tryInShell("upgrade:deploy " + unmakeable);
      assertThat(refused.output()).contains("was not ready within 10000 ms (factoryTimeoutMs)");
      node.until("the end of its thread", () -> !threads(pid).contains("segue-stage-v2"));
      assertThat(node.shell("upgrade:generations").toString()).doesNotContain("v2");

      node.inShell("upgrade:deploy " + endless);
      long height = UpgradePlans.pass(node, "v2", UpgradePlans.AHEAD, "");
      node.until(
          "the hold", () -> UpgradePlans.status(node).path("hold").asText().equals("RUNAWAY"));
      JsonNode status = node.shell("node:status");
      assertThat(status.toString())
          .contains("step 'handler of v2' is cancelled: it took longer than 2000 ms")
          .contains("upgradeStepTimeoutMs");
      assertThat(node.segue("query", "bank", "balances", "alice").toString()).contains("stake");

      node.inShell("upgrade:deploy " + Distribution.upgrade("v2").toAbsolutePath());
      node.awaitHeight(height + 1);
      assertThat(node.pid()).isEqualTo(pid);
      assertThat(node.shell("node:status").path("generation").asText()).isEqualTo("v2");
    }
  }

  /** The threads of a process, as the JDK lists them. */
  private static String threads(long pid) {
    try {
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(pid),
                  "Thread.print")
              .redirectErrorStream(true)
              .start();
      String printed = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(jcmd.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(printed).contains("segue-watchdog");
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
