package io.segue.bundles.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.bench.measure.BenchNode;
import io.segue.bundles.cli.bench.measure.BenchPlan;
import io.segue.bundles.cli.bench.measure.EmptyUpgrade;
import io.segue.bundles.cli.bench.measure.JvmMemory;
import io.segue.bundles.cli.bench.measure.Memory;
import io.segue.bundles.cli.bench.measure.Samples;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.nodes.ArtifactServer;
import io.segue.bundles.nodes.Distribution;
import io.segue.bundles.nodes.TemporaryHome;
import io.segue.bundles.nodes.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code segue bench upgrade}: the pause of upgrades that governance passes and the sidecar
 * fetches. The pause is from the last commit of the old code to the first of the new, less the
 * usual time between commits.
 */
@Command(
    name = "upgrade",
    description = {
      "The pause of upgrades, split by step.",
      "Plan v2 runs once in each of several nodes; plan empty, which has no work on data, many"
          + " times in one."
    },
    mixinStandardHelpOptions = true)
final class UpgradeBench implements Runnable {
  /** After so many upgrades memory is measured for the first time, and then at the end. */
  private static final int FIRST_MEMORY_RUN = 5;

  static final Duration BLOCK_INTERVAL = Duration.ofMillis(100);

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final String V2 = "v2";
  private static final List<String> STEPS =
      List.of("due", "loaded", "handled", "applied", "firstBlock");

  @Spec private CommandSpec spec;
  @Mixin private Output output;

  @Option(
      names = "--plan",
      paramLabel = "v2|empty",
      description = "Which upgrade. Default: ${DEFAULT-VALUE}.")
  private String plan = V2;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      description = "Accounts in genesis. Default: ${DEFAULT-VALUE}.")
  private int accounts = 100_000;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "How many upgrades. Default: ${DEFAULT-VALUE}.")
  private int runs = 3;

  private final Map<Integer, JvmMemory> memory = new LinkedHashMap<>();
  private final Samples pauseMs = new Samples();
  private final Samples peakMb = new Samples();
  private final Map<String, Samples> stepMs = new LinkedHashMap<>();

  @Override
  public void run() {
    if (plan.equals(V2)) {
      for (int i = 0; i < runs; i++) {
        try (BenchNode node = new BenchNode(accounts, BLOCK_INTERVAL)) {
          node.awaitHeight(2);
          upgrade(node, V2, Distribution.upgrade("v2"), i);
        }
      }
    } else if (plan.equals("empty")) {
      runEmpty();
    } else {
      throw new CliException("--plan " + plan + " is refused: v2 or empty");
    }
    output.print(spec.commandLine().getOut(), result());
  }

  private void runEmpty() {
    Home artifacts = Home.at(TemporaryHome.make("segue-bench-"));
    try (BenchNode node = new BenchNode(accounts, BLOCK_INTERVAL)) {
      node.awaitHeight(2);
      for (int i = 0; i < runs; i++) {
        String name = "e" + (i + 1);
        upgrade(node, name, EmptyUpgrade.write(artifacts.folder(), name), i);
        if (i + 1 == FIRST_MEMORY_RUN || i + 1 == runs) {
          awaitUnloaded(node);
          memory.put(i + 1, JvmMemory.of(node.process().pid()));
        }
      }
    } finally {
      TemporaryHome.remove(artifacts.folder());
    }
  }

  private void upgrade(BenchNode node, String name, Path artifact, int run) {
    try (ArtifactServer server = new ArtifactServer(artifact)) {
      BenchPlan passed = node.pass(name, server.info());
      add(node, passed.awaitFirstBlock(node.process(), node.shell()), run);
    }
  }

  /** Until the code of past heights is unloaded, which nobody asks for. */
  private static void awaitUnloaded(BenchNode node) {
    Optional<Boolean> unloaded =
        Waiting.until(
            LIMIT,
            () -> {
              for (JsonNode generation :
                  node.shell().ask("upgrade:generations").path("generations")) {
                if (generation.path("state").asText().equals("SERVING")) {
                  return Optional.<Boolean>empty();
                }
              }
              return Optional.of(true);
            });
    if (unloaded.isEmpty()) {
      throw node.process().failure("past generations stay loaded");
    }
  }

  private void add(BenchNode node, JsonNode status, int run) {
    pauseMs.add(status.path("pauseMs").asDouble());
    peakMb.add(Memory.peakMb(node.process().pid()));
    JsonNode at = status.path("timelineMs");
    for (int i = 1; i < STEPS.size(); i++) {
      String step = STEPS.get(i);
      stepMs
          .computeIfAbsent(step, s -> new Samples())
          .add(at.path(step).asLong() - at.path(STEPS.get(i - 1)).asLong());
    }
    if (!output.json()) {
      spec.commandLine()
          .getErr()
          .printf(
              "run %d of %d: pause %.1f ms%n", run + 1, runs, status.path("pauseMs").asDouble());
    }
  }

  private ObjectNode result() {
    ObjectNode result = Output.object();
    result.put("plan", plan);
    result.put("accounts", accounts);
    result.set("pauseMs", pauseMs.json());
    ObjectNode steps = result.putObject("stepsMs");
    stepMs.forEach((step, samples) -> steps.set(step, samples.json()));
    result.set("peakMemoryMb", peakMb.json());
    if (!memory.isEmpty()) {
      ObjectNode afterRuns = result.putObject("memoryAfterRuns");
      memory.forEach((run, measured) -> afterRuns.set(Integer.toString(run), measured.json()));
    }
    return result;
  }
}
