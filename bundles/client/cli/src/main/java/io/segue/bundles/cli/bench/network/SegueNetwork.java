package io.segue.bundles.cli.bench.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.bench.measure.BenchNode;
import io.segue.bundles.cli.bench.measure.BenchPlan;
import io.segue.bundles.cli.bench.measure.EmptyUpgrade;
import io.segue.bundles.cli.bench.measure.Memory;
import io.segue.bundles.cli.chain.ChainInfo;
import io.segue.bundles.cli.chain.GovernanceClient;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.chain.Signer;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.init.NewHome;
import io.segue.bundles.cli.keyring.GeneratedAccounts;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.cli.testnet.LocalNodes;
import io.segue.bundles.nodes.ArtifactServer;
import io.segue.bundles.nodes.NodeException;
import io.segue.bundles.nodes.NodeProcess;
import io.segue.bundles.nodes.TemporaryHome;
import io.segue.bundles.sdk.Addresses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Validators of Segue, each with its CometBFT. */
final class SegueNetwork implements MeasuredNetwork {
  /** From a proposal to its plan's height: vote, fetch, prepare on all of them. */
  private static final Duration AHEAD = Duration.ofSeconds(15);

  private final Home folder = Home.at(TemporaryHome.make("segue-bench-"));
  private final Thread atEnd = new Thread(this::remove, "bench cleanup");
  private final LocalNodes nodes;
  private final Duration blockInterval;

  /** Makes and starts them. */
  SegueNetwork(int validators, int accounts, Duration blockInterval) {
    this.blockInterval = blockInterval;
    try {
      this.nodes = LocalNodes.network(folder, BenchNode.CHAIN_ID, validators, blockInterval);
    } catch (CliException | NodeException e) {
      TemporaryHome.remove(folder.folder());
      throw e;
    }
    Runtime.getRuntime().addShutdownHook(atEnd);
    nodes.start(
        nodes
            .chain()
            .governance(BenchNode.VOTING_PERIOD, BenchNode.MIN_DEPOSIT)
            .generated(accounts, BenchNode.FUNDS));
  }

  /**
   * Upgrades by a plan that changes neither module nor data.
   *
   * @return milliseconds that each validator paused
   */
  List<Double> upgrade(String plan) {
    Path artifact = EmptyUpgrade.write(folder.folder(), plan);
    try (ArtifactServer server = new ArtifactServer(artifact)) {
      long height = nodes.client().height() + AHEAD.dividedBy(blockInterval);
      BenchPlan passed = new BenchPlan(plan, height, server.info());
      passed.pass(new GovernanceClient(nodes.client(), proposer(), operators()));
      List<Double> pausesMs = new ArrayList<>();
      for (int i = 0; i < nodes.count(); i++) {
        JsonNode status = passed.awaitFirstBlock(nodes.processes().get(i), nodes.shell(i));
        pausesMs.add(status.path("pauseMs").asDouble());
      }
      return pausesMs;
    }
  }

  private Signer proposer() {
    return signer(GeneratedAccounts.key(0));
  }

  private Signer[] operators() {
    return nodes.homes().stream()
        .map(home -> new Keyring(home.keys(), new Addresses(Addresses.DEFAULT_PREFIX)))
        .map(keyring -> signer(keyring.key(NewHome.VALIDATOR)))
        .toArray(Signer[]::new);
  }

  private Signer signer(Key key) {
    return new Signer(key, BenchNode.CHAIN_ID, new ChainInfo(nodes.client()));
  }

  @Override
  public List<NodeClient> clients() {
    return IntStream.range(0, nodes.count()).mapToObj(nodes::client).toList();
  }

  @Override
  public void requireAlive() {
    nodes.processes().forEach(NodeProcess::requireAlive);
  }

  @Override
  public double peakMb(int validator) {
    long node = nodes.processes().get(validator).pid();
    double mb = Memory.peakMb(node);
    for (ProcessHandle child : ProcessHandle.of(node).orElseThrow().descendants().toList()) {
      mb += Memory.peakMb(child.pid());
    }
    return mb;
  }

  @Override
  public void stop(int validator) {
    nodes.stop(validator);
  }

  @Override
  public void startAgain(int validator) {
    nodes.startAgain(validator);
  }

  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(atEnd);
  }

  private void remove() {
    nodes.close();
    TemporaryHome.remove(folder.folder());
  }
}
