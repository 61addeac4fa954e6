package io.segue.bundles.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.bench.measure.BenchNode;
import io.segue.bundles.cli.bench.measure.ExcessClients;
import io.segue.bundles.cli.bench.measure.HttpConnection;
import io.segue.bundles.cli.bench.measure.Memory;
import io.segue.bundles.cli.bench.measure.Samples;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.nodes.Waiting;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue bench load}: blocks of a node whose JSON-RPC has more clients than it can serve. */
@Command(
    name = "load",
    description = {
      "Intervals of blocks without clients, and with more than the node can serve: some ask without",
      "a pause, in batches that are allowed and in such that are not, some send or read nothing."
    },
    mixinStandardHelpOptions = true)
final class LoadBench implements Runnable {
  private static final Duration WITNESS_PAUSE = Duration.ofMillis(50);

  @Spec private CommandSpec spec;
  @Mixin private Output output;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long without and how long with clients. Default: ${DEFAULT-VALUE}.")
  private int seconds = 20;

  @Option(
      names = "--askers",
      paramLabel = "N",
      description = "Connections that ask without a pause. Default: ${DEFAULT-VALUE}.")
  private int askers = 64;

  @Option(
      names = "--sockets",
      paramLabel = "N",
      description = "Connections that send or read nothing. Default: ${DEFAULT-VALUE}.")
  private int sockets = 10_000;

  @Option(
      names = "--block-interval-ms",
      paramLabel = "MS",
      description = "Pause between blocks. Default: ${DEFAULT-VALUE}.")
  private long blockIntervalMs = 250;

  @Override
  public void run() {
    ObjectNode result = Output.object();
    result.put("askers", askers);
    result.put("sockets", sockets);
    result.put("blockIntervalMs", blockIntervalMs);
    try (BenchNode node = new BenchNode(1000, Duration.ofMillis(blockIntervalMs))) {
      node.awaitHeight(4);
      tell("without clients");
      Samples quiet = intervals(node, new Samples());
      result.set("quietIntervalMs", quiet.json());
      double quietMb = Memory.peakMb(node.process().pid());
      Samples answerMs = new Samples();
      Samples busy;
      try (ExcessClients crowd =
          new ExcessClients(node.client().uri().getPort(), sockets, askers)) {
        tell("with " + crowd.open() + " connections that do nothing");
        crowd.ask();
        busy = intervals(node, answerMs);
        result.setAll(crowd.json());
      }
      result.set("busyIntervalMs", busy.json());
      result.put("p99Ratio", Math.round(100 * busy.quantile(0.99) / quiet.quantile(0.99)) / 100.0);
      result.set("statusOfAnotherClientMs", answerMs.json());
      result.put("quietPeakMemoryMb", Math.round(quietMb));
      result.put("peakMemoryMb", Math.round(Memory.peakMb(node.process().pid())));
    }
    output.print(spec.commandLine().getOut(), result);
  }

  private void tell(String what) {
    if (!output.json()) {
      spec.commandLine().getErr().println(seconds + " s " + what);
    }
  }

  /**
   * Milliseconds between the blocks of some seconds, by their headers; asks for the status
   * meanwhile.
   */
  private Samples intervals(BenchNode node, Samples answerMs) {
    long from = node.client().height() + 1;
    long endNs = System.nanoTime() + seconds * 1_000_000_000L;
    while (System.nanoTime() - endNs < 0) {
      answerMs.add(status(node));
      node.process().requireAlive();
      Waiting.pause(WITNESS_PAUSE);
    }
    long to = node.client().height();
    Samples ms = new Samples();
    Instant before = time(node, from);
    for (long height = from + 1; height <= to; height++) {
      Instant now = time(node, height);
      ms.add(Duration.between(before, now).toNanos() / 1e6);
      before = now;
    }
    return ms;
  }

  /** Milliseconds of an answer, on a connection of its own as every probe has it. */
  private static double status(BenchNode node) {
    long beginNs = System.nanoTime();
    try (HttpConnection line = new HttpConnection(node.client().uri().getPort())) {
      line.ask(HttpConnection.get("/status"));
      return (System.nanoTime() - beginNs) / 1e6;
    } catch (IOException e) {
      throw new CliException("the node does not answer another client: " + FailureText.of(e), e);
    }
  }

  private static Instant time(BenchNode node, long height) {
    return Instant.parse(
        node.client().block(height).path("block").path("header").path("time").asText());
  }
}
