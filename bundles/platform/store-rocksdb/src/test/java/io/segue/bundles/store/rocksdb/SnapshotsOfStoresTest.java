package io.segue.bundles.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.store.rocksdb.database.Pruning;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.snapshot.SnapshotLimits;
import io.segue.kernel.core.snapshot.SnapshotMetadata;
import io.segue.kernel.core.snapshot.SnapshotReader;
import io.segue.kernel.core.snapshot.SnapshotWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random stores, their snapshot, and what is restored from it. */
class SnapshotsOfStoresTest {
  private static final int RUNS = 12;
  private static final long HEIGHT = 5;
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:05.000000007Z");
  private static final String PARAMS = "of no meaning here";
  private static final StoreOptions KEEPS_ONE = new StoreOptions(Pruning.exactly(1), 8, 1);

  @TempDir Path folder;

  @Test
  void haveTheSameRootAndEntriesWhateverTheirSizes() throws Exception {
    for (int run = 0; run < RUNS; run++) {
      Random random = new Random(run);
      SnapshotLimits limits =
          new SnapshotLimits(1 + random.nextInt(4000), 1 << 20, 200, 3000, 1, 100, 1L << 40);
      try (RocksStateStore store = random(folder.resolve("from" + run), random);
          RocksStateStore restored =
              RocksStateStore.open(folder.resolve("to" + run), StoreOptions.defaults())) {
        byte[] bytes = write(store, limits);
        restore(bytes, limits, restored);
        assertThat(restored.appHash(HEIGHT)).isEqualTo(store.appHash(HEIGHT));
        assertThat(entries(restored)).isEqualTo(entries(store));
        assertThat(write(restored, limits)).as("from a store with another past").isEqualTo(bytes);
      }
    }
  }

  @Test
  void areOfTheirHeightWhateverIsCommittedAndPrunedMeanwhile() throws Exception {
    SnapshotLimits limits = SnapshotLimits.DEFAULT;
    Random random = new Random(99);
    try (RocksStateStore store = random(folder.resolve("store"), random);
        StateView view = store.view(HEIGHT)) {
      byte[] before = write(store, limits);
      for (long height = HEIGHT + 1; height < HEIGHT + 8; height++) {
        commit(store, height, random);
      }
      assertThat(store.oldestHeight()).isGreaterThan(HEIGHT);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new SnapshotWriter(limits).write(view, TIME, PARAMS, List.of(), contents(), out);
      assertThat(out.toByteArray()).isEqualTo(before);
    }
  }

  private RocksStateStore random(Path path, Random random) {
    RocksStateStore store = RocksStateStore.open(path, KEEPS_ONE);
    for (long height = 1; height <= HEIGHT; height++) {
      commit(store, height, random);
    }
    return store;
  }

  private static void commit(RocksStateStore store, long height, Random random) {
    List<IndexChange> index = new ArrayList<>();
    if (height == 1) {
      for (String name : List.of("acc", "bank", "empty", "Z-9_.a")) {
        index.add(new IndexChange.Add(name));
      }
    }
    TreeMap<String, List<Change>> changes = new TreeMap<>();
    for (String name : List.of("acc", "bank", "Z-9_.a")) {
      TreeMap<byte[], Change> sorted = new TreeMap<>(Arrays::compareUnsigned);
      for (int i = random.nextInt(60); i > 0; i--) {
        byte[] key = bytes(random, 1 + random.nextInt(random.nextInt(10) == 0 ? 200 : 2));
        byte[] value = random.nextInt(5) == 0 ? null : bytes(random, 1 + random.nextInt(3000));
        sorted.put(key, new Change(key, value, false, null));
      }
      changes.put(name, List.copyOf(sorted.values()));
    }
    store.commit(store.stage(index, changes), height, Map.of("height", new byte[] {(byte) height}));
  }

  private byte[] write(RocksStateStore store, SnapshotLimits limits) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (StateView view = store.view(HEIGHT)) {
      byte[] metadata =
          new SnapshotWriter(limits).write(view, TIME, PARAMS, List.of(), contents(), out);
      SnapshotMetadata read = SnapshotMetadata.read(HEIGHT, metadata, limits);
      byte[] all = out.toByteArray();
      assertThat(read.size()).isEqualTo(all.length);
      for (int i = 0; i < read.chunks(); i++) {
        int from = (int) read.offset(i);
        byte[] chunk = Arrays.copyOfRange(all, from, from + read.length(i));
        assertThat(read.fits(i, chunk)).isTrue();
        chunk[i % chunk.length] ^= 1;
        assertThat(read.fits(i, chunk)).isFalse();
      }
      return all;
    }
  }

  private static void restore(byte[] bytes, SnapshotLimits limits, RocksStateStore store)
      throws Exception {
    SnapshotReader reader = new SnapshotReader(new ByteArrayInputStream(bytes), limits);
    assertThat(reader.begin(HEIGHT)).isEqualTo(new SnapshotReader.Block(TIME, PARAMS));
    List<IndexChange> index = new ArrayList<>();
    for (int left = reader.stores(); left > 0; left--) {
      String name = reader.store();
      try (BulkWriter writer = store.bulkWriter()) {
        reader.entries(writer);
        index.add(new IndexChange.Adopt(name, writer.finish()));
      }
    }
    reader.generations(List.of());
    reader.requireBundles(0);
    reader.end();
    store.commit(store.stage(index, new TreeMap<>()), HEIGHT, Map.of());
  }

  private static Map<String, String> entries(RocksStateStore store) {
    Map<String, String> all = new TreeMap<>();
    try (StateView view = store.view(HEIGHT)) {
      for (String name : view.stores()) {
        all.put(name, Long.toString(view.store(name).size()));
        try (KVIterator entries = view.store(name).iterate(new byte[0], null, false)) {
          while (entries.next()) {
            all.put(
                name + " " + HexFormat.of().formatHex(entries.key()),
                HexFormat.of().formatHex(entries.value()));
          }
        }
      }
    }
    return all;
  }

  private ContentStore contents() throws Exception {
    return ContentStore.open(folder.resolve("contents"));
  }

  private static byte[] bytes(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
