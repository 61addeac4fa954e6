package io.segue.bundles.cli.testnet;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.OwnerFiles;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.init.ValidatorKey;
import io.segue.bundles.nodes.NodeProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Where CometBFT's program is, and the settings of it that differ from its defaults. */
public final class CometBft {
  static final String MODULE = "github.com/cometbft/cometbft/cmd/cometbft@v0.38.25";
  static final String VARIABLE = "SEGUE_COMETBFT";

  /** Where peers connect. */
  public static final int P2P_PORT = 26656;

  /** Where clients ask. */
  public static final int RPC_PORT = 26657;

  private static final int PROXY_PORT = 26658;

  private CometBft() {}

  /**
   * The program that the environment names, else the one on the path.
   *
   * @throws CliException with what to do where there is none
   */
  public static Path find() {
    return find(System.getenv());
  }

  static Path find(Map<String, String> environment) {
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isEmpty()) {
      return require(Path.of(named));
    }
    return onPath(environment.getOrDefault("PATH", ""))
        .orElseThrow(
            () ->
                new CliException(
                    "there is no cometbft on the PATH; install it (go install "
                        + MODULE
                        + "), name it by --cometbft or "
                        + VARIABLE
                        + ", or have it built by --install-cometbft, which needs Go"));
  }

  /**
   * A program that the user names.
   *
   * @throws CliException where it can't be run
   */
  static Path require(Path program) {
    if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
      throw new CliException(program + " is no program; name that of CometBFT");
    }
    return program;
  }

  private static Optional<Path> onPath(String path) {
    return List.of(path.split(File.pathSeparator)).stream()
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "cometbft"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Builds the program; minutes, and Go tells what it does on standard error.
   *
   * @param folder where it goes
   */
  static Path install(Path folder) {
    ProcessBuilder builder = new ProcessBuilder("go", "install", MODULE).inheritIO();
    builder.environment().put("GOBIN", folder.toString());
    try {
      int status = builder.start().waitFor();
      if (status != 0) {
        throw new CliException("go install " + MODULE + " ended with status " + status);
      }
      return folder.resolve("cometbft");
    } catch (IOException e) {
      throw new CliException("go can't be started: " + e.getMessage() + "; install Go", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException("interrupted", e);
    }
  }

  /** Where a node listens for its CometBFT. */
  static String proxyApp(String host) {
    return "tcp://" + host + ":" + PROXY_PORT;
  }

  /** Where it answers. */
  public static String rpc(String host) {
    return "http://" + host + ":" + RPC_PORT;
  }

  /** How the others find the node of a home. */
  public static String peer(Home home, String host) {
    return ValidatorKey.nodeId(home.config("node_key.json")) + "@" + host + ":" + P2P_PORT;
  }

  /**
   * Kills the CometBFT of a home whose node was killed: it has lost that node for good.
   *
   * @return whether there was one
   */
  static boolean stopLeft(Home home) {
    List<ProcessHandle> left =
        ProcessHandle.allProcesses()
            .filter(process -> NodeProcess.isOn(home.folder(), "start", process))
            .toList();
    left.forEach(ProcessHandle::destroyForcibly);
    left.forEach(process -> process.onExit().join());
    return !left.isEmpty();
  }

  /** Writes {@code config.toml}. */
  static void configure(
      Home home, String moniker, String host, List<String> peers, Duration blockInterval) {
    StringJoiner text = new StringJoiner("\n", "", "\n");
    text.add("# What differs from CometBFT's defaults. All settings:");
    text.add("# https://docs.cometbft.com/v0.38/references/config/config.toml");
    text.add("moniker = \"" + moniker + "\"");
    text.add("proxy_app = \"" + proxyApp(host) + "\"");
    text.add("");
    text.add("[rpc]");
    text.add("laddr = \"tcp://" + host + ":" + RPC_PORT + "\"");
    text.add("");
    text.add("[p2p]");
    text.add("laddr = \"tcp://" + host + ":" + P2P_PORT + "\"");
    text.add("persistent_peers = \"" + String.join(",", peers) + "\"");
    text.add("# Addresses of this machine are otherwise no addresses of peers.");
    text.add("addr_book_strict = false");
    text.add("allow_duplicate_ip = true");
    text.add("");
    text.add("[consensus]");
    text.add("timeout_commit = \"" + blockInterval.toMillis() + "ms\"");
    OwnerFiles.writeNew(home.config("config.toml"), text.toString());
  }
}
