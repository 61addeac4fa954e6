package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.upgrade.SidecarException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A program that a build runs: what it says goes to the log, and it ends with all that it started
 * when its time is over or the build is cancelled.
 */
final class ChildProcess {
  private static final Set<String> ENVIRONMENT = Set.of("PATH", "HOME", "JAVA_HOME", "LANG");

  /** How long a program that ended, or was killed, may take to be gone with its output read. */
  private static final long LAST_WORDS_MS = 5_000;

  private ChildProcess() {}

  /**
   * Runs a program to its end.
   *
   * @param timeoutMs how long it may take
   * @param exceeded what is thrown where it takes longer
   * @return its exit status
   */
  static int run(
      List<String> command, Path folder, long timeoutMs, SidecarException exceeded, BuildLog log)
      throws SidecarException, IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().retainAll(ENVIRONMENT);
    Process process = builder.start();
    Thread reader = new Thread(() -> read(process, log), "segue-build-output");
    reader.setDaemon(true);
    reader.start();
    try {
      if (!process.waitFor(timeoutMs, TimeUnit.MILLISECONDS)) {
        throw exceeded;
      }
      reader.join(LAST_WORDS_MS);
      return process.exitValue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      // Its folder is removed next, so it must be gone.
      process.onExit().completeOnTimeout(process, LAST_WORDS_MS, TimeUnit.MILLISECONDS).join();
    }
  }

  private static void read(Process process, BuildLog log) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(log::say);
    } catch (IOException | UncheckedIOException e) {
      log.say("the output broke off: " + e.getMessage());
    }
  }
}
