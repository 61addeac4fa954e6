package io.segue.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A network of validators as users run it: {@code segue testnet}, and its supervisor. */
final class Testnet implements AutoCloseable {
  private static final int RPC_PORT = 26657;
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final long LOOK_NS = 50_000_000;

  private final Path folder;
  private final List<NodeProcess> nodes = new ArrayList<>();
  private Process supervisor;

  private Testnet(Path folder, int validators, String addresses) {
    this.folder = folder;
    for (int i = 0; i < validators; i++) {
      nodes.add(NodeProcess.of(folder.resolve("node" + i), addresses + (i + 1), RPC_PORT));
    }
  }

  /**
   * The homes of a chain {@link NodeProcess#CHAIN_ID} with a funded key {@code alice} in the first.
   *
   * @param addresses the first three numbers of the nodes' addresses, as {@code 127.0.7.}; those of
   *     another test are others
   */
  static Testnet init(Path folder, int validators, String addresses) {
    CometProcess.requireProgram();
    Testnet net = new Testnet(folder, validators, addresses);
    net.node(0).command("keys", "add", "alice", "--no-passphrase");
    net.node(0)
        .command(
            "testnet",
            "init",
            "--home",
            folder.toString(),
            "--validators",
            Integer.toString(validators),
            "--first-address",
            addresses + "1",
            "--chain-id",
            NodeProcess.CHAIN_ID,
            "--no-passphrase",
            "--account",
            "alice=1000000000stake",
            "--min-deposit",
            "1000stake",
            "--voting-period",
            "10s",
            "--block-interval",
            "250ms");
    return net;
  }

  NodeProcess node(int i) {
    return nodes.get(i);
  }

  List<NodeProcess> nodes() {
    return nodes;
  }

  /** Starts it, and waits until every node has a block: four starts on a busy machine take long. */
  Testnet start() {
    Path log = folder.resolve("testnet.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Distribution.command().toString(), "testnet", "start", "--home", folder.toString());
    builder.environment().put("SEGUE_OPTS", NodeProcess.HEAP);
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

  /** Stops it as its user does. */
  void stop() throws InterruptedException {
    nodes.get(0).command("testnet", "stop", "--home", folder.toString());
    if (!supervisor.waitFor(10, TimeUnit.SECONDS)) {
      throw new AssertionError("the supervisor still runs");
    }
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
  }
}
