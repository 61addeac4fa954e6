package io.segue.bundles.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.store.rocksdb.database.Pruning;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.bundles.store.rocksdb.tree.Hasher;
import io.segue.kernel.api.abci.Abci.ProofOp;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateStore.BulkStore;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateStore.Staged;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.testkit.InMemoryStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random blocks in the store and in the model, which must never differ in anything seen. */
@NullUnmarked
class RandomModelTest {
  private static final int BLOCKS = 120;
  private static final int KEEP_HEIGHTS = 12;
  private static final int KEYS = 60;
  private static final List<String> NAMES = List.of("acc", "bank", "gov", "staking", "upgrade");

  @TempDir Path directory;

  private final StateStore model = new InMemoryStore(KEEP_HEIGHTS);
  private StateStore store;
  private Random random;
  private String padding = "";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void neverDiffersFromTheModel(long seed) {
    random = new Random(seed);
    // Large values make a block's changes fill several rows.
    padding = seed % 2 == 0 ? "-".repeat(3000) : "";
    store = open();
    for (int block = 0; block < BLOCKS; block++) {
      commitBlock();
      assertSame(model.height());
      if (random.nextInt(10) == 0) {
        store.close();
        store = open();
      }
      assertSame(
          model.oldestHeight() + random.nextInt((int) (model.height() - model.oldestHeight() + 1)));
    }
    for (long height = model.height(); height >= model.oldestHeight(); height--) {
      assertSame(height);
    }
    store.close();
  }

  private StateStore open() {
    return RocksStateStore.open(
        directory.resolve("state"), StoreOptions.defaults().with(Pruning.exactly(KEEP_HEIGHTS)));
  }

  private void commitBlock() {
    TreeSet<String> names = new TreeSet<>(model.roots(model.height()).keySet());
    List<IndexChange> inModel = new ArrayList<>();
    List<IndexChange> inStore = new ArrayList<>();
    if (random.nextInt(4) == 0) {
      changeIndex(names, inModel, inStore);
    }
    SortedMap<String, List<Change>> changes = new TreeMap<>();
    for (String name : names) {
      if (random.nextInt(3) > 0) {
        changes.put(name, changes());
      }
    }
    Staged expected = model.stage(inModel, changes);
    Staged staged = store.stage(inStore, changes);
    if (random.nextInt(5) == 0 && inStore.isEmpty()) {
      store.drop(staged);
      staged = store.stage(inStore, changes);
    }
    assertThat(staged.appHash()).isEqualTo(expected.appHash());
    long height = model.height() < 0 ? 1 + random.nextInt(9) : model.height() + 1;
    Map<String, byte[]> metadata = Map.of("block", bytes("b" + height));
    model.commit(expected, height, metadata);
    store.commit(staged, height, metadata);
  }

  private void changeIndex(
      TreeSet<String> names, List<IndexChange> inModel, List<IndexChange> inStore) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    String other = NAMES.get(random.nextInt(NAMES.size()));
    if (random.nextInt(3) == 0) {
      SortedMap<String, String> entries = new TreeMap<>();
      for (int i = random.nextInt(200); i > 0; i--) {
        entries.put(key(), "bulk" + random.nextInt(1000));
      }
      inModel.add(new IndexChange.Adopt(name, bulk(model, entries)));
      inStore.add(new IndexChange.Adopt(name, bulk(store, entries)));
      names.add(name);
      return;
    }
    IndexChange change;
    if (!names.contains(name)) {
      change = new IndexChange.Add(name);
      names.add(name);
    } else if (!names.contains(other)) {
      change = new IndexChange.Rename(name, other);
      names.remove(name);
      names.add(other);
    } else {
      change = new IndexChange.Delete(name);
      names.remove(name);
    }
    inModel.add(change);
    inStore.add(change);
  }

  private static BulkStore bulk(StateStore store, SortedMap<String, String> entries) {
    try (BulkWriter writer = store.bulkWriter()) {
      entries.forEach((key, value) -> writer.put(bytes(key), bytes(value)));
      return writer.finish();
    }
  }

  private List<Change> changes() {
    SortedMap<String, Change> changes = new TreeMap<>();
    for (int i = random.nextInt(25); i > 0; i--) {
      String key = key();
      byte[] value = random.nextInt(3) == 0 ? null : bytes("v" + random.nextInt(50) + padding);
      changes.put(key, new Change(bytes(key), value, false, null));
    }
    return List.copyOf(changes.values());
  }

  private String key() {
    int number = random.nextInt(KEYS);
    return "k".repeat(1 + number % 3) + number;
  }

  private void assertSame(long height) {
    assertThat(store.height()).isEqualTo(model.height());
    assertThat(store.oldestHeight()).isEqualTo(model.oldestHeight());
    assertThat(store.metadata().get("block")).isEqualTo(model.metadata().get("block"));
    assertThat(store.metadata(height).get("block")).isEqualTo(model.metadata(height).get("block"));
    assertThat(store.appHash(height)).isEqualTo(model.appHash(height));
    assertThat(texts(store.roots(height))).isEqualTo(texts(model.roots(height)));
    assertThat(changed(store, height)).isEqualTo(changed(model, height));
    try (StateView expected = model.view(height);
        StateView view = store.view(height)) {
      assertThat(view.stores()).isEqualTo(expected.stores());
      for (String name : expected.stores()) {
        assertThat(view.store(name).size()).isEqualTo(expected.store(name).size());
        byte[] from = bytes("k".repeat(random.nextInt(4)));
        byte @Nullable [] to = random.nextBoolean() ? null : bytes(key());
        boolean reverse = random.nextBoolean();
        assertThat(entries(view, name, from, to, reverse))
            .isEqualTo(entries(expected, name, from, to, reverse));
        byte[] key = bytes(key());
        assertThat(view.store(name).get(key)).isEqualTo(expected.store(name).get(key));
        if (expected.store(name).size() > 0) {
          assertThat(proof(store, name, key, height)).isEqualTo(proof(model, name, key, height));
          for (int bytes = 0; bytes < 3; bytes++) {
            byte[] prefix = Arrays.copyOf(new Hasher().hash(key), bytes);
            assertThat(below(store, name, height, prefix))
                .isEqualTo(below(model, name, height, prefix));
          }
        }
      }
    }
  }

  private static List<String> proof(StateStore store, String name, byte[] key, long height) {
    List<String> proof = new ArrayList<>();
    for (ProofOp op : store.prove(name, key, height)) {
      proof.add(op.type() + " " + hex(op.key()) + " " + hex(op.data()));
    }
    return proof;
  }

  private static List<String> below(StateStore store, String name, long height, byte[] prefix) {
    List<String> below = new ArrayList<>();
    for (StateStore.Subtree subtree : store.subtrees(name, height, prefix)) {
      below.add(hex(subtree.prefix()) + " " + subtree.keys() + " " + hex(subtree.root()));
    }
    store.keysBelow(name, height, prefix, 5).forEach(key -> below.add(hex(key)));
    return below;
  }

  private static List<String> entries(
      StateView view, String name, byte[] from, byte @Nullable [] to, boolean reverse) {
    List<String> entries = new ArrayList<>();
    try (KVIterator iterator = view.store(name).iterate(from, to, reverse)) {
      while (iterator.next()) {
        entries.add(hex(iterator.key()) + "=" + hex(iterator.value()));
      }
    }
    return entries;
  }

  private static List<String> changed(StateStore store, long height) {
    List<String> changed = new ArrayList<>();
    store.changedSince(height, (name, key) -> changed.add(name + "/" + hex(key)));
    return changed;
  }

  private static Map<String, String> texts(Map<String, byte[]> roots) {
    Map<String, String> texts = new TreeMap<>();
    roots.forEach((name, root) -> texts.put(name, hex(root)));
    return texts;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
