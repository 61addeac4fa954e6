package io.segue.bundles.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.CliException;
import io.segue.bundles.cli.Output;
import io.segue.bundles.cli.Waiting;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.kernel.api.node.FailureText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
  private static final Duration LIMIT = Duration.ofMinutes(5);

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
      TransferLoad load = new TransferLoad(senders, accounts);
      for (int round = 0; round <= rounds; round++) {
        double rate = round(node, load.sign(connections, perSender, (long) round * perSender));
        if (round > 0) {
          perSecond.add(rate);
        }
        tell(round, rate);
      }
      memoryMb.add(Memory.peakMb(node.process().pid()));
      requireAllGood(node.client());
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

  /** Sends all, waits until blocks have them, answers with transfers a second. */
  private double round(BenchNode node, List<List<byte[]>> batches) {
    NodeClient client = node.client();
    long from = client.height();
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      long beginNs = System.nanoTime();
      List<Future<Connection.Outcome>> outcomes =
          batches.stream().map(of -> threads.submit(new Connection(client.uri(), of))).toList();
      BlockCount blocks = new BlockCount(client, from);
      long wanted = (long) senders * perSender;
      Optional<Boolean> all =
          Waiting.until(
              LIMIT,
              () -> {
                node.process().requireAlive();
                requireTaken(outcomes);
                return blocks.total() >= wanted ? Optional.of(true) : Optional.empty();
              });
      if (all.isEmpty()) {
        throw node.process().failure("only " + blocks.total() + " transfers are in blocks");
      }
      return wanted / ((System.nanoTime() - beginNs) / 1e9);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Nothing that is sent may be refused: then the round would never end. */
  private static void requireTaken(List<Future<Connection.Outcome>> outcomes) {
    for (Future<Connection.Outcome> outcome : outcomes) {
      if (outcome.isDone()) {
        try {
          if (outcome.get().refused() > 0) {
            throw new CliException("the node refuses transfers: " + outcome.get().firstRefusal());
          }
        } catch (ExecutionException e) {
          throw new CliException("a connection broke: " + FailureText.of(e), e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new CliException("interrupted", e);
        }
      }
    }
  }

  /** A transfer that failed in its block would be no transfer. */
  private static void requireAllGood(NodeClient client) {
    long last = client.height();
    for (long height = 1; height <= last; height++) {
      for (JsonNode result : client.blockResults(height).path("txs_results")) {
        if (result.path("code").asLong() != 0) {
          throw new CliException(
              "a transfer failed in block " + height + ": " + result.path("log").asText());
        }
      }
    }
  }
}
