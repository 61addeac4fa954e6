package io.segue.bundles.consensus.comet;

import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.node.RepeatedWork;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CometBFT as a child of the node, on the node's home. It is started again whenever it ends, which
 * it does, with status 0, when its connection to the node breaks; and killed where it hangs, which
 * it can do when that happens between a block's results and its commit.
 *
 * <p>Its process id is in {@code run/cometbft.pid}: one that outlived a killed node has lost that
 * node for good, and is killed before a new one opens the same files.
 *
 * <p>What it logs is logged by the logger {@code cometbft}: its errors as warnings, the rest for
 * those who set that logger to DEBUG.
 */
final class CometBftProcess implements AutoCloseable {
  /** How long it may run with no connection to the node until it counts as hanging. */
  static final Duration UNCONNECTED_LIMIT = Duration.ofSeconds(30);

  /** How long it may take to stop until it is killed. */
  static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  /** Pause before it is started again; doubled each time up to the longest, while it fails. */
  static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  static final Duration LONGEST_PAUSE = Duration.ofSeconds(16);

  /** How often it is looked at. */
  private static final Duration LOOK = Duration.ofMillis(200);

  private static final Logger log = LoggerFactory.getLogger(CometBftProcess.class);
  private static final Logger said = LoggerFactory.getLogger("cometbft");

  private final List<String> command;
  private final Path pidFile;
  private final BooleanSupplier connected;
  private final Duration unconnectedLimit;
  private final Thread supervisor = new Thread(this::supervise, "segue-cometbft");
  private volatile String trouble = "";
  private volatile boolean closing;

  private CometBftProcess(
      List<String> command, Path pidFile, BooleanSupplier connected, Duration unconnectedLimit) {
    this.command = command;
    this.pidFile = pidFile;
    this.connected = connected;
    this.unconnectedLimit = unconnectedLimit;
  }

  /**
   * Starts it, and keeps it running until {@link #close}.
   *
   * @param program its path, or its name on the PATH
   * @param address where the node listens for it
   * @param connected whether it has a connection to the node now
   */
  static CometBftProcess start(
      String program, Path home, String address, BooleanSupplier connected) {
    return start(program, home, address, connected, UNCONNECTED_LIMIT);
  }

  /** The same with another limit, for tests. */
  static CometBftProcess start(
      String program,
      Path home,
      String address,
      BooleanSupplier connected,
      Duration unconnectedLimit) {
    CometBftProcess process =
        new CometBftProcess(
            List.of(program, "start", "--home", home.toString(), "--proxy_app", address),
            home.resolve("run").resolve("cometbft.pid"),
            connected,
            unconnectedLimit);
    process.supervisor.setDaemon(true);
    process.supervisor.start();
    return process;
  }

  /** Why it does not run, with what to do; empty while it does. Any thread. */
  Optional<String> trouble() {
    return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
  }

  /** Stops it, as SIGTERM does, and kills it where that takes too long. */
  @Override
  public void close() {
    closing = true;
    supervisor.interrupt();
    try {
      supervisor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void supervise() {
    Duration pause = FIRST_PAUSE;
    while (!closing) {
      try {
        boolean served = RepeatedWork.turn(this::turn, e -> log.error("CometBFT fails", e)) > 0;
        pause = served ? FIRST_PAUSE : min(pause.multipliedBy(2), LONGEST_PAUSE);
        Thread.sleep(pause.toMillis());
      } catch (InterruptedException e) {
        // Closing.
      }
    }
  }

  /** 1 where it was connected before it ended. */
  private int turn() {
    try {
      return runOnce() ? 1 : 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** Whether it was connected before it ended. */
  private boolean runOnce() throws InterruptedException {
    Process process;
    try {
      killOrphan();
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      trouble =
          command.get(0)
              + " can't be started: "
              + FailureText.of(e)
              + "; install CometBFT, or name its program by the setting cometbft";
      log.error("{}", trouble);
      return false;
    }
    log.info("CometBFT runs as process {}", process.pid());
    Thread reader = new Thread(() -> read(process), "segue-cometbft-log");
    reader.setDaemon(true);
    reader.start();
    try {
      Files.writeString(pidFile, process.pid() + "\n");
      return watch(process);
    } catch (IOException e) {
      log.warn("{} can't be written, and CometBFT is stopped: {}", pidFile, FailureText.of(e));
      return false;
    } finally {
      stop(process);
    }
  }

  private boolean watch(Process process) throws InterruptedException {
    boolean served = false;
    long lastConnectedNs = System.nanoTime();
    while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
      if (connected.getAsBoolean()) {
        served = true;
        trouble = "";
        lastConnectedNs = System.nanoTime();
      } else if (System.nanoTime() - lastConnectedNs > unconnectedLimit.toNanos()) {
        log.warn(
            "CometBFT runs, but has had no connection to this node for {} s: it is killed, and"
                + " started again",
            unconnectedLimit.toSeconds());
        process.destroyForcibly();
      }
    }
    trouble =
        "CometBFT ended with status "
            + process.exitValue()
            + ", and is started again; what it said is in the log (log:level cometbft DEBUG in the"
            + " shell for all of it)";
    log.warn("{}", trouble);
    return served;
  }

  /** Leaves no process behind, whether the thread is interrupted or not. */
  private void stop(Process process) {
    boolean interrupted = Thread.interrupted();
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Files.deleteIfExists(pidFile);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      interrupted = true;
    } catch (IOException e) {
      log.warn("{} is left behind: {}", pidFile, FailureText.of(e));
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void killOrphan() throws IOException, InterruptedException {
    Optional<ProcessHandle> orphan = orphan();
    if (orphan.isPresent()) {
      log.warn(
          "the CometBFT of a node that was killed, process {}, is killed, too", orphan.get().pid());
      orphan.get().destroyForcibly();
      while (orphan.get().isAlive()) {
        Thread.sleep(LOOK.toMillis());
      }
    }
  }

  /** The process that the file names, where it runs what this one would. */
  private Optional<ProcessHandle> orphan() throws IOException {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
          .filter(this::runsTheSame);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** By its arguments, behind those of an interpreter where it is a script. */
  private boolean runsTheSame(ProcessHandle process) {
    List<String> words = List.of(process.info().arguments().orElse(new String[0]));
    List<String> own = command.subList(1, command.size());
    return words.size() >= own.size()
        && words.subList(words.size() - own.size(), words.size()).equals(own);
  }

  private static void read(Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("I") || line.startsWith("D")) {
          said.debug("{}", line);
        } else {
          said.warn("{}", line);
        }
      }
    } catch (IOException e) {
      log.debug("no more lines of CometBFT: {}", FailureText.of(e));
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
