package io.segue.bundles.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.bench.measure.BenchNode;
import io.segue.bundles.cli.bench.measure.Memory;
import io.segue.bundles.cli.bench.measure.Samples;
import io.segue.bundles.cli.bench.measure.TransferLoad;
import io.segue.bundles.cli.bench.measure.TransferRounds;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code segue bench transfers}: signed transfers through the whole node, from the first request to
 * the commit of the last block that has one. They are signed before the clock starts.
 */
@Command(
    name = "transfers",
    description = "Transfers a second through the whole node, counted in committed blocks.",
    mixinStandardHelpOptions = true)
final class TransfersBench implements Runnable {
  /** The first generated account of a {@link BenchNode}: its validator's operator has number 0. */
  static final long FIRST_ACCOUNT_NUMBER = 1;

  @Spec private CommandSpec spec;
  @Mixin private Output output;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      description = "Accounts in genesis. Default: ${DEFAULT-VALUE}.")
  private int accounts = 10_000;

  @Option(
      names = "--senders",
      paramLabel = "N",
      description = "How many of them send. Default: ${DEFAULT-VALUE}.")
  private int senders = 2000;

  @Option(
      names = "--transfers",
      paramLabel = "N",
      description = "Transfers of each sender in a round. Default: ${DEFAULT-VALUE}.")
  private int perSender = 10;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds that count, after one that does not. Default: ${DEFAULT-VALUE}.")
  private int rounds = 5;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections to the node. Default: ${DEFAULT-VALUE}.")
  private int connections = 4;

  @Option(
      names = "--block-interval-ms",
      paramLabel = "MS",
      description = "Pause between blocks; 0: none. Default: ${DEFAULT-VALUE}.")
  private long blockIntervalMs = 100;

  @Override
  public void run() {
    if (senders > accounts || senders < connections || perSender < 1) {
      throw new CliException(
          "--senders must be at least --connections and at most --accounts, --transfers at least 1");
    }
    Samples perSecond = new Samples();
    Samples memoryMb = new Samples();
    try (BenchNode node = new BenchNode(accounts, Duration.ofMillis(blockIntervalMs))) {
      node.awaitHeight(2);
      TransferLoad load = new TransferLoad(senders, accounts, FIRST_ACCOUNT_NUMBER);
      TransferRounds transfers =
          new TransferRounds(List.of(node.client()), node.process()::requireAlive);
      for (int round = 0; round <= rounds; round++) {
        double rate =
            transfers.run(
                load.sign(connections, perSender, (long) round * perSender, TransferLoad.MAX_BATCH),
                (long) senders * perSender);
        if (round > 0) {
          perSecond.add(rate);
        }
        tell(round, rate);
      }
      memoryMb.add(Memory.peakMb(node.process().pid()));
      transfers.requireAllGood();
    }
    ObjectNode result = Output.object();
    result.put("accounts", accounts);
    result.put("senders", senders);
    result.put("transfersPerRound", senders * perSender);
    result.put("connections", connections);
    result.put("blockIntervalMs", blockIntervalMs);
    result.set("transfersPerSecond", perSecond.json());
    result.set("peakMemoryMb", memoryMb.json());
    output.print(spec.commandLine().getOut(), result);
  }

  private void tell(int round, double rate) {
    if (!output.json()) {
      String what = round == 0 ? "warm-up" : "round " + round + " of " + rounds;
      spec.commandLine().getErr().printf("%s: %.0f transfers/s%n", what, rate);
    }
  }
}
