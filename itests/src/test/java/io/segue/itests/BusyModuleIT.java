package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.itests.broken.BusyFactory;
import io.segue.itests.broken.BusyHandler;
import io.segue.itests.broken.BusyModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chain's own code, and clients that ask it, take more than the machine has: nothing stops. */
class BusyModuleIT {
  private static final String KERNEL = "io.segue.kernel";
  private static final int TRANSFERS = 200;

  @TempDir Path folder;

  @Test
  void isNamedLimitedAndTriedAgainWhereItTakesTimeOrMemory() throws IOException {
    try (TestedNode node = TestedNode.init(folder.resolve("home"))) {
      node.set(KERNEL, "slowStepMs", "200");
      node.set(KERNEL, "query-gas-limit", "0");
      node.set(KERNEL, "simulationGasLimit", "0");
      node.set(KERNEL, "queryTimeoutMs", "2000");
      node.set(KERNEL, "queriesAtOnce", "2");
      node.start().awaitHeight(1);
      node.inShell("upgrade:deploy " + artifact());
      node.awaitHeight(UpgradePlans.pass(node, "v2", 60, ""));

      turn(node, BusyModule.SLOW);
      namesTheSlowBegin(node);
      turn(node, BusyModule.WELL);
      endsTheQueryThatReadsOn(node);
      keepsPlacesForOthers(node);
      endsTheSimulationThatNeedsMuch(node);
      goesOnOnceThereIsMemory(node);
      turn(node, BusyModule.DEEP);
      holdsOnAllNodesAlike(node);
    }
  }

  /** Turns the module's switch to one higher. */
  private static void turn(TestedNode node, int to) {
    node.segue("tx", "bank", "send", "alice", BusyModule.SWITCH, "1stake", "--wait");
    JsonNode now = node.segue("query", "bank", "balances", BusyModule.SWITCH);
    assertThat(now.toString()).contains("\"" + to + "\"");
  }

  private static void endsTheQueryThatReadsOn(TestedNode node) throws IOException {
    long before = node.height();
    assertThat(ask(node, BusyModule.READ, 0).path("log").asText())
        .contains("it took longer than 2000 ms, the queryTimeoutMs of this node");
    assertThat(node.height()).isGreaterThanOrEqualTo(before + 2);
  }

  /** Two clients ask for what takes long, and there is one place for it. */
  private static void keepsPlacesForOthers(TestedNode node) {
    AtomicBoolean asking = askInBackground(node, BusyModule.COMPUTE, 0);
    long before = node.height();
    node.until(
        "the refusal",
        () -> ask(node, BusyModule.COMPUTE, 0).path("log").asText().contains("queriesAtOnce is 2"));
    assertThat(node.segue("query", "bank", "balances", "alice").toString()).contains("stake");
    node.awaitHeight(before + 2);
    asking.set(false);
  }

  private void endsTheSimulationThatNeedsMuch(TestedNode node) throws IOException {
    ObjectNode tx =
        (ObjectNode)
            node.segue("tx", "bank", "send", "alice", "validator", "1stake", "--generate-only");
    ArrayNode messages = (ArrayNode) tx.at("/body/messages");
    for (int i = 1; i < TRANSFERS; i++) {
      messages.add(messages.get(0));
    }
    Path file = Files.writeString(folder.resolve("long.json"), tx.toString());
    String[] simulate = {"tx", "simulate", file.toString(), "--from", "alice"};
    assertThat(node.run(simulate).output()).contains("gasUsed");
    node.set(KERNEL, "simulationGasLimit", "100000");
    node.until("the limit", () -> node.run(simulate).output().contains("simulationGasLimit"));
    node.set(KERNEL, "simulationGasLimit", "0");
  }

  /** Queries have the memory that a block wants. */
  private static void goesOnOnceThereIsMemory(TestedNode node) throws IOException {
    AtomicBoolean asking = askInBackground(node, BusyModule.READ, 1);
    node.until("the query that has the memory", () -> runs(node, BusyModule.READ));
    turn(node, BusyModule.HUNGRY);
    // By the log, for it may be over before anybody asks.
    node.until("the hold", () -> console(node).contains("is held (MACHINE)"));
    asking.set(false);
    node.awaitHeight(node.height() + 2);
    node.until("health", () -> health(node).contains("\"holds\":[]"));
    List<String> tries = hungryBlocks(node);
    assertThat(new TreeSet<>(tries)).as("one was tried again").hasSizeLessThan(tries.size());
  }

  private static JsonNode ask(TestedNode node, String path, int times) {
    try {
      return node.rpc("abci_query?path=%22" + path + "%22&data=0x0" + times).path("response");
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static boolean runs(TestedNode node, String query) {
    return !slow(node, "node:status", query).isMissingNode();
  }

  /** Asks again and again, until the answer is set to false. */
  private static AtomicBoolean askInBackground(TestedNode node, String path, int times) {
    AtomicBoolean asking = new AtomicBoolean(true);
    Thread thread =
        new Thread(
            () -> {
              while (asking.get()) {
                ask(node, path, times);
              }
            },
            "client");
    thread.setDaemon(true);
    thread.start();
    return asking;
  }

  private static void namesTheSlowBegin(TestedNode node) {
    Set<String> naming = new TreeSet<>();
    node.until(
        "the slow step to be named",
        () -> {
          for (String command : List.of("node:status", "upgrade:status")) {
            if (slow(node, command, "begin of block").path("ageMs").asLong() > 200) {
              naming.add(command);
            }
          }
          return naming.size() == 2;
        });
  }

  private static JsonNode slow(TestedNode node, String command, String what) {
    for (JsonNode slow : node.shell(command).path("slowSteps")) {
      if (slow.toString().contains(BusyModule.NAME) && slow.toString().contains(what)) {
        return slow;
      }
    }
    return MissingNode.getInstance();
  }

  /** No machine could do it, so it is not tried again. */
  private static void holdsOnAllNodesAlike(TestedNode node) {
    node.until("the hold", () -> health(node).contains("\"EXECUTION\""));
    assertThat(health(node)).contains("methods call each other deeper than 1024 calls");
    assertThat(node.segue("query", "bank", "balances", "alice").toString()).contains("stake");
  }

  private static String health(TestedNode node) {
    try {
      return node.health().body();
    } catch (IOException e) {
      return "";
    }
  }

  /** What the log says of hungry blocks, of each try. */
  private static String console(TestedNode node) throws IOException {
    return Files.readString(node.home().resolve("log/console.log"));
  }

  private static List<String> hungryBlocks(TestedNode node) throws IOException {
    try (Stream<String> lines = Files.lines(node.home().resolve("log/console.log"))) {
      return lines
          .filter(line -> line.endsWith("is hungry"))
          .map(line -> line.substring(line.indexOf("Block ")))
          .toList();
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
