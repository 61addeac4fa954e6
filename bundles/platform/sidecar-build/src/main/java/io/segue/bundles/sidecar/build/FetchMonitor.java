package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.upgrade.Sidecar.Progress;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.jspecify.annotations.Nullable;

/**
 * Watches a fetch: tells how much has come, and stops it where it is too much or takes too long, or
 * where the thread is interrupted. Git asks it often, on the fetching thread.
 */
final class FetchMonitor extends EmptyProgressMonitor {
  private static final long LOOK_EVERY_NS = 50_000_000;

  private final String what;
  private final BuildRules rules;
  private final BuildDeadline deadline;
  private final Progress progress;
  private @Nullable Path folder;
  private long lookedNs;
  private long bytes;

  FetchMonitor(String what, BuildRules rules, BuildDeadline deadline, Progress progress) {
    this.what = what;
    this.rules = rules;
    this.deadline = deadline;
    this.progress = progress;
  }

  /** From now on what lies in this folder counts. */
  void watch(Path repository) {
    folder = repository;
    lookedNs = System.nanoTime() - LOOK_EVERY_NS;
  }

  @Override
  public void update(int completed) {
    look();
  }

  @Override
  public boolean isCancelled() {
    look();
    return tooLarge() || deadline.passed() || Thread.currentThread().isInterrupted();
  }

  /** Says why the fetch was stopped, if this is who stopped it. */
  void stopIfAsked() throws SidecarException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while fetching " + what);
    }
    if (tooLarge()) {
      throw BuildRules.tooMuch(
          what, "it has sent " + bytes + " bytes", "maxRepositoryBytes", rules.maxRepositoryBytes);
    }
    if (deadline.passed()) {
      throw deadline.exceeded();
    }
  }

  private boolean tooLarge() {
    return bytes > rules.maxRepositoryBytes;
  }

  private void look() {
    long nowNs = System.nanoTime();
    Path watched = folder;
    if (watched == null || nowNs - lookedNs < LOOK_EVERY_NS) {
      return;
    }
    lookedNs = nowNs;
    try (Stream<Path> files = Files.walk(watched.resolve("objects"))) {
      bytes = files.mapToLong(file -> file.toFile().length()).sum();
    } catch (NoSuchFileException e) {
      bytes = 0;
    } catch (IOException | java.io.UncheckedIOException e) {
      // A file went away while we looked; the next look counts again.
      return;
    }
    progress.at(bytes, -1);
  }
}
