package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.nodes.ArtifactServer;
import io.segue.bundles.nodes.Distribution;
import io.segue.kernel.core.crash.CrashPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four validators that end at named places of an upgrade, and agree afterwards. Each takes every
 * fourth place, and in a build every third one of these: it is killed there, with its CometBFT or
 * without, is started again, and goes on to its next place. In a second upgrade CometBFT alone is
 * killed at every place.
 *
 * <p>See {@link CrashIT} and {@link CrashPairsIT} for single nodes.
 */
class NetworkCrashIT {
  /** System property that has the validators killed at every place, not at every third one. */
  static final String ALL = "segue.network.allPlaces";

  private static final int VALIDATORS = 4;

  @TempDir Path folder;

  @Test
  void comesBackFromEveryPlaceOfAnUpgradeAndAgrees() throws Exception {
    ExecutorService operators = Executors.newFixedThreadPool(VALIDATORS);
    try (Testnet net = Testnet.init(folder.resolve("net"), VALIDATORS, "127.0.14.");
        ArtifactServer server = new ArtifactServer(Distribution.upgrade("v2"))) {
      List<Future<?>> killed = new ArrayList<>();
      for (int i = 0; i < VALIDATORS; i++) {
        int validator = i;
        net.node(i).set("io.segue.store", "pruning", "everything");
        killed.add(operators.submit(() -> killAtPlaces(net, validator)));
      }
      net.nodes().forEach(node -> node.awaitHeight(2));
      String info = UpgradePlans.info(server.url(), Distribution.upgrade("v2"));
      TestedNode[] voters = {net.node(1), net.node(2)};
      long height = UpgradePlans.propose(net.node(0), "v2", 10, info, voters);
      for (Future<?> each : killed) {
        each.get();
      }
      net.nodes().forEach(node -> node.awaitHeight(height + 2));
      assertGeneration(net, "v2");

      killsCometBftAtEachPlace(net);
      net.assertOneChain(net.node(0).height() - 2);
    } finally {
      operators.shutdownNow();
    }
  }

  /** Kills a validator at each of its places, and leaves it running. */
  private static void killAtPlaces(Testnet net, int validator) {
    TestedNode node = net.node(validator);
    boolean alone = false;
    for (CrashPoint place : stops(validator)) {
      node.start("-D" + CrashPoint.PROPERTY + "=" + place);
      assertThat(node.awaitExit()).as("reached " + place).isEqualTo(CrashPoint.EXIT_STATUS);
      if (!alone) {
        net.comet(validator).ifPresent(ProcessHandle::destroyForcibly);
      }
      alone = !alone;
    }
    // Another share, so that both upgrades try another validator at a place.
    String others =
        places((validator + 1) % VALIDATORS).stream()
            .map(CrashPoint::name)
            .collect(Collectors.joining(","));
    node.start(
        "-D" + CrashPoint.PROPERTY + "=" + others,
        "-D" + CrashPoint.ACTION + "=kill:" + net.cometPid(validator));
  }

  private static List<CrashPoint> stops(int validator) {
    return places(validator).stream()
        .filter(place -> Boolean.getBoolean(ALL) || place.ordinal() / VALIDATORS % 3 == 0)
        .toList();
  }

  private static List<CrashPoint> places(int validator) {
    return Stream.of(CrashPoint.values())
        .filter(place -> place.ordinal() % VALIDATORS == validator)
        .toList();
  }

  private static void killsCometBftAtEachPlace(Testnet net) throws IOException {
    List<Long> processes = net.nodes().stream().map(TestedNode::pid).toList();
    Path artifact = Distribution.upgrade("v3");
    long height;
    try (ArtifactServer server = new ArtifactServer(artifact)) {
      String info = UpgradePlans.info(server.url(), artifact);
      TestedNode[] voters = {net.node(1), net.node(2)};
      height = UpgradePlans.propose(net.node(0), "v3", 10, info, voters);
      net.nodes().forEach(node -> node.awaitHeight(height));
    }
    net.nodes().forEach(node -> node.awaitHeight(height + 2));
    for (TestedNode node : net.nodes()) {
      node.until("every place", () -> reached(net).equals(EnumSet.allOf(CrashPoint.class)));
    }
    TestedNode first = net.node(0);
    long last = first.height() + 3;
    net.nodes().forEach(node -> node.awaitHeight(last));
    assertGeneration(net, "v3");
    assertThat(net.nodes().stream().map(TestedNode::pid).toList()).isEqualTo(processes);
  }

  /** The places at which a CometBFT was killed. */
  private static Set<CrashPoint> reached(Testnet net) throws IOException {
    Pattern line = Pattern.compile("(\\w+) is reached: kill");
    Set<CrashPoint> places = EnumSet.noneOf(CrashPoint.class);
    for (TestedNode node : net.nodes()) {
      Matcher said = line.matcher(Files.readString(node.home().resolve("log/console.log")));
      while (said.find()) {
        places.add(CrashPoint.valueOf(said.group(1)));
      }
    }
    return places;
  }

  private static void assertGeneration(Testnet net, String name) {
    for (TestedNode node : net.nodes()) {
      node.until(
          "generation " + name,
          () -> node.shell("node:status").path("generation").asText().equals(name));
    }
  }
}
