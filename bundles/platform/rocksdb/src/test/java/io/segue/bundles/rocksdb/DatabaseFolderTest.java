package io.segue.bundles.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB comes to an end with every folder that was prepared, whatever its files end with. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
class DatabaseFolderTest {
  private static final int BATCHES = 4;
  private static final long SEED = 1;

  /** Not every offset: each opens a database. */
  private static final int STEP_BYTES = 3;

  @TempDir Path folder;
  private Path database;

  @FunctionalInterface
  private interface Damage {
    byte[] to(byte[] bytes, int at);
  }

  @BeforeAll
  static void load() {
    RocksDB.loadLibrary();
  }

  @Test
  void opensWhereTheEndOfTheLogIsThereTwice() throws IOException, RocksDBException {
    write(BATCHES, 20);
    assertThat(rowsAfter("[0-9]+\\.log", DatabaseFolderTest::twice)).containsOnly(BATCHES);
  }

  @Test
  void opensOrRefusesWhereTheEndOfTheManifestIsThereTwice() throws IOException, RocksDBException {
    write(BATCHES, 20);
    assertThat(rowsAfter("MANIFEST-[0-9]+", DatabaseFolderTest::twice)).containsOnly(BATCHES, -1);
  }

  @Test
  void opensWithWhatStandsBeforeBytesOfAnotherFile() throws IOException, RocksDBException {
    write(BATCHES, 20);
    Random random = new Random(SEED);
    Damage damage =
        (bytes, at) -> {
          byte[] damaged = Arrays.copyOf(bytes, bytes.length + at);
          for (int i = bytes.length; i < damaged.length; i++) {
            damaged[i] = (byte) random.nextInt(12);
          }
          return damaged;
        };
    assertThat(rowsAfter("[0-9]+\\.log", damage)).containsOnly(BATCHES);
  }

  @Test
  void leavesAWholeLogOfManyBlocksAsItIs() throws IOException, RocksDBException {
    write(200, 1000);
    Path file = file("[0-9]+\\.log");
    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes.length).isGreaterThan(6 * (32 << 10));
    DatabaseFolder.prepare(database);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);

    Files.write(file, twice(bytes, bytes.length / 2));
    DatabaseFolder.prepare(database);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    assertThat(rows()).isEqualTo(200);
  }

  @Test
  void leavesTheEndThatACrashLeavesToRocksDb() throws IOException, RocksDBException {
    write(BATCHES, 20);
    Path file = file("[0-9]+\\.log");
    byte[] torn = Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) - 3);
    Files.write(file, torn);
    DatabaseFolder.prepare(database);
    assertThat(Files.readAllBytes(file)).isEqualTo(torn);
    assertThat(rows()).isEqualTo(BATCHES - 1);
  }

  @Test
  void refusesALogThatIsDamagedBeforeLaterChanges() throws IOException, RocksDBException {
    write(BATCHES, 20);
    Path file = file("[0-9]+\\.log");
    byte[] bytes = Files.readAllBytes(file);
    Path later = database.resolve("000999.log");
    // The same changes, without the first of them: a gap behind a damaged first record.
    Files.write(later, Arrays.copyOfRange(bytes, bytes.length / (BATCHES - 1), bytes.length));
    bytes[10] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> DatabaseFolder.prepare(database))
        .isInstanceOf(DamagedDatabaseException.class)
        .hasMessageContaining(file + " is damaged behind byte 0")
        .hasMessageContaining("later changes stand in " + later);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void doesNothingWhereThereIsNoDatabase() throws IOException {
    DatabaseFolder.prepare(folder.resolve("none"));
    assertThat(folder.resolve("none")).doesNotExist();
  }

  /** The rows after each damage; -1 where the folder is refused. */
  private List<Integer> rowsAfter(String pattern, Damage damage) throws IOException {
    Path file = file(pattern);
    byte[] whole = Files.readAllBytes(file);
    Path source = database;
    List<Integer> found = new ArrayList<>();
    for (int at = 0; at < whole.length; at += STEP_BYTES) {
      database = folder.resolve("damaged" + at);
      copy(source, database);
      Files.write(database.resolve(file.getFileName()), damage.to(whole, at));
      try {
        found.add(rows());
      } catch (DamagedDatabaseException | RocksDBException e) {
        found.add(-1);
      }
    }
    return found;
  }

  /** Writes batches of two rows, one of them always the same. */
  private void write(int batches, int valueBytes) throws RocksDBException {
    database = folder.resolve("database");
    try (Options options = new Options().setCreateIfMissing(true);
        RocksDB db = RocksDB.open(options, database.toString());
        WriteOptions written = new WriteOptions()) {
      for (int i = 1; i < batches; i++) {
        try (WriteBatch batch = new WriteBatch()) {
          batch.put(("key " + i).getBytes(UTF_8), new byte[valueBytes]);
          batch.put("last".getBytes(UTF_8), new byte[] {(byte) i});
          db.write(written, batch);
        }
      }
    }
  }

  private int rows() throws IOException, RocksDBException {
    DatabaseFolder.prepare(database);
    try (Options options = new Options().setParanoidChecks(true);
        RocksDB db = RocksDB.open(options, database.toString());
        var rows = db.newIterator()) {
      int count = 0;
      for (rows.seekToFirst(); rows.isValid(); rows.next()) {
        count++;
      }
      return count;
    }
  }

  private static byte[] twice(byte[] bytes, int at) {
    byte[] damaged = Arrays.copyOf(bytes, 2 * bytes.length - at);
    System.arraycopy(bytes, at, damaged, bytes.length, bytes.length - at);
    return damaged;
  }

  private Path file(String pattern) throws IOException {
    try (var files = Files.list(database)) {
      return files
          .filter(file -> file.getFileName().toString().matches(pattern))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
