package io.segue.bundles.cli.testnet;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.OwnerFiles;
import io.segue.bundles.cli.home.Home;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The folder of a network: the homes {@code node0}, {@code node1} and so on of its validators. */
final class Network {
  private final Path folder;

  Network(Home home) {
    this.folder = home.folder();
  }

  /** Where the home of a validator is, or will be. */
  Home home(int validator) {
    return Home.at(folder.resolve(name(validator)));
  }

  static String name(int validator) {
    return "node" + validator;
  }

  /**
   * The homes that are there.
   *
   * @throws CliException where there are none
   */
  List<Home> homes() {
    List<Home> homes = new ArrayList<>();
    for (Home next = home(0); OwnerFiles.isThere(next.config("genesis.json")); ) {
      homes.add(next);
      next = home(homes.size());
    }
    if (homes.isEmpty()) {
      throw new CliException(
          folder + " has no network; make one with segue testnet init --home " + folder);
    }
    return homes;
  }

  /** The process that runs the network; empty where none does. */
  Optional<ProcessHandle> supervisor() {
    Path file = pidFile();
    try {
      return OwnerFiles.isThere(file)
          ? ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
              .filter(Network::isSupervisor)
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      throw new CliException(
          file + " can't be read: " + FailureText.of(e) + "; remove it where no network runs", e);
    }
  }

  /** The number of one that ended may be another process by now. */
  private static boolean isSupervisor(ProcessHandle process) {
    return List.of(process.info().arguments().orElse(new String[0])).contains("testnet");
  }

  /**
   * Says that this process runs the network, until it ends.
   *
   * @throws CliException where another one does
   */
  void supervise() {
    supervisor()
        .ifPresent(
            other -> {
              throw new CliException(
                  "process "
                      + other.pid()
                      + " runs this network; stop it with segue testnet stop --home "
                      + folder);
            });
    try {
      Files.writeString(pidFile(), ProcessHandle.current().pid() + "\n");
    } catch (IOException e) {
      throw new CliException(pidFile() + " can't be written: " + FailureText.of(e), e);
    }
  }

  /** Says that no process runs it. */
  void leave() {
    try {
      Files.deleteIfExists(pidFile());
    } catch (IOException e) {
      throw new CliException(pidFile() + " can't be removed: " + FailureText.of(e), e);
    }
  }

  private Path pidFile() {
    return folder.resolve("testnet.pid");
  }
}
