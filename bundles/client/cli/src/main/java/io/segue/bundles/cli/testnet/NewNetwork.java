package io.segue.bundles.cli.testnet;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.init.EngineKind;
import io.segue.bundles.cli.init.NewHome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the homes of a network on this machine: each validator has an address of the loopback, and
 * there the usual ports, and runs its CometBFT.
 */
public final class NewNetwork {
  private static final List<String> SERVERS =
      List.of("io.segue.rest", "io.segue.grpc", "io.segue.metrics");

  /** The third numbers of addresses that are tried for a network whose user names none. */
  private static final int MAX_NETWORKS = 250;

  /** Blocks from a snapshot to the next: who joins soon finds one. */
  private static final long SNAPSHOT_INTERVAL = 100;

  private final Network network;
  private final List<String> hosts;
  private final Duration blockInterval;
  private final Path program;

  /**
   * A network, not yet made.
   *
   * @param hosts addresses of the validators
   * @param blockInterval pause between a block and the next
   * @param program CometBFT's
   */
  public NewNetwork(Home folder, List<String> hosts, Duration blockInterval, Path program) {
    this.network = new Network(folder);
    this.hosts = List.copyOf(hosts);
    this.blockInterval = blockInterval;
    this.program = program;
  }

  /**
   * Addresses whose ports nobody has.
   *
   * @throws CliException where this machine has none left
   */
  public static List<String> freeHosts(int count) {
    for (int i = 1; i <= MAX_NETWORKS; i++) {
      List<String> hosts = TestnetInit.hosts("127.0." + i + ".1", count);
      if (hosts.stream().allMatch(NewNetwork::isFree)) {
        return hosts;
      }
    }
    throw new CliException("no address of the loopback has its ports free; stop other networks");
  }

  private static boolean isFree(String host) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, CometBft.RPC_PORT));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Where the home of a validator will be. */
  public Home home(int validator) {
    return network.home(validator);
  }

  /** JSON-RPC of a validator's CometBFT. */
  public String rpc(int validator) {
    return CometBft.rpc(hosts.get(validator));
  }

  /**
   * Makes it.
   *
   * @param first says accounts and rules of the chain
   * @param others the other validators
   */
  public void make(NewHome first, List<NewHome> others) {
    List<NewHome> all = new ArrayList<>(List.of(first));
    all.addAll(others);
    for (int i = 0; i < all.size(); i++) {
      settings(all.get(i), i);
    }
    first.with(others).make();
    for (int i = 0; i < all.size(); i++) {
      CometBft.configure(home(i), Network.name(i), hosts.get(i), peers(i), blockInterval);
    }
  }

  private void settings(NewHome validator, int i) {
    String host = hosts.get(i);
    validator.moniker(Network.name(i)).engine(EngineKind.comet);
    SERVERS.forEach(server -> validator.set(server, "host", host));
    validator.set("io.segue.kernel", "snapshot-interval", Long.toString(SNAPSHOT_INTERVAL));
    validator.set("io.segue.consensus.comet", "address", CometBft.proxyApp(host));
    validator.set("io.segue.consensus.comet", "rpc", rpc(i));
    validator.set("io.segue.consensus.comet", "cometbft", program.toAbsolutePath().toString());
  }

  private List<String> peers(int of) {
    List<String> peers = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      if (i != of) {
        peers.add(CometBft.peer(home(i), hosts.get(i)));
      }
    }
    return peers;
  }
}
