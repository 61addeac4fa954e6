package io.segue.bundles.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.bench.measure.BenchNode;
import io.segue.bundles.cli.bench.measure.Memory;
import io.segue.bundles.cli.bench.measure.Samples;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.nodes.Waiting;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue bench start}: from the start of the process to a block, and memory when idle. */
@Command(
    name = "start",
    description = "Start to first block, start again to next block, and idle memory.",
    mixinStandardHelpOptions = true)
final class StartBench implements Runnable {
  /** Time for the node to settle before its memory is read. */
  static final Duration IDLE = Duration.ofSeconds(10);

  private static final Duration BLOCK_INTERVAL = Duration.ofSeconds(1);

  @Spec private CommandSpec spec;
  @Mixin private Output output;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      description = "Accounts in genesis. Default: ${DEFAULT-VALUE}.")
  private int accounts = 10;

  @Option(names = "--runs", paramLabel = "N", description = "How often. Default: ${DEFAULT-VALUE}.")
  private int runs = 5;

  @Override
  public void run() {
    Samples firstMs = new Samples();
    Samples againMs = new Samples();
    Samples idleMb = new Samples();
    for (int i = 0; i < runs; i++) {
      try (BenchNode node = new BenchNode(accounts, BLOCK_INTERVAL)) {
        firstMs.add(node.awaitHeight(1).toMillis());
        Waiting.pause(IDLE);
        idleMb.add(Memory.residentMb(node.process().pid()));
        long height = node.client().height();
        node.restart();
        againMs.add(node.awaitHeight(height + 1).toMillis());
      }
    }
    ObjectNode result = Output.object();
    result.put("accounts", accounts);
    result.set("startToFirstBlockMs", firstMs.json());
    result.set("startAgainToNextBlockMs", againMs.json());
    result.set("idleMemoryMb", idleMb.json());
    output.print(spec.commandLine().getOut(), result);
  }
}
