package io.segue.itests;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.testnet.CometBft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** CometBFT as it is published, on the home of a node whose blocks it makes. */
final class CometProcess implements AutoCloseable {
  private final TestedNode node;
  private final Path program;
  private Process process;

  private CometProcess(TestedNode node, Path program) {
    this.node = node;
    this.program = program;
  }

  /**
   * A node's home for CometBFT, and the program, neither of them started. The test counts as
   * skipped, and says why, where the machine has no CometBFT.
   */
  static CometProcess init(Path home, String... more) {
    requireProgram();
    return of(CometBft.find(), home, more);
  }

  /** The same with a certain CometBFT. */
  static CometProcess of(Path program, Path home, String... more) {
    String[] all = new String[more.length + 2];
    all[0] = "--engine";
    all[1] = "comet";
    System.arraycopy(more, 0, all, 2, more.length);
    TestedNode node = TestedNode.init(home, all);
    node.set("io.segue.consensus.comet", "address", address(node));
    quickBlocks(node);
    return new CometProcess(node, program);
  }

  /** Where CometBFT finds no file it writes one, with a second between blocks. */
  private static void quickBlocks(TestedNode node) {
    try {
      Files.writeString(
          node.home().resolve("config/config.toml"), "[consensus]\ntimeout_commit = \"200ms\"\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has a test count as skipped where the machine has no CometBFT. */
  static void requireProgram() {
    try {
      CometBft.find();
    } catch (CliException e) {
      Assumptions.abort("skipped: " + e.getMessage());
    }
  }

  /** Where the node listens for CometBFT. */
  static String address(TestedNode node) {
    return "unix://" + node.home().resolve("run/abci.sock").toAbsolutePath();
  }

  TestedNode node() {
    return node;
  }

  CometProcess start() {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                program.toString(),
                "start",
                "--home",
                node.home().toString(),
                "--proxy_app",
                address(node),
                "--rpc.laddr",
                "tcp://127.0.0.1:" + URI.create(node.url()).getPort(),
                "--p2p.laddr",
                "tcp://127.0.0.1:0"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(node.home().resolve("log/cometbft.log").toFile()));
    try {
      process = builder.start();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** As a machine that loses power: CometBFT may hang where it lost its application. */
  void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new AssertionError("CometBFT can't be killed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
    node.close();
  }
}
