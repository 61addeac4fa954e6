package io.segue.bundles.cli.bench;

import io.segue.bundles.cli.GeneratedAccounts;
import io.segue.bundles.cli.Home;
import io.segue.bundles.cli.Keyring;
import io.segue.bundles.cli.NewHome;
import io.segue.bundles.cli.chain.Chain;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.chain.Signer;
import io.segue.bundles.cli.process.NodeProcess;
import io.segue.bundles.cli.process.NodeShell;
import io.segue.bundles.cli.process.TemporaryHome;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import java.time.Duration;
import java.util.List;

/**
 * A node in a temporary home, with the first accounts of {@link GeneratedAccounts} funded. Goes
 * away with the process that measures.
 */
final class BenchNode implements AutoCloseable {
  static final String CHAIN_ID = "segue-bench";
  static final Duration VOTING_PERIOD = Duration.ofSeconds(1);
  static final Coins MIN_DEPOSIT = Coins.of("stake", 10_000_000);
  static final Coins FUNDS = Coins.of("stake", 1_000_000_000);

  /** A million accounts take their time at the start of a chain. */
  static final Duration START_LIMIT = Duration.ofMinutes(10);

  private final Home home = TemporaryHome.make("segue-bench-");
  private final int port = NodeProcess.freePort();
  private final NodeClient client = new NodeClient("http://127.0.0.1:" + port);
  private final Thread atEnd = new Thread(this::remove, "bench cleanup");
  private NodeProcess process;

  /** Makes the home and starts the node. */
  BenchNode(int accounts, Duration blockInterval) {
    NewHome newHome = new NewHome(home, CHAIN_ID);
    newHome.governance(VOTING_PERIOD, MIN_DEPOSIT).generated(accounts, FUNDS);
    newHome.set("io.segue.rpc", "port", Integer.toString(port));
    newHome.set(
        "io.segue.consensus.solo", "blockIntervalMs", Long.toString(blockInterval.toMillis()));
    newHome.make();
    process = NodeProcess.start(home, List.of());
    Runtime.getRuntime().addShutdownHook(atEnd);
  }

  /** Stops the node and starts it again on the same home. */
  void restart() {
    process.close();
    process = NodeProcess.start(home, List.of());
  }

  /** Waits for a height; answers with the time since the start of the process. */
  Duration awaitHeight(long height) {
    return process.awaitHeight(client, height, START_LIMIT);
  }

  NodeClient client() {
    return client;
  }

  NodeProcess process() {
    return process;
  }

  NodeShell shell() {
    return new NodeShell(home);
  }

  /** The validator's operator. */
  Signer validator() {
    Keyring keyring = new Keyring(home.keys(), new Addresses(Addresses.DEFAULT_PREFIX));
    return new Signer(keyring.key(NewHome.VALIDATOR), CHAIN_ID, new Chain(client));
  }

  /** One of the generated accounts. */
  Signer generated(int index) {
    return new Signer(GeneratedAccounts.key(index), CHAIN_ID, new Chain(client));
  }

  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(atEnd);
  }

  private void remove() {
    process.close();
    TemporaryHome.remove(home);
  }
}
