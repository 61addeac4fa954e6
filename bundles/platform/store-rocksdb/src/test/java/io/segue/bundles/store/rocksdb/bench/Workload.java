package io.segue.bundles.store.rocksdb.bench;

import io.segue.bundles.store.rocksdb.RocksStateStore;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateStore.Staged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A store with random keys of 32 bytes and values of 100 bytes, and blocks that change some. */
final class Workload implements AutoCloseable {
  static final String STORE = "bank";

  private static final int KEY_SIZE = 32;
  private static final int VALUE_SIZE = 100;

  private final Path directory;
  private final RocksStateStore store;
  private final Random random = new Random(7);
  private final byte[][] keys;
  private final byte[][] values;

  Workload(int size) throws IOException {
    Path parent =
        Path.of(System.getProperty("segue.bench.dir", System.getProperty("java.io.tmpdir")));
    directory = Files.createTempDirectory(parent, "segue-bench");
    store = RocksStateStore.open(directory, StoreOptions.defaults());
    keys = new byte[size][];
    values = new byte[size][];
    try (BulkWriter writer = store.bulkWriter()) {
      for (int i = 0; i < size; i++) {
        keys[i] = bytes(KEY_SIZE);
        values[i] = bytes(VALUE_SIZE);
        writer.put(keys[i], values[i]);
      }
      List<IndexChange> index = List.of(new IndexChange.Adopt(STORE, writer.finish()));
      store.commit(store.stage(index, new TreeMap<>()), 1, Map.of());
    }
  }

  RocksStateStore store() {
    return store;
  }

  /** Keeps what only {@link #block} needs no longer. */
  void forgetEntries() {
    Arrays.fill(keys, null);
    Arrays.fill(values, null);
  }

  /** Other values for some random keys, in order of the keys, with the old values. */
  SortedMap<String, List<Change>> block(int count, boolean oldKnown) {
    BitSet chosen = new BitSet(keys.length);
    List<Change> changes = new ArrayList<>(count);
    while (changes.size() < count) {
      int index = random.nextInt(keys.length);
      if (!chosen.get(index)) {
        chosen.set(index);
        byte[] value = bytes(VALUE_SIZE);
        changes.add(new Change(keys[index], value, oldKnown, oldKnown ? values[index] : null));
        values[index] = value;
      }
    }
    changes.sort(Comparator.comparing(Change::key, Arrays::compareUnsigned));
    return new TreeMap<>(Map.of(STORE, changes));
  }

  void commit(SortedMap<String, List<Change>> block) {
    Staged staged = store.stage(List.of(), block);
    store.commit(staged, store.height() + 1, Map.of());
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  @Override
  public void close() throws IOException {
    store.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
