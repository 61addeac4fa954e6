package io.segue.bundles.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.store.rocksdb.database.RawRows;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.store.StateView;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed at any moment leaves the state of its last commit, and no other. */
@NullUnmarked
class KilledProcessTest {
  private static final int KILLS = 6;

  @TempDir Path directory;

  @Test
  void leavesTheStateOfTheLastCommit() throws Exception {
    Random random = new Random(5);
    Path killed = directory.resolve("killed");
    try (RocksStateStore expected =
        RocksStateStore.open(directory.resolve("expected"), CommittingProcess.OPTIONS)) {
      for (int kill = 0; kill < KILLS; kill++) {
        long announced =
            commitUntilKilled(killed, 1 + random.nextInt(40), random.nextInt(12_000_000));
        // Opening it compares the rows of every store with the root that was committed.
        try (RocksStateStore store = RocksStateStore.open(killed, CommittingProcess.OPTIONS)) {
          assertThat(store.height()).isBetween(announced, announced + 1);
          while (expected.height() < store.height()) {
            CommittingProcess.commitNext(expected);
          }
          assertSame(store, expected);
        }
        assertNothingIsLeftOver(killed, expected);
      }
    }
  }

  /** Starts a process, waits for some commits and a little longer, and kills it. */
  private static long commitUntilKilled(Path folder, int commits, int moreNs) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx256m",
                "-Djava.io.tmpdir=" + folder.toAbsolutePath().getParent(),
                CommittingProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader heights = process.inputReader()) {
      long announced = -1;
      for (int i = 0; i < commits; i++) {
        announced = Long.parseLong(heights.readLine());
      }
      long end = System.nanoTime() + moreNs;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      // By its handle, which leaves what it has said readable.
      process.toHandle().destroyForcibly();
      process.onExit().join();
      for (String line = heights.readLine(); line != null; line = heights.readLine()) {
        announced = Long.parseLong(line);
      }
      return announced;
    } finally {
      process.destroyForcibly();
    }
  }

  private static void assertSame(RocksStateStore store, RocksStateStore expected) {
    assertThat(store.oldestHeight()).isEqualTo(expected.oldestHeight());
    assertThat(store.metadata().get("height")).isEqualTo(expected.metadata().get("height"));
    for (long height = store.height(); height >= store.oldestHeight(); height--) {
      assertThat(store.appHash(height)).isEqualTo(expected.appHash(height));
      try (StateView view = store.view(height);
          StateView other = expected.view(height)) {
        assertThat(view.stores()).isEqualTo(other.stores());
        for (String name : view.stores()) {
          assertSameEntries(view, other, name);
        }
      }
    }
  }

  private static void assertSameEntries(StateView view, StateView other, String name) {
    try (KVIterator entries = view.store(name).iterate(new byte[0], null, false);
        KVIterator others = other.store(name).iterate(new byte[0], null, false)) {
      while (others.next()) {
        assertThat(entries.next()).isTrue();
        assertThat(entries.key()).isEqualTo(others.key());
        assertThat(entries.value()).isEqualTo(others.value());
      }
      assertThat(entries.next()).isFalse();
    }
  }

  /** Rows exist only of numbers that a height refers to. */
  private static void assertNothingIsLeftOver(Path folder, RocksStateStore expected) {
    int stores = 0;
    for (long height = expected.oldestHeight(); height <= expected.height(); height++) {
      stores = Math.max(stores, expected.roots(height).size());
    }
    // One number of bank, and at most two of bulk in the heights that are kept.
    assertThat(RawRows.numbers(folder)).hasSizeBetween(1, stores + 1);
  }
}
