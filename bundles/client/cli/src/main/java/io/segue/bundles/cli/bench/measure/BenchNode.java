package io.segue.bundles.cli.bench.measure;

import io.segue.bundles.cli.chain.ChainInfo;
import io.segue.bundles.cli.chain.GovernanceClient;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.chain.Signer;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.init.NewHome;
import io.segue.bundles.cli.keyring.GeneratedAccounts;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.nodes.NodeProcess;
import io.segue.bundles.nodes.NodeShell;
import io.segue.bundles.nodes.TemporaryHome;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import java.time.Duration;
import java.util.List;

/**
 * A node in a temporary home, with the first accounts of {@link GeneratedAccounts} funded. Goes
 * away with the process that measures.
 */
public final class BenchNode implements AutoCloseable {
  public static final String CHAIN_ID = "segue-bench";
  public static final Duration VOTING_PERIOD = Duration.ofSeconds(3);
  public static final Coins MIN_DEPOSIT = Coins.of("stake", 10_000_000);
  public static final Coins FUNDS = Coins.of("stake", 1_000_000_000);

  /** A million accounts take their time at the start of a chain. */
  static final Duration START_LIMIT = Duration.ofMinutes(10);

  /** Blocks from a proposal to its plan's height: vote, fetch, prepare. */
  private static final int AHEAD_BLOCKS = 60;

  /** Soon, so that a run sees the code of the past go. */
  private static final String GENERATION_IDLE_MS = "1000";

  private final Home home = Home.at(TemporaryHome.make("segue-bench-"));
  private final int port;
  private final int restPort = NodeProcess.freePort();
  private final int grpcPort = NodeProcess.freePort();
  private final NodeClient client;
  private final Thread atEnd = new Thread(this::remove, "bench cleanup");
  private NodeProcess process;

  private BenchNode(int port) {
    this.port = port;
    this.client = new NodeClient("http://127.0.0.1:" + port);
    Runtime.getRuntime().addShutdownHook(atEnd);
  }

  /** Makes the home and starts the node. */
  public BenchNode(int accounts, Duration blockInterval) {
    this(NodeProcess.freePort());
    NewHome newHome = new NewHome(home, CHAIN_ID);
    newHome.governance(VOTING_PERIOD, MIN_DEPOSIT).generated(accounts, FUNDS);
    newHome.besideOthers(port);
    newHome.set("io.segue.rest", "port", Integer.toString(restPort));
    newHome.set("io.segue.grpc", "port", Integer.toString(grpcPort));
    newHome.set(
        "io.segue.consensus.solo", "blockIntervalMs", Long.toString(blockInterval.toMillis()));
    newHome.set("io.segue.kernel", "generationIdleMs", GENERATION_IDLE_MS);
    newHome.make();
    start();
  }

  /** Starts the node on its home, where it was stopped or killed. */
  public void start() {
    process = NodeProcess.start(home.folder(), List.of());
  }

  /** Stops the node and starts it again on the same home. */
  public void restart() {
    process.close();
    start();
  }

  /** A node that does not run, on a copy of this one's home; this one must be stopped. */
  public BenchNode copy() {
    BenchNode copy = new BenchNode(port);
    TemporaryHome.copy(home.folder(), copy.home.folder());
    return copy;
  }

  /**
   * Has governance pass the plan of an upgrade, some blocks ahead.
   *
   * @param info where its bundle is
   */
  public BenchPlan pass(String name, String info) {
    BenchPlan plan = new BenchPlan(name, client.height() + AHEAD_BLOCKS, info);
    plan.pass(new GovernanceClient(client, generated(0), validator()));
    return plan;
  }

  /** Waits for a height; answers with the time since the start of the process. */
  public Duration awaitHeight(long height) {
    return process.await("reach height " + height, () -> client.hasReached(height), START_LIMIT);
  }

  public Home home() {
    return home;
  }

  public NodeClient client() {
    return client;
  }

  public NodeProcess process() {
    return process;
  }

  /** Where REST is served, on the home that this made. */
  public int restPort() {
    return restPort;
  }

  /** Where gRPC is served, on the home that this made. */
  public int grpcPort() {
    return grpcPort;
  }

  public NodeShell shell() {
    return new NodeShell(home.folder());
  }

  /** The validator's operator. */
  Signer validator() {
    Keyring keyring = new Keyring(home.keys(), new Addresses(Addresses.DEFAULT_PREFIX));
    return new Signer(keyring.key(NewHome.VALIDATOR), CHAIN_ID, new ChainInfo(client));
  }

  /** One of the generated accounts. */
  Signer generated(int index) {
    return new Signer(GeneratedAccounts.key(index), CHAIN_ID, new ChainInfo(client));
  }

  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(atEnd);
  }

  private void remove() {
    if (process != null) {
      process.close();
    }
    TemporaryHome.remove(home.folder());
  }
}
