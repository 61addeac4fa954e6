package io.segue.bundles.cli.bench.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.bench.measure.Samples;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code segue bench network}: validators under CometBFT on this machine; the Cosmos SDK's own
 * application under the same load in the same run, where the user names its program.
 */
@Command(
    name = "network",
    description = {
      "Validators under CometBFT: transfers a second, latency, catching up, memory, and the pause"
          + " of upgrades.",
      "Needs CometBFT, as segue testnet does. --beside has the Cosmos SDK's simd measured in the"
          + " same run."
    },
    mixinStandardHelpOptions = true)
public final class NetworkBench implements Runnable {
  /** Validators of whom one may be away: the others still have more than two thirds. */
  private static final int CAN_MISS_ONE = 4;

  @Spec private CommandSpec spec;
  @Mixin private Output output;

  @Option(
      names = "--validators",
      paramLabel = "N",
      description = "How many. Default: ${DEFAULT-VALUE}.")
  private int validators = CAN_MISS_ONE;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      description = "Accounts in genesis. Default: ${DEFAULT-VALUE}.")
  private int accounts = 10_000;

  @Option(
      names = "--senders",
      paramLabel = "N",
      description = "How many of them send. Default: ${DEFAULT-VALUE}.")
  private int senders = 1000;

  @Option(
      names = "--transfers",
      paramLabel = "N",
      description =
          "Transfers of each sender in a round; a mempool has room for 5,000. Default:"
              + " ${DEFAULT-VALUE}.")
  private int perSender = 4;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description =
          "Connections, to all validators in turn. CometBFT asks an application outside of its"
              + " process every 20 ms to check new transactions: few connections wait"
              + " most of the time. Default: ${DEFAULT-VALUE}.")
  private int connections = 100;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds that count, after one that does not. Default: ${DEFAULT-VALUE}.")
  private int rounds = 5;

  @Option(
      names = "--upgrades",
      paramLabel = "N",
      description = "How many upgrades. Default: ${DEFAULT-VALUE}.")
  private int upgrades = 20;

  @Option(
      names = "--block-interval-ms",
      paramLabel = "MS",
      description = "CometBFT's timeout_commit. Default: ${DEFAULT-VALUE}.")
  private long blockIntervalMs = 500;

  @Option(
      names = "--beside",
      paramLabel = "SIMD",
      description = "The program of the Cosmos SDK's simd, to be measured too.")
  private Path simd = Path.of("");

  @Override
  public void run() {
    if (senders > accounts || senders < connections || perSender < 1 || rounds < 1) {
      throw new CliException(
          "--senders must be at least --connections and at most --accounts, --transfers and"
              + " --rounds at least 1");
    }
    boolean beside = !simd.toString().isEmpty();
    if (beside && !Files.isExecutable(simd)) {
      throw new CliException("--beside " + simd + " is no program; name that of simd");
    }
    ObjectNode result = Output.object();
    result.put("validators", validators);
    result.put("accounts", accounts);
    result.put("transfersPerRound", senders * perSender);
    result.put("connections", connections);
    result.put("blockIntervalMs", blockIntervalMs);
    Duration interval = Duration.ofMillis(blockIntervalMs);
    NetworkLoad segue;
    try (SegueNetwork network = new SegueNetwork(validators, accounts, interval)) {
      segue = measure("segue", network);
      ObjectNode measured = segue.json();
      measured.set("pauseMs", pauses(network));
      result.set("segue", measured);
    }
    if (beside) {
      try (MeasuredNetwork network = new SimdNetwork(simd, validators, accounts, interval)) {
        NetworkLoad other = measure("simd", network);
        result.set("simd", other.json());
        result.put("transfersRatio", segue.ratioTo(other));
      }
    }
    output.print(spec.commandLine().getOut(), result);
  }

  private NetworkLoad.Size size() {
    return new NetworkLoad.Size(accounts, senders, perSender, connections);
  }

  private NetworkLoad measure(String name, MeasuredNetwork network) {
    NetworkLoad load = new NetworkLoad(network, size(), line -> tell(name, line));
    load.awaitBlocks();
    load.measureTransfers(rounds);
    load.measureMemory();
    if (validators >= CAN_MISS_ONE) {
      load.measureCatchingUp(rounds);
    }
    load.measureLatency();
    return load;
  }

  private ObjectNode pauses(SegueNetwork network) {
    Samples pauseMs = new Samples();
    for (int i = 1; i <= upgrades; i++) {
      List<Double> all = network.upgrade("e" + i);
      all.forEach(pauseMs::add);
      tell("segue", "upgrade %d of %d: pauses %s ms".formatted(i, upgrades, all));
    }
    return pauseMs.isEmpty() ? Output.object() : pauseMs.json();
  }

  private void tell(String name, String line) {
    if (!output.json()) {
      spec.commandLine().getErr().println(name + ": " + line);
    }
  }
}
