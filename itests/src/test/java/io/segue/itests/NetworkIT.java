package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import io.segue.bundles.cli.bench.measure.GrpcConnection;
import io.segue.bundles.cli.demo.Load;
import io.segue.bundles.cli.demo.RequestStats;
import io.segue.bundles.nodes.ArtifactServer;
import io.segue.bundles.nodes.Distribution;
import io.segue.itests.broken.ThrowingHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four validators under CometBFT and under load: an upgrade that all of them are slow in, one that
 * two of them are late for, processes that end, and a supervisor that is killed.
 */
class NetworkIT {
  /** System property: milliseconds that each node is in the store loader of v2. */
  static final String LOAD_MS = "segue.network.loadMs";

  /** Longer than CometBFT waits for a proposal and votes, several rounds of them. */
  private static final long SHORT_LOAD_MS = 15_000;

  private static final Duration LOAD_MARGIN = Duration.ofMinutes(2);
  private static final long LOOK_NS = 100_000_000;
  private static final long LAST_HEIGHT = 200;
  private static final int AHEAD = 10;

  /** Of the periods of {@link Load}: four nodes share a small machine. */
  private static final int SLOWNESS = 10;

  private static final int LATE = 2;
  private static final int WRONG = 3;

  @TempDir Path folder;

  @Test
  void goesThroughTwoUpgradesUnderLoad() throws Exception {
    long loadMs = Long.getLong(LOAD_MS, SHORT_LOAD_MS);
    try (Testnet net = Testnet.init(folder.resolve("net"), 4, "127.0.13.")) {
      net.start("-Dsegue.crashAt=LOAD_HALF", "-Dsegue.crashBy=pause:" + loadMs);
      List<Long> processes = processes(net);
      List<Load> clients = net.clients(SLOWNESS);
      clients.forEach(Load::start);
      resumesAtRoundZeroWhereAllAreSlow(net, loadMs);
      waitsForMoreThanTwoThirds(net);
      net.nodes().forEach(node -> node.awaitHeight(LAST_HEIGHT));
      assertNoneFailed(net, clients);
      assertThat(processes(net)).isEqualTo(processes);
      net.assertOneChain(LAST_HEIGHT);

      goesOnAfterKills(net);
      isTakenOverFromASupervisorThatWasKilled(net);
    }
  }

  private static void resumesAtRoundZeroWhereAllAreSlow(Testnet net, long loadMs)
      throws IOException {
    TestedNode first = net.node(0);
    long height;
    try (ArtifactServer server = new ArtifactServer(Distribution.upgrade("v2"))) {
      String info = UpgradePlans.info(server.url(), Distribution.upgrade("v2"));
      height = UpgradePlans.pass(first, "v2", AHEAD, info, net.node(1), net.node(2));
      for (TestedNode node : net.nodes()) {
        node.until("the loader", () -> UpgradePlans.state(node).equals("LOADING"));
        assertAnswers(node);
        assertThat(UpgradePlans.state(node)).as("answered meanwhile").isEqualTo("LOADING");
      }
    }
    Instant end = Instant.now().plusMillis(loadMs).plus(LOAD_MARGIN);
    while (UpgradePlans.state(first).equals("LOADING")) {
      assertThat(Instant.now()).as("the end of the load").isBefore(end);
      LockSupport.parkNanos(LOOK_NS);
    }
    for (TestedNode node : net.nodes()) {
      node.awaitHeight(height + 2);
      assertThat(node.shell("node:status").path("generation").asText()).isEqualTo("v2");
      assertThat(appVersion(node, height + 1)).isGreaterThan(appVersion(node, height));
      assertThat(round(node, height)).isZero();
      assertThat(round(node, height + 1)).as("round after the load").isZero();
      node.until("its peers", () -> node.rpc("net_info").path("n_peers").asInt() == 3);
    }
  }

  /** All servers, while a block takes long. */
  private static void assertAnswers(TestedNode node) throws IOException {
    assertThat(node.rpc("status").at("/sync_info/catching_up").asBoolean()).isFalse();
    assertThat(node.rpc("abci_info").at("/response/last_block_height").asLong()).isPositive();
    Rest rest = new Rest(node);
    assertThat(rest.get("/cosmos/bank/v1beta1/supply").path("supply")).isNotEmpty();
    URI grpc = URI.create("grpc://" + node.served("gRPC is"));
    try (GrpcConnection line =
        new GrpcConnection(InetAddress.getByName(grpc.getHost()), grpc.getPort())) {
      String call = "/cosmos.bank.v1beta1.Query/TotalSupply";
      line.ask(GrpcConnection.call(call, Empty.getDefaultInstance()));
    }
  }

  /** Without the bundles of one, and with others of the same name, which must never run. */
  private void waitsForMoreThanTwoThirds(Testnet net) throws IOException {
    TestedNode first = net.node(0);
    TestedNode late = net.node(LATE);
    TestedNode wrong = net.node(WRONG);
    Path broken = BrokenUpgrade.write(folder.resolve("v3.jar"), "v3", ThrowingHandler.class);
    Path right = Distribution.upgrade("v3");
    String deployBroken = "upgrade:deploy " + broken.toAbsolutePath();
    wrong.inShell(deployBroken);
    Testnet.deploy(right, net.nodes().subList(0, LATE));
    String info = UpgradePlans.info("http://127.0.0.1:1/v3.zip", right);

    long height = UpgradePlans.pass(first, "v3", AHEAD, info, net.node(1), net.node(2));
    wrong.until("the refusal", () -> UpgradePlans.state(wrong).equals("NOT_READY"));
    assertThat(wrong.tryInShell(deployBroken).output())
        .contains(info.replaceAll(".*sha256:([0-9a-f]{64}).*", "$1"));
    for (TestedNode node : List.of(late, wrong)) {
      node.until("the hold", () -> UpgradePlans.state(node).equals("HELD"));
      assertThat(committed(node)).isEqualTo(height - 1);
    }
    first.until("the plan's block", () -> committed(first) == height);
    assertThat(first.height()).as("two of four decide nothing").isEqualTo(height);

    Testnet.deploy(right, List.of(late));
    for (TestedNode node : net.nodes().subList(0, WRONG)) {
      node.awaitHeight(height + 3);
    }
    assertThat(UpgradePlans.state(wrong)).isEqualTo("HELD");
    assertThat(committed(wrong)).isEqualTo(height - 1);
    assertThat(Files.readString(wrong.home().resolve("log/console.log")))
        .doesNotContain("the handler is broken");
    Testnet.deploy(right, List.of(wrong));
    for (TestedNode node : net.nodes()) {
      node.until("blocks of v3", () -> committed(node) > height + 3);
      assertThat(node.shell("node:status").path("generation").asText()).isEqualTo("v3");
    }
  }

  private static void assertNoneFailed(Testnet net, List<Load> clients) {
    clients.forEach(Load::stopTransfers);
    net.node(0).until("all transfers", () -> clients.stream().allMatch(Load::committed));
    clients.forEach(Load::stopQueries);
    for (Load of : clients) {
      for (RequestStats requests : List.of(of.transfers(), of.queries())) {
        assertThat(requests.failures()).isEmpty();
        assertThat(requests.answered()).isPositive();
      }
    }
  }

  private static void goesOnAfterKills(Testnet net) {
    long before = pid(net.node(1));
    net.comet(WRONG).orElseThrow().destroyForcibly();
    ProcessHandle.of(before).orElseThrow().destroyForcibly();
    long last = net.node(0).height();
    net.nodes().forEach(node -> node.awaitHeight(last + 5));
    assertThat(pid(net.node(1))).isNotEqualTo(before);
  }

  private static void isTakenOverFromASupervisorThatWasKilled(Testnet net) throws Exception {
    List<Long> before = processes(net);
    net.killSupervisor();
    ProcessHandle killed = ProcessHandle.of(before.get(LATE)).orElseThrow();
    killed.destroyForcibly();
    killed.onExit().join();
    TestedNode first = net.node(0);
    first.awaitHeight(first.height() + 2);
    net.start();
    assertThat(net.supervisorLog())
        .contains("node0 runs already as process " + before.get(0))
        .doesNotContain("node" + LATE + " runs already");
    assertThat(pid(first)).isEqualTo(before.get(0));
    assertThat(pid(net.node(LATE))).isNotEqualTo(before.get(LATE));

    first.until(
        "every CometBFT", () -> Stream.of(0, 1, 2, 3).allMatch(i -> net.comet(i).isPresent()));
    List<ProcessHandle> left =
        Stream.concat(
                net.nodes().stream().map(node -> ProcessHandle.of(pid(node)).orElseThrow()),
                Stream.of(0, 1, 2, 3).map(i -> net.comet(i).orElseThrow()))
            .toList();
    net.killSupervisor();
    net.stop();
    assertThat(left).noneMatch(ProcessHandle::isAlive);
    assertThat(net.node(0).run("testnet", "stop", "--home", net.folder()).output())
        .contains("does not run");
  }

  private static List<Long> processes(Testnet net) {
    return net.nodes().stream().map(NetworkIT::pid).toList();
  }

  private static long pid(TestedNode node) {
    return node.shell("node:status").path("pid").asLong();
  }

  private static long committed(TestedNode node) {
    return node.shell("node:status").path("height").asLong();
  }

  private static int round(TestedNode node, long height) throws IOException {
    return node.rpc("commit?height=" + height).at("/signed_header/commit/round").asInt(-1);
  }

  private static long appVersion(TestedNode node, long height) throws IOException {
    return node.rpc("block?height=" + height).at("/block/header/version/app").asLong();
  }
}
