package io.segue.bundles.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segue.bundles.store.rocksdb.database.Pruning;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateStore.IndexChange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Commits blocks one after the other until it is killed, and says each height after its commit
 * returned. What a block changes follows from its height alone.
 */
public final class CommittingProcess {
  static final StoreOptions OPTIONS = new StoreOptions(Pruning.exactly(5), 8, 1);

  private static final int KEYS = 400;
  private static final int CHANGES = 120;
  private static final int BULK_EVERY = 7;

  private CommittingProcess() {}

  public static void main(String[] args) {
    RocksStateStore store = RocksStateStore.open(Path.of(args[0]), OPTIONS);
    while (true) {
      commitNext(store);
      System.out.println(store.height());
    }
  }

  /** The next block; some exchange the store {@code bulk}. */
  static void commitNext(RocksStateStore store) {
    long height = Math.max(1, store.height() + 1);
    List<IndexChange> index = new ArrayList<>();
    if (height == 1) {
      index.add(new IndexChange.Add("bank"));
    }
    if (height % BULK_EVERY == 0) {
      try (BulkWriter writer = store.bulkWriter()) {
        for (int i = 0; i < KEYS; i++) {
          writer.put(bytes("bulk" + i), bytes("at" + height));
        }
        index.add(new IndexChange.Adopt("bulk", writer.finish()));
      }
    }
    store.commit(
        store.stage(index, new TreeMap<>(Map.of("bank", changes(height)))),
        height,
        Map.of("height", bytes(String.valueOf(height))));
  }

  private static List<Change> changes(long height) {
    TreeMap<String, Change> changes = new TreeMap<>();
    for (int i = 0; i < CHANGES; i++) {
      String key = "key" + (height * 31 + (long) i * i) % KEYS;
      boolean delete = (height + i) % 5 == 0;
      byte[] value = delete ? null : bytes("v" + height + "/" + i);
      changes.put(key, new Change(bytes(key), value, false, null));
    }
    return List.copyOf(changes.values());
  }

  public static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
