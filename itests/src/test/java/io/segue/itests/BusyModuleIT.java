package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.segue.itests.broken.BusyFactory;
import io.segue.itests.broken.BusyHandler;
import io.segue.itests.broken.BusyModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chain's own code that takes more than the machine has stops no more than it must. */
class BusyModuleIT {
  private static final String KERNEL = "io.segue.kernel";

  @TempDir Path folder;

  @Test
  void isNamedWhereItIsSlowAndTriedAgainWhereTheStackIsFull() throws IOException {
    try (NodeProcess node = NodeProcess.init(folder.resolve("home"))) {
      node.set(KERNEL, "slowStepMs", "200");
      node.start("-Xmx512m").awaitHeight(1);
      node.inShell("upgrade:deploy " + artifact());
      Upgrades.pass(node, "v2", 60, "");

      namesTheSlowBegin(node);
      holdsAndTriesAgain(node, "goes deep");
    }
  }

  private static void namesTheSlowBegin(NodeProcess node) {
    Set<String> naming = new TreeSet<>();
    node.until(
        "the slow step to be named",
        () -> {
          for (String command : List.of("node:status", "upgrade:status")) {
            if (slow(node, command, "begin of block in module busy").path("ageMs").asLong() > 200) {
              naming.add(command);
            }
          }
          return naming.size() == 2;
        });
  }

  private static JsonNode slow(NodeProcess node, String command, String step) {
    for (JsonNode slow : node.shell(command).path("slowSteps")) {
      if (slow.path("step").asText().startsWith(step)
          && (slow.path("module").asText() + slow.path("message").asText())
              .contains(BusyModule.NAME)) {
        return slow;
      }
    }
    return MissingNode.getInstance();
  }

  private static void holdsAndTriesAgain(NodeProcess node, String said) throws IOException {
    node.until(
        "the hold",
        () -> health(node).contains("\"part\":\"block\"") && health(node).contains("\"MACHINE\""));
    long height = node.height();
    assertThat(node.segue("query", "bank", "balances", "alice").toString()).contains("stake");
    String line = "Block " + (height + 1) + " " + said;
    node.until("another try", () -> count(node, line) >= 2);
    assertThat(node.height()).isEqualTo(height);
  }

  private static String health(NodeProcess node) {
    try {
      return node.health().body();
    } catch (IOException e) {
      return "";
    }
  }

  private static long count(NodeProcess node, String text) {
    try (Stream<String> lines = Files.lines(node.home().resolve("log/console.log"))) {
      return lines.filter(line -> line.contains(text)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path artifact() throws IOException {
    Path handler =
        BrokenUpgrade.write(
            folder.resolve("handler.jar"),
            "v2",
            BusyHandler.class,
            "io.segue.generation.module;effective:=generation;name=busy;bundle=\"busy\";"
                + "version:Version=\"1.0.0\"",
            "io.segue.generation.order;effective:=generation;phase=beginBlock;"
                + "names:List<String>=\"upgrade,staking,auth,bank,gov,busy\"",
            "io.segue.generation.order;effective:=generation;phase=endBlock;"
                + "names:List<String>=\"gov,staking,auth,bank,upgrade,busy\"");
    Path module =
        BrokenUpgrade.module(
            folder.resolve("busy.jar"), "busy", BusyFactory.class, BusyModule.class);
    return BrokenUpgrade.zip(folder.resolve("busy.zip"), handler, module);
  }
}
