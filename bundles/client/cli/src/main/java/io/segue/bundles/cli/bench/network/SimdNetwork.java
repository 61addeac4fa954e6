package io.segue.bundles.cli.bench.network;

import io.segue.bundles.cli.bench.measure.Memory;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.testnet.CometBft;
import io.segue.bundles.cli.testnet.NewNetwork;
import io.segue.bundles.nodes.TemporaryHome;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Validators of the Cosmos SDK's own application {@code simd}, which has CometBFT in its process.
 */
final class SimdNetwork implements MeasuredNetwork {
  private final Home folder = Home.at(TemporaryHome.make("segue-bench-simd-"));
  private final Thread atEnd = new Thread(this::remove, "bench cleanup");
  private final List<String> hosts;
  private final SimdHomes homes;
  private final List<NodeClient> clients = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();

  /** Makes and starts them. */
  SimdNetwork(Path program, int validators, int accounts, Duration blockInterval) {
    Runtime.getRuntime().addShutdownHook(atEnd);
    this.hosts = NewNetwork.freeHosts(validators);
    this.homes = new SimdHomes(program, folder.folder(), hosts);
    homes.make(accounts, blockInterval);
    for (int i = 0; i < validators; i++) {
      clients.add(new NodeClient(CometBft.rpc(hosts.get(i))));
      processes.add(start(i));
    }
  }

  private Process start(int validator) {
    String host = hosts.get(validator);
    ProcessBuilder command =
        homes.command(
            validator,
            "start",
            "--rpc.laddr",
            "tcp://" + host + ":" + CometBft.RPC_PORT,
            "--p2p.laddr",
            "tcp://" + host + ":" + CometBft.P2P_PORT,
            "--rpc.pprof_laddr",
            "",
            "--grpc.enable=false",
            "--grpc-web.enable=false",
            "--minimum-gas-prices",
            "0stake");
    try {
      return command
          .redirectOutput(ProcessBuilder.Redirect.appendTo(homes.console(validator).toFile()))
          .start();
    } catch (IOException e) {
      throw new CliException("simd can't be started: " + FailureText.of(e), e);
    }
  }

  @Override
  public List<NodeClient> clients() {
    return clients;
  }

  @Override
  public void requireAlive() {
    for (int i = 0; i < processes.size(); i++) {
      if (!processes.get(i).isAlive()) {
        throw new CliException("simd of validator " + i + " ended; see " + homes.console(i));
      }
    }
  }

  @Override
  public double peakMb(int validator) {
    return Memory.peakMb(processes.get(validator).pid());
  }

  @Override
  public void stop(int validator) {
    Process process = processes.get(validator);
    process.destroy();
    process.onExit().join();
  }

  @Override
  public void startAgain(int validator) {
    processes.set(validator, start(validator));
  }

  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(atEnd);
  }

  private void remove() {
    processes.forEach(Process::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
    TemporaryHome.remove(folder.folder());
  }
}
