package io.segue.kernel.core.osgi;

import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.node.RepeatedWork;
import io.segue.kernel.core.content.FolderRights;
import io.segue.kernel.core.hold.Hold;
import io.segue.kernel.core.hold.HoldReason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder into which an operator puts files that a running node takes up. A file is complete when
 * it is the same in two looks. What became of {@code my.jar} is written beside it, to {@code
 * my.jar.deployed} or {@code my.jar.refused}. Only the owner may write to the folder: while others
 * may, nothing in it is to be taken up.
 *
 * <p>Thread safety: one thread looks.
 */
final class WatchedFolder implements AutoCloseable {
  /** Pause between two looks. */
  static final long PAUSE_MS = 500;

  /** Looks between two tries of a file that a full disk kept from being taken up. */
  static final int AGAIN_AFTER_LOOKS = 10;

  private static final String AGAIN = "; the node tries again by itself";

  private static final Logger LOG = LoggerFactory.getLogger(WatchedFolder.class);

  private final Path folder;
  private final String glob;
  private final Map<Path, Look> looks = new HashMap<>();
  private final Map<Path, Integer> pauses = new HashMap<>();
  private final Map<Path, String> told = new HashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Thread thread;
  private String lastProblem = "";

  /**
   * A folder that nobody watches yet.
   *
   * @param glob which files are meant; see {@link Files#newDirectoryStream(Path, String)}
   */
  WatchedFolder(Path folder, String glob) {
    this.folder = folder;
    this.glob = glob;
  }

  /** A file at one look. */
  private record Look(long sizeBytes, FileTime modified, @Nullable Object key, boolean taken) {
    static Look at(Path file) throws IOException {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new Look(found.size(), found.lastModifiedTime(), found.fileKey(), false);
    }

    Look asTaken() {
      return new Look(sizeBytes, modified, key, true);
    }
  }

  /** One look at the folder, which the watcher repeats. */
  @FunctionalInterface
  interface LookAround {
    void run() throws IOException;
  }

  /** Takes up a file that is complete. */
  @FunctionalInterface
  interface Taker {
    /**
     * Takes it up, and writes what became of it.
     *
     * @throws IOException where the file can't be read, or nothing be written beside it
     */
    void take(Path file) throws IOException;
  }

  /** Makes the folder where it is missing, for the owner alone. */
  void make() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Has a thread look until this is closed. */
  void watch(String threadName, LookAround look) {
    Thread watcher = new Thread(() -> watch(look), threadName);
    watcher.setDaemon(true);
    watcher.start();
    thread = watcher;
  }

  private void watch(LookAround look) {
    try {
      do {
        once(look);
      } while (!closed.await(PAUSE_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks once; a folder that can't be read is told of once. */
  void once(LookAround look) {
    RepeatedWork.once(
        () -> {
          try {
            look.run();
          } catch (IOException e) {
            problem(
                folder + " can't be looked at: " + FailureText.of(e) + "; fix the folder's rights");
          }
        },
        e -> LOG.error("A look at {} failed; the next one follows", folder, e));
  }

  /**
   * Whether the folder is there and its files may be taken up; tells once where others may write.
   */
  boolean isPrivate() throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    Optional<String> open = FolderRights.open(folder);
    if (open.isEmpty()) {
      return true;
    }
    problem(
        "Nothing in %s is taken up while others may write to it (%s). Next: chmod go-w %s"
            .formatted(folder, open.get(), folder));
    return false;
  }

  /** The files, complete or not, in order of their names. */
  Set<Path> files() throws IOException {
    Set<Path> found = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
      for (Path file : files) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          found.add(file);
        }
      }
    }
    looks.keySet().retainAll(found);
    pauses.keySet().retainAll(found);
    told.keySet().retainAll(found);
    lastProblem = "";
    return found;
  }

  /** Whether this file was never looked at. */
  boolean isNew(Path file) {
    return !looks.containsKey(file);
  }

  /**
   * Looks at a file, and has it taken up where it is complete: once in each of its states. What
   * fails, such as a note that can't be written or memory that is lacking, is tried again after a
   * pause, and keeps no other file.
   */
  void handOn(Path file, Taker taker) {
    try {
      if (takes(file)) {
        taker.take(file);
      }
    } catch (IOException | RuntimeException | Error e) {
      again(file);
      tell(file, file + " is not taken up: " + FailureText.of(e) + AGAIN);
    }
  }

  /** Says once of each state of a file that it is complete. */
  private boolean takes(Path file) throws IOException {
    Look now;
    try {
      now = Look.at(file);
    } catch (NoSuchFileException e) {
      return false;
    }
    Look before = looks.get(file);
    if (before != null && before.equals(now.asTaken())) {
      pauses.computeIfPresent(file, (name, left) -> left - 1);
      return pauses.remove(file, 0);
    }
    pauses.remove(file);
    boolean complete = now.equals(before);
    looks.put(file, complete ? now.asTaken() : now);
    return complete;
  }

  /** Counts a file, as it is now, among those that were taken. */
  void pass(Path file) throws IOException {
    looks.put(file, Look.at(file).asTaken());
  }

  /** Has a file that was taken taken once more after a pause, though it stays as it is. */
  private void again(Path file) {
    pauses.put(file, AGAIN_AFTER_LOOKS);
  }

  /** Writes beside a file what became of it. */
  void deployed(Path file, String what) throws IOException {
    Files.writeString(deployedMarker(file), what + "\n");
    Files.deleteIfExists(refusedMarker(file));
  }

  /**
   * Writes beside a file why it was not taken up, once as long as that is the same. Where that may
   * pass, such as a full disk, the file is taken once more after a pause.
   *
   * @param failed what was not done, and why
   * @param failure where a full disk is looked for
   * @param nextStep what else the operator does about it; empty where the failure says that
   */
  void refused(Path file, String failed, Exception failure, String nextStep) throws IOException {
    String text = failed + nextStep;
    if (Hold.of(failure, HoldReason.INSTALL).reason().passing()) {
      again(file);
      text = failed + AGAIN;
    }
    Path marker = refusedMarker(file);
    if (Files.exists(marker) && Files.readString(marker).equals(text + "\n")) {
      Files.setLastModifiedTime(marker, FileTime.from(Instant.now()));
      return;
    }
    tell(file, text);
    Files.writeString(marker, text + "\n");
  }

  /** Whether an earlier run of the node has refused a file as it is, for good. */
  static boolean wasRefused(Path file) throws IOException {
    Path refused = refusedMarker(file);
    return Files.exists(refused)
        && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(refused)) <= 0
        && !Files.readString(refused).strip().endsWith(AGAIN);
  }

  /** Says it of a file once. */
  private void tell(Path file, String text) {
    if (!text.equals(told.put(file, text))) {
      LOG.error("{}", text);
    }
  }

  static Path deployedMarker(Path file) {
    return file.resolveSibling(file.getFileName() + ".deployed");
  }

  static Path refusedMarker(Path file) {
    return file.resolveSibling(file.getFileName() + ".refused");
  }

  /** Says it once. */
  private void problem(String text) {
    if (!text.equals(lastProblem)) {
      lastProblem = text;
      LOG.error("{}", text);
    }
  }

  /** Ends the thread, after the work at hand where that does not take long. */
  @Override
  public void close() {
    closed.countDown();
    try {
      if (thread != null) {
        thread.join(PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
