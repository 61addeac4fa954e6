package io.segue.bundles.nodes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * A node that runs as users run it: {@code bin/segue start --home <home>}, its console in a file.
 *
 * <p>Thread safety: any thread may call; stopping twice does nothing more.
 */
public final class NodeProcess implements AutoCloseable {
  /** How long a start may take until block 1, on a machine that does much else. */
  public static final Duration START_LIMIT = Duration.ofSeconds(60);

  /** How long a clean stop may take until the process is killed. */
  static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  /** Of a process that is no child of this one. */
  private static final int NO_STATUS = -1;

  private static final String LAUNCHER = "io.segue.distribution.launcher.Launcher";

  private final ProcessHandle process;
  private final IntSupplier exitStatus;
  private final Path console;
  private final long startedNs = System.nanoTime();

  private NodeProcess(ProcessHandle process, IntSupplier exitStatus, Path console) {
    this.process = process;
    this.exitStatus = exitStatus;
    this.console = console;
  }

  /**
   * Starts a node.
   *
   * @param options more arguments of the Java machine, as {@code -Xmx1g}
   */
  public static NodeProcess start(Path home, List<String> options) {
    Path console = ConsoleLog.startOver(home);
    List<String> command = new ArrayList<>();
    command.add(Distribution.command().toString());
    command.add("start");
    command.add("--home");
    command.add(home.toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(console.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    if (!options.isEmpty()) {
      String set = System.getenv("SEGUE_OPTS");
      builder
          .environment()
          .put("SEGUE_OPTS", String.join(" ", options) + (set == null ? "" : " " + set));
    }
    try {
      Process started = builder.start();
      return new NodeProcess(
          started.toHandle(), () -> started.onExit().join().exitValue(), console);
    } catch (IOException e) {
      throw new NodeException("the node can't be started: " + e.getMessage(), e);
    }
  }

  /**
   * The node that another process started on a home, as {@link #start} does, and that still runs.
   */
  public static Optional<NodeProcess> running(Path home) {
    return ProcessHandle.allProcesses()
        .filter(process -> isOn(home, LAUNCHER, process))
        .findFirst()
        .map(process -> new NodeProcess(process, () -> NO_STATUS, ConsoleLog.of(home)));
  }

  /** Whether a process was started with {@code <command> --home <home>} in its command line. */
  public static boolean isOn(Path home, String command, ProcessHandle process) {
    List<String> words = List.of(process.info().arguments().orElse(new String[0]));
    List<String> asked = List.of(command, "--home", home.toString());
    return Collections.indexOfSubList(words, asked) >= 0;
  }

  /** A port of the loopback address that nobody has. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new NodeException("no port is free: " + e.getMessage(), e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Since the process was started. */
  public Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedNs);
  }

  /**
   * Waits until the node did something, as to reach a height.
   *
   * @param done what it does, as {@code reach height 2}
   * @param isDone whether it did
   * @return how long after the start of the process that was
   * @throws NodeException where the process ends before, or does not get there within {@code limit}
   */
  public Duration await(String done, BooleanSupplier isDone, Duration limit) {
    return Waiting.until(
            limit,
            () -> {
              requireAlive();
              return isDone.getAsBoolean() ? Optional.of(age()) : Optional.<Duration>empty();
            })
        .orElseThrow(() -> failure("the node did not " + done + " in time"));
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Does nothing while the node runs.
   *
   * @throws NodeException with the end of its console where it ended
   */
  public void requireAlive() {
    if (!isAlive()) {
      int status = exitStatus.getAsInt();
      throw failure("the node ended" + (status == NO_STATUS ? "" : " with exit status " + status));
    }
  }

  /** A failure with the last lines that the node wrote. */
  public NodeException failure(String what) {
    return new NodeException(
        what + "; the last lines of its log:\n" + ConsoleLog.lastLines(console));
  }

  /** Ends the process as SIGKILL does, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** What the node wrote since it was started. */
  public String console() {
    try {
      return Files.readString(console);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until the process, a child of this one, ends.
   *
   * @return its exit status
   * @throws NodeException where it still runs after {@code limit}
   */
  public int awaitExit(Duration limit) {
    try {
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return exitStatus.getAsInt();
    } catch (TimeoutException e) {
      throw failure("the node still runs after " + limit.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NodeException("interrupted", e);
    }
  }

  /** Asks the process to stop, as SIGTERM does, and does not wait for it. */
  public void terminate() {
    process.destroy();
  }

  /** Stops the node as SIGTERM does, and kills it where that takes too long. */
  @Override
  public void close() {
    terminate();
    try {
      process.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      kill();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
