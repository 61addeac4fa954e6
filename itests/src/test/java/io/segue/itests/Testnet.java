package io.segue.itests;

import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.demo.Load;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.nodes.Distribution;
import io.segue.bundles.sdk.Addresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A network of validators: as users run it, by {@code segue testnet} and its supervisor, or each
 * node by itself.
 */
final class Testnet implements AutoCloseable {
  static final int P2P_PORT = 26656;

  private static final int RPC_PORT = 26657;
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final long LOOK_NS = 50_000_000;

  private final Path folder;
  private final List<TestedNode> nodes = new ArrayList<>();
  private Process supervisor;

  private Testnet(Path folder, int validators, String addresses) {
    this.folder = folder;
    for (int i = 0; i < validators; i++) {
      nodes.add(TestedNode.of(folder.resolve("node" + i), addresses + (i + 1), RPC_PORT));
    }
  }

  /**
   * The homes of a chain {@link TestedNode#CHAIN_ID} with funded keys in the first: {@code alice},
   * and for each validator {@code client0} and so on.
   *
   * @param addresses the first three numbers of the nodes' addresses, as {@code 127.0.7.}; those of
   *     another test are others
   */
  static Testnet init(Path folder, int validators, String addresses) {
    CometProcess.requireProgram();
    Testnet net = new Testnet(folder, validators, addresses);
    Addresses bech32 = new Addresses(Addresses.DEFAULT_PREFIX);
    Keyring keyring = new Keyring(net.node(0).home().resolve("keys"), bech32);
    List<String> init =
        new ArrayList<>(
            List.of(
                "testnet",
                "init",
                "--home",
                folder.toString(),
                "--validators",
                Integer.toString(validators),
                "--first-address",
                addresses + "1",
                "--chain-id",
                TestedNode.CHAIN_ID,
                "--no-passphrase",
                "--min-deposit",
                "1000stake",
                "--voting-period",
                "10s",
                "--block-interval",
                "250ms"));
    List<String> names = new ArrayList<>(List.of("alice"));
    IntStream.range(0, validators).forEach(i -> names.add(client(i)));
    for (String name : names) {
      Key key = Key.ofMnemonic(Key.newMnemonic());
      keyring.add(name, key, new char[0]);
      init.addAll(List.of("--account", key.address(bech32) + "=1000000000stake"));
    }
    net.node(0).command(init.toArray(String[]::new));
    return net;
  }

  String folder() {
    return folder.toString();
  }

  TestedNode node(int i) {
    return nodes.get(i);
  }

  List<TestedNode> nodes() {
    return nodes;
  }

  /** Deploys an upgrade's artifact on some nodes, at once. */
  static void deploy(Path artifact, List<TestedNode> on) {
    on.parallelStream()
        .forEach(node -> node.inShell("upgrade:deploy " + artifact.toAbsolutePath()));
  }

  /** Starts it, and waits until every node has a block: four starts on a busy machine take long. */
  Testnet start(String... options) {
    Path log = folder.resolve("testnet.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Distribution.command().toString(), "testnet", "start", "--home", folder.toString());
    builder
        .environment()
        .put("SEGUE_OPTS", String.join(" ", TestedNode.OPTIONS, String.join(" ", options)));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      supervisor = builder.start();
      Instant end = Instant.now().plus(START_LIMIT);
      while (!Files.readString(log).contains("the network makes blocks")) {
        if (Instant.now().isAfter(end) || !supervisor.isAlive()) {
          close();
          throw new AssertionError("no blocks: " + Files.readString(log) + nodes.get(0).log());
        }
        LockSupport.parkNanos(LOOK_NS);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What its supervisor said since it was started last. */
  String supervisorLog() throws IOException {
    return Files.readString(folder.resolve("testnet.log"));
  }

  /** Kills the supervisor alone: what it runs goes on. */
  void killSupervisor() throws InterruptedException {
    supervisor.destroyForcibly().waitFor();
  }

  /** Stops it as its user does. */
  void stop() throws InterruptedException {
    nodes.get(0).command("testnet", "stop", "--home", folder.toString());
    if (!supervisor.waitFor(10, TimeUnit.SECONDS)) {
      throw new AssertionError("the supervisor still runs");
    }
  }

  /** The CometBFT that a node runs; empty where it says that it runs none. */
  Optional<ProcessHandle> comet(int node) {
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(cometPid(node)).strip()));
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file with the number of the CometBFT that a node runs. */
  Path cometPid(int node) {
    return node(node).home().resolve("run/cometbft.pid");
  }

  /** Clients of every node, none of which has begun. */
  List<Load> clients(int slowness) {
    return IntStream.range(0, nodes.size())
        .mapToObj(
            i ->
                new Load(
                    new NodeClient(node(i).url()),
                    List.of(UpgradePlans.signer(node(0), client(i))),
                    slowness))
        .toList();
  }

  private static String client(int i) {
    return "client" + i;
  }

  /** The app hash that all nodes have in the block of each height up to one. */
  void assertOneChain(long last) throws IOException {
    for (long height = 1; height <= last; height++) {
      String root = appHash(node(0), height);
      for (TestedNode node : nodes) {
        if (!appHash(node, height).equals(root)) {
          throw new AssertionError(
              node.url()
                  + " has app hash "
                  + appHash(node, height)
                  + " in block "
                  + height
                  + ", not "
                  + root);
        }
      }
    }
  }

  private static String appHash(TestedNode node, long height) throws IOException {
    String hash = node.rpc("header?height=" + height).at("/header/app_hash").asText();
    if (hash.isEmpty()) {
      throw new AssertionError(node.url() + " has no header of block " + height);
    }
    return hash;
  }

  /** Leaves nothing running, whatever a test has left. */
  @Override
  public void close() {
    if (supervisor != null) {
      supervisor.destroy();
      try {
        supervisor.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    nodes.forEach(TestedNode::close);
    nodes.get(0).run("testnet", "stop", "--home", folder.toString());
  }
}
