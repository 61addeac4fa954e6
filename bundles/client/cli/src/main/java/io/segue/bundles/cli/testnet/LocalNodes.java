package io.segue.bundles.cli.testnet;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.init.NewHome;
import io.segue.bundles.nodes.NodeProcess;
import io.segue.bundles.nodes.NodeShell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The nodes of a chain on this machine, of demo and benchmarks: one that makes its blocks itself,
 * or validators under CometBFT. The first is the one that clients use.
 */
public final class LocalNodes implements AutoCloseable {
  private final String chainId;
  private final List<Home> homes = new ArrayList<>();
  private final List<NodeClient> clients = new ArrayList<>();
  private final List<NodeProcess> processes = new ArrayList<>();
  private final Maker maker;
  private boolean closed;

  /** Makes the homes of one chain. */
  @FunctionalInterface
  private interface Maker {
    void make(NewHome first, List<NewHome> others);
  }

  private LocalNodes(String chainId, Maker maker) {
    this.chainId = chainId;
    this.maker = maker;
  }

  /** One node that makes its blocks itself, not yet made. */
  public static LocalNodes solo(Home home, String chainId, Duration blockInterval) {
    int port = NodeProcess.freePort();
    LocalNodes nodes = new LocalNodes(chainId, (first, others) -> solo(first, port, blockInterval));
    nodes.add(home, "http://127.0.0.1:" + port);
    return nodes;
  }

  /**
   * Validators under CometBFT, not yet made.
   *
   * @param folder where their homes will be
   * @throws CliException where there is no CometBFT
   */
  public static LocalNodes network(Home folder, String chainId, int count, Duration blockInterval) {
    NewNetwork network =
        new NewNetwork(folder, NewNetwork.freeHosts(count), blockInterval, CometBft.find());
    LocalNodes nodes = new LocalNodes(chainId, network::make);
    for (int i = 0; i < count; i++) {
      nodes.add(network.home(i), network.rpc(i));
    }
    return nodes;
  }

  private void add(Home home, String rpc) {
    homes.add(home);
    clients.add(new NodeClient(rpc));
  }

  private static void solo(NewHome home, int port, Duration blockInterval) {
    String intervalMs = Long.toString(blockInterval.toMillis());
    home.set("io.segue.consensus.solo", "blockIntervalMs", intervalMs);
    home.besideOthers(port).make();
  }

  /** How many they are. */
  public int count() {
    return homes.size();
  }

  /** Their homes. */
  public List<Home> homes() {
    return homes;
  }

  /** Where clients ask. */
  public NodeClient client() {
    return clients.get(0);
  }

  /** Where a node is asked. */
  public NodeClient client(int node) {
    return clients.get(node);
  }

  /** The first one's process; to be called after {@link #start}. */
  public NodeProcess first() {
    return processes.get(0);
  }

  /** Their processes; to be called after {@link #start}. */
  public List<NodeProcess> processes() {
    return processes;
  }

  /** What the chain begins with, to be completed. */
  public NewHome chain() {
    return new NewHome(homes.get(0), chainId);
  }

  /** Makes the homes, and starts the nodes. */
  public void start(NewHome first) {
    maker.make(
        first, homes.subList(1, count()).stream().map(h -> new NewHome(h, chainId)).toList());
    synchronized (processes) {
      if (!closed) {
        homes.forEach(home -> processes.add(NodeProcess.start(home.folder(), List.of())));
      }
    }
  }

  /** Stops a node as SIGTERM does. */
  public void stop(int node) {
    processes.get(node).close();
  }

  /** Starts a node that was stopped. */
  public void startAgain(int node) {
    synchronized (processes) {
      if (!closed) {
        processes.set(node, NodeProcess.start(homes.get(node).folder(), List.of()));
      }
    }
  }

  /** The shell of a node. */
  public NodeShell shell(int node) {
    return new NodeShell(homes.get(node).folder());
  }

  /** Header of a block, as a node has it. */
  public JsonNode header(int node, long height) {
    return clients.get(node).block(height).at("/block/header");
  }

  /** How many blocks all nodes have. */
  public long commonHeight() {
    return clients.stream().mapToLong(NodeClient::height).min().orElseThrow();
  }

  /** Stops what runs; any thread, while another one starts them, too. */
  @Override
  public void close() {
    synchronized (processes) {
      closed = true;
      processes.parallelStream().forEach(NodeProcess::close);
    }
  }
}
