package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.nodes.ArtifactServer;
import io.segue.bundles.nodes.Distribution;
import io.segue.bundles.nodes.NodeProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four validators under CometBFT that go through two upgrades while all kinds of things happen to
 * them at random: processes that are killed, stopped, paused, and a network that is slow, silent or
 * cut. They must agree, and go on when it is over.
 *
 * <p>The run prints its seed, which repeats what happens: {@code -Dperturb.seed=N}. {@code
 * -Dperturb.seconds=N} says for how long; by default it is {@value #SHORT_SECONDS}.
 *
 * <p>Clocks are not set apart: CometBFT asks the kernel, past anything that could be put before it.
 */
class PerturbedNetworkIT {
  static final String SEED = "perturb.seed";
  static final String SECONDS = "perturb.seconds";
  static final int SHORT_SECONDS = 40;

  private static final int VALIDATORS = 4;

  /** Longest that a thing lasts. */
  private static final int LONGEST_MS = 4_000;

  private static final int LONGEST_DELAY_MS = 300;

  @TempDir Path folder;

  private final long seed = Long.getLong(SEED, System.nanoTime());
  private final Random random = new Random(seed);
  private Testnet net;
  private PeerLinks links;

  /** What happens. */
  private enum Event {
    KILL_NODE,
    KILL_COMETBFT,
    STOP_NODE,
    PAUSE_NODE,
    PAUSE_COMETBFT,
    CUT_ONE,
    CUT_TWO,
    SILENCE_ONE,
    SILENCE_TWO,
    DELAY
  }

  @Test
  void agreesWhateverHappensToValidatorsAndNetwork() throws Exception {
    System.out.printf("-D%s=%d repeats what happens%n", SEED, seed);
    Duration half = Duration.ofSeconds(Long.getLong(SECONDS, SHORT_SECONDS)).dividedBy(2);
    try (Testnet made = Testnet.init(folder.resolve("net"), VALIDATORS, "127.0.16.");
        PeerLinks between = PeerLinks.between(made);
        ArtifactServer server = new ArtifactServer(Distribution.upgrade("v2"))) {
      net = made;
      links = between;
      net.start();
      upgradeUnderPerturbation(
          "v2", UpgradePlans.info(server.url(), Distribution.upgrade("v2")), half);
      Testnet.deploy(Distribution.upgrade("v3"), net.nodes());
      upgradeUnderPerturbation("v3", "", half);
    } catch (AssertionError e) {
      throw new AssertionError("with -D" + SEED + "=" + seed + ": " + e.getMessage(), e);
    }
  }

  private void upgradeUnderPerturbation(String plan, String info, Duration time) throws Exception {
    TestedNode first = net.node(0);
    long height = UpgradePlans.pass(first, plan, 3, info, net.node(1), net.node(2));
    Instant end = Instant.now().plus(time);
    while (Instant.now().isBefore(end)) {
      perturb();
    }
    for (TestedNode node : net.nodes()) {
      node.until("blocks of " + plan, () -> node.height() > height);
    }
    long last = first.height() + 3;
    for (TestedNode node : net.nodes()) {
      node.until("blocks after it all", () -> node.height() >= last);
      node.until(plan, () -> node.shell("node:status").path("generation").asText().equals(plan));
    }
    net.assertOneChain(last - 1);
  }

  private void perturb() throws IOException, InterruptedException {
    Event event = Event.values()[random.nextInt(Event.values().length)];
    int one = random.nextInt(VALIDATORS);
    int other = (one + 1 + random.nextInt(VALIDATORS - 1)) % VALIDATORS;
    long ms = 500L + random.nextInt(LONGEST_MS - 500);
    System.out.printf("%s of %d (and %d) for %d ms%n", event, one, other, ms);
    switch (event) {
      case KILL_NODE -> node(one).ifPresent(ProcessHandle::destroyForcibly);
      case KILL_COMETBFT -> net.comet(one).ifPresent(ProcessHandle::destroyForcibly);
      case STOP_NODE -> node(one).ifPresent(ProcessHandle::destroy);
      case PAUSE_NODE -> pause(node(one), ms);
      case PAUSE_COMETBFT -> pause(net.comet(one), ms);
      case CUT_ONE -> links.cut(Set.of(one));
      case CUT_TWO -> links.cut(Set.of(one, other));
      case SILENCE_ONE -> links.silence(Set.of(one));
      case SILENCE_TWO -> links.silence(Set.of(one, other));
      case DELAY -> links.delay(random.nextInt(LONGEST_DELAY_MS));
    }
    if (event != Event.PAUSE_NODE && event != Event.PAUSE_COMETBFT) {
      last(ms);
    }
    links.heal();
  }

  private Optional<ProcessHandle> node(int validator) {
    return NodeProcess.running(net.node(validator).home())
        .flatMap(node -> ProcessHandle.of(node.pid()));
  }

  private static void pause(Optional<ProcessHandle> process, long ms)
      throws IOException, InterruptedException {
    if (process.isPresent()) {
      signal("STOP", process.get());
      last(ms);
      signal("CONT", process.get());
    }
  }

  private static void signal(String name, ProcessHandle process)
      throws IOException, InterruptedException {
    List<String> command = List.of("kill", "-" + name, Long.toString(process.pid()));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isIn(0, 1);
  }

  /** How long something lasts is what is tried here; nothing is waited for. */
  private static void last(long ms) {
    long endNs = System.nanoTime() + ms * 1_000_000;
    while (System.nanoTime() < endNs) {
      LockSupport.parkNanos(endNs - System.nanoTime());
    }
  }
}
