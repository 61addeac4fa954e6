package io.segue.itests;

import io.segue.bundles.nodes.Distribution;
import io.segue.bundles.store.rocksdb.RocksStateStore;
import io.segue.bundles.store.rocksdb.database.Pruning;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.api.upgrade.SidecarException;
import io.segue.kernel.core.crash.CrashPoint;
import io.segue.kernel.testkit.TestNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The upgrade of {@link RootChain} in a process of its own, which can be stopped at a place: the
 * production kernel, the distribution's modules and sidecar, a real store. What takes a whole node
 * seconds takes this one part of a second, so that every pair of places can be tried.
 */
public final class CrashRun {
  /** By then no height of the old generation can be read any more. */
  private static final long LAST_HEIGHT =
      RootChain.PLAN_HEIGHT + Pruning.EVERYTHING.keepRecent() + Pruning.EVERYTHING.interval();

  private CrashRun() {}

  /**
   * Runs the chain in the folder {@code args[0]} to its end; {@code args[1]} is the plan's info.
   */
  public static void main(String[] args) throws Exception {
    run(Path.of(args[0]), args[1]);
  }

  /**
   * Goes on with the chain in a folder, or begins it.
   *
   * @return the roots of its last height, by store
   */
  static String run(Path home, String info) throws Exception {
    Path state = Files.createDirectories(home.resolve("data").resolve("state"));
    StoreOptions options = StoreOptions.defaults().with(Pruning.EVERYTHING);
    try (StateStore store = RocksStateStore.open(state, options);
        TestNode node =
            RootChain.in(home, store, "app_state.json", info).withSidecar(new Copying()).start()) {
      while (node.height() < LAST_HEIGHT) {
        if (node.height() == 0) {
          node.block(RootChain.transfer());
        } else {
          node.block();
        }
      }
      return node.roots().toString();
    }
  }

  /**
   * Starts the chain in a folder as a process that stops at a place.
   *
   * @return its exit status: {@link CrashPoint#EXIT_STATUS} where it came to the place, else 0
   */
  static int fork(Path home, String info, CrashPoint place) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.add("-Dsegue.dist=" + System.getProperty("segue.dist"));
    command.add("-Dsegue.test.log=info");
    command.add("-D" + CrashPoint.PROPERTY + "=" + place.name());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(CrashRun.class.getName(), home.toString(), info));
    Path log = home.resolve("crash.log");
    try {
      Path temporary = Files.createTempDirectory(home.getParent(), "tmp");
      command.add(1, "-Djava.io.tmpdir=" + temporary);
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("no end after 60 s: " + endWithThreads(process, log));
      }
      removeLibraries(temporary);
      int status = process.exitValue();
      if (status != 0 && status != CrashPoint.EXIT_STATUS) {
        throw new AssertionError("exit status " + status + ": " + Files.readString(log));
      }
      return status;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Ends a process that hangs; its log ends with what its threads did. */
  private static String endWithThreads(Process process, Path log)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid())).start().waitFor();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!Files.readString(log).contains("Full thread dump") && System.nanoTime() < end) {
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
    process.waitFor(1, TimeUnit.SECONDS);
    process.destroyForcibly();
    return Files.readString(log);
  }

  /** A process that is killed leaves its copy of the native library behind. */
  private static void removeLibraries(Path temporary) throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Brings the distribution's upgrade. */
  private static final class Copying implements Sidecar {
    @Override
    public String name() {
      return "fetch";
    }

    @Override
    public Path run(Task task, Progress progress) throws SidecarException {
      Path target = task.directory().resolve(task.sha256());
      Path part = target.resolveSibling(target.getFileName() + ".part");
      try {
        Files.copy(Distribution.upgrade("v2"), part, StandardCopyOption.REPLACE_EXISTING);
        return Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new SidecarException("the upgrade can't be copied: " + e, true, e);
      }
    }
  }
}
