package io.segue.bundles.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.bench.measure.BenchNode;
import io.segue.bundles.cli.bench.measure.Samples;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.nodes.ArtifactServer;
import io.segue.bundles.nodes.Distribution;
import io.segue.bundles.nodes.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code segue bench kills}: kills a node at random moments of an upgrade, again and again, and
 * compares the roots that it finds afterwards with those of a run that nobody disturbed. Every
 * upgrade starts from a copy of one home, whose chain has the plan of {@code v2} pending and whose
 * bundles are not fetched yet.
 */
@Command(
    name = "kills",
    description = {
      "Kills a node (SIGKILL) at random moments of an upgrade, starts it again, and compares roots.",
      "Ends with an error at the first root that differs; the seed repeats the moments."
    },
    mixinStandardHelpOptions = true)
final class KillsBench implements Runnable {
  /** Most kills within one upgrade. */
  static final int KILLS_AT_MOST = 3;

  /** One kill in so many comes while the process still starts. */
  private static final int START_KILLS = 8;

  /** One kill in so many comes in or just behind the plan's block, where the process gets there. */
  private static final int BLOCK_KILLS = 2;

  /** From the start of the plan's work on data until well behind the commit of its block. */
  private static final Duration BLOCK = Duration.ofMillis(300);

  private static final Duration LOOK = Duration.ofMillis(2);
  private static final String BLOCK_STARTS = "-> LOADING";

  /** Blocks before the plan's height at which the home that is copied is told to stop. */
  private static final int STOP_AHEAD = 20;

  private static final String PLAN = "v2";
  private static final Pattern STATE = Pattern.compile("Upgrade \\S+: \\w+ -> (\\w+)");

  @Spec private CommandSpec spec;
  @Mixin private Output output;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "How many kills. Default: ${DEFAULT-VALUE}.")
  private int runs = 1000;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Chooses the moments. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      description = "Accounts in genesis. Default: ${DEFAULT-VALUE}.")
  private int accounts = 5000;

  private final Map<String, Integer> killedIn = new TreeMap<>();
  private final Samples recoveryMs = new Samples();
  private int upgrades;

  @Override
  public void run() {
    ArtifactServer server = new ArtifactServer(Distribution.upgrade(PLAN));
    try (server;
        BenchNode pending = new BenchNode(accounts, UpgradeBench.BLOCK_INTERVAL)) {
      long height = bringBefore(pending, server);
      Undisturbed undisturbed = undisturbed(pending, height);
      Random random = new Random(seed);
      int kills = 0;
      while (kills < runs) {
        kills += disturb(pending, undisturbed, random, runs - kills);
        upgrades++;
        if (!output.json()) {
          spec.commandLine().getErr().printf("%d of %d kills survived%n", kills, runs);
          spec.commandLine().getErr().flush();
        }
      }
      output.print(spec.commandLine().getOut(), result(kills));
    }
  }

  /** What a run comes to that nobody disturbs. */
  private record Undisturbed(long height, String roots, Duration started, Duration done) {}

  /** Brings the chain shortly before the plan's height, and stops it. */
  private static long bringBefore(BenchNode pending, ArtifactServer server) {
    pending.awaitHeight(2);
    long height = pending.pass(PLAN, server.info()).height();
    pending.awaitHeight(height - STOP_AHEAD);
    pending.process().close();
    try {
      Files.deleteIfExists(
          pending.home().folder().resolve("data").resolve("artifacts").resolve(server.sha256()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return height;
  }

  private static Undisturbed undisturbed(BenchNode pending, long height) {
    try (BenchNode node = pending.copy()) {
      node.start();
      Duration started = node.awaitHeight(height - STOP_AHEAD);
      Duration done = node.awaitHeight(height + 2);
      if (!node.process().console().contains(BLOCK_STARTS)) {
        throw new CliException(
            "the chain could not be stopped before the plan's height; is the machine very busy?");
      }
      return new Undisturbed(height, roots(node, height), started, done);
    }
  }

  /** One upgrade with up to {@link #KILLS_AT_MOST} kills; how many there were. */
  private int disturb(BenchNode pending, Undisturbed undisturbed, Random random, int left) {
    int kills = 1 + random.nextInt(Math.min(KILLS_AT_MOST, left));
    try (BenchNode node = pending.copy()) {
      for (int i = 0; i < kills; i++) {
        node.start();
        awaitMoment(node, undisturbed, random);
        node.process().kill();
        killedIn.merge(state(node.process().console()), 1, Integer::sum);
      }
      node.start();
      recoveryMs.add(node.awaitHeight(undisturbed.height() + 2).toMillis());
      String roots = roots(node, undisturbed.height());
      if (!roots.equals(undisturbed.roots())) {
        throw node.process()
            .failure(
                String.format(
                    "upgrade %d of seed %d, after %d kills: roots %s instead of %s",
                    upgrades + 1, seed, kills, roots, undisturbed.roots()));
      }
    }
    return kills;
  }

  private static void awaitMoment(BenchNode node, Undisturbed undisturbed, Random random) {
    Duration moment = moment(undisturbed, random);
    Duration inBlock = Duration.ofNanos((long) (random.nextDouble() * BLOCK.toNanos()));
    if (random.nextInt(BLOCK_KILLS) > 0) {
      Waiting.pause(moment.minus(node.process().age()));
      return;
    }
    while (!node.process().console().contains(BLOCK_STARTS)) {
      if (node.process().age().compareTo(undisturbed.done()) > 0) {
        return;
      }
      Waiting.pause(LOOK);
    }
    Waiting.pause(inBlock);
  }

  /** When to kill, after the start of the process. */
  private static Duration moment(Undisturbed undisturbed, Random random) {
    long fromMs = random.nextInt(START_KILLS) == 0 ? 0 : undisturbed.started().toMillis() * 3 / 4;
    return Duration.ofMillis(
        fromMs + (long) (random.nextDouble() * (undisturbed.done().toMillis() - fromMs)));
  }

  /** The roots of the plan's height and of the one after it, as the next headers tell them. */
  private static String roots(BenchNode node, long height) {
    return root(node, height + 1) + " " + root(node, height + 2);
  }

  private static String root(BenchNode node, long height) {
    return node.client().block(height).path("block").path("header").path("app_hash").asText();
  }

  private static String state(String console) {
    String last = "before the plan was read";
    for (Matcher line = STATE.matcher(console); line.find(); ) {
      last = line.group(1);
    }
    return last;
  }

  private ObjectNode result(int kills) {
    ObjectNode result = Output.object();
    result.put("seed", seed);
    result.put("kills", kills);
    result.put("upgrades", upgrades);
    ObjectNode states = result.putObject("killedIn");
    killedIn.forEach(states::put);
    result.set("startToDoneMs", recoveryMs.json());
    return result;
  }
}
