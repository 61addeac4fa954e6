package io.segue.bundles.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.store.rocksdb.database.RawRows;
import io.segue.kernel.api.store.StateStore.BulkStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes in bulk and is killed again and again ends with the same store. */
class KilledBulkWriteTest {
  private static final int KILLS = 6;

  @TempDir Path directory;

  @Test
  void goesOnUntilItIsDone() throws Exception {
    Path folder = directory.resolve("killed");
    List<Integer> begins = new ArrayList<>();
    String root = null;
    Random random = new Random(11);
    for (int run = 0; root == null; run++) {
      int saves = run < KILLS ? 1 + run / 2 : Integer.MAX_VALUE;
      root = runUntilKilled(folder, saves, random.nextInt(50), begins);
    }
    assertThat(begins).as("where each run began").isSorted();
    assertThat(begins.get(begins.size() - 1)).as("the last run had less to do").isPositive();
    try (RocksStateStore store =
            RocksStateStore.open(directory.resolve("expected"), CommittingProcess.OPTIONS);
        RocksStateStore killed = RocksStateStore.open(folder, CommittingProcess.OPTIONS)) {
      store.commit(store.stage(List.of(), new TreeMap<>()), 0, Map.of());
      BulkStore expected = BulkWritingProcess.write(store);
      assertThat(root).isEqualTo(HexFormat.of().formatHex(expected.root()));
      assertThat(killed.roots(1).get("bulk")).isEqualTo(expected.root());
    }
    assertThat(folder.resolve("bulk")).isEmptyDirectory();
    assertThat(RawRows.numbers(folder)).hasSize(1);
  }

  /**
   * Lets a process live until it has saved some times, and a little longer; its root, if it came
   * that far.
   */
  private static @Nullable String runUntilKilled(
      Path folder, int saves, int moreMs, List<Integer> begins)
      throws IOException, InterruptedException {
    Path progress = folder.resolve("bulk").resolve("1-0").resolve("progress");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx512m",
                "-Djava.io.tmpdir=" + folder.toAbsolutePath().getParent(),
                BulkWritingProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      begins.add(Integer.parseInt(lines.readLine()));
      Object saved = fileKey(progress);
      for (int seen = 0; seen < saves && !process.waitFor(1, TimeUnit.MILLISECONDS); ) {
        Object now = fileKey(progress);
        if (!Objects.equals(saved, now)) {
          saved = now;
          seen++;
        }
      }
      process.waitFor(moreMs, TimeUnit.MILLISECONDS);
      process.toHandle().destroyForcibly();
      process.onExit().join();
      return lines.readLine();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Which file it is, as each save exchanges it; null where there is none. */
  private static @Nullable Object fileKey(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
