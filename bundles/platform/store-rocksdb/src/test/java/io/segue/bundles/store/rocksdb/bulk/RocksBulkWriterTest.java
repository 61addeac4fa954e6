package io.segue.bundles.store.rocksdb.bulk;

import static io.segue.bundles.store.rocksdb.CommittingProcess.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.store.rocksdb.database.Database;
import io.segue.bundles.store.rocksdb.database.Database.Family;
import io.segue.bundles.store.rocksdb.database.Rows;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.kernel.api.store.DuplicateKeyException;
import io.segue.kernel.api.store.StateStore.BulkIdentity;
import io.segue.kernel.api.store.StateStore.BulkStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksBulkWriterTest {
  private static final long FEW_BYTES = 50_000;
  private static final long MANY_BYTES = 100_000_000;
  private static final int ENTRIES = 5_000;

  @TempDir Path directory;

  @Test
  void givesTheSameStoreWithLittleMemoryAsWithMuch() throws IOException {
    try (Database database = Database.open(directory.resolve("state"), StoreOptions.defaults())) {
      List<RocksBulkStore> finished = new ArrayList<>();
      for (int number = 1; number <= 2; number++) {
        Path folder = directory.resolve("bulk" + number);
        int taken = number;
        long memory = number == 1 ? FEW_BYTES : MANY_BYTES;
        try (RocksBulkWriter writer =
            new RocksBulkWriter(
                database, () -> taken, new BulkFolder(folder, null), memory, finished::add)) {
          for (int i = 0; i < ENTRIES; i++) {
            int scattered = i * 7919 % ENTRIES;
            writer.put(bytes("key" + scattered), bytes("value" + scattered));
          }
          BulkStore store = writer.finish();
          assertThat(store.size()).isEqualTo(ENTRIES);
        }
        assertThat(folder).doesNotExist();
        assertThat(database.get(Family.LATEST, Rows.row(number, bytes("key77"))))
            .isEqualTo(bytes("value77"));
      }
      assertThat(finished.get(0).root()).isEqualTo(finished.get(1).root());
    }
  }

  @Test
  void leavesNoFilesWhenAKeyIsThereTwice() throws IOException {
    try (Database database = Database.open(directory.resolve("state"), StoreOptions.defaults())) {
      Path folder = directory.resolve("bulk");
      List<RocksBulkStore> finished = new ArrayList<>();
      try (RocksBulkWriter writer =
          new RocksBulkWriter(
              database, () -> 1, new BulkFolder(folder, null), FEW_BYTES, finished::add)) {
        assertThatThrownBy(
                () -> {
                  for (int i = 0; i < ENTRIES; i++) {
                    writer.put(bytes("key" + i % (ENTRIES - 1)), bytes("value"));
                  }
                  writer.finish();
                })
            .isInstanceOfSatisfying(
                DuplicateKeyException.class,
                twice -> assertThat(twice.key()).isEqualTo(bytes("key0")));
      }
      assertThat(folder).doesNotExist();
      assertThat(finished).isEmpty();
    }
  }

  @Test
  void savesNoEntryBehindTheCursor() throws IOException {
    try (Database database = Database.open(directory.resolve("state"), StoreOptions.defaults())) {
      SavedBulk start = SavedBulk.start(new BulkIdentity(1, 0, "ab"));
      BulkFolder folder = new BulkFolder(directory.resolve("bulk"), start);
      try (RocksBulkWriter cutOff =
          new RocksBulkWriter(database, () -> 1, folder, FEW_BYTES, done -> {})) {
        put(cutOff, 0, 280);
        cutOff.save(bytes("280"));
        // Fills several files without another word.
        put(cutOff, 280, ENTRIES);
      }
      try (RocksBulkWriter writer =
          new RocksBulkWriter(database, () -> 2, folder, FEW_BYTES, done -> {})) {
        assertThat(writer.cursor()).isEqualTo(bytes("280"));
        put(writer, 280, ENTRIES);
        assertThat(writer.finish().size()).isEqualTo(ENTRIES);
      }
    }
  }

  private static void put(RocksBulkWriter writer, int from, int to) {
    for (int i = from; i < to; i++) {
      writer.put(bytes("key" + i), bytes("value" + i));
    }
  }
}
