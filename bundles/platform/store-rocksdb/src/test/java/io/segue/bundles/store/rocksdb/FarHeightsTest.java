package io.segue.bundles.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.store.rocksdb.commit.HeightsAbove;
import io.segue.bundles.store.rocksdb.database.Database;
import io.segue.bundles.store.rocksdb.database.PinnedRows;
import io.segue.bundles.store.rocksdb.database.Pruning;
import io.segue.bundles.store.rocksdb.database.RowCursor;
import io.segue.bundles.store.rocksdb.database.Rows;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.testkit.SmtVerifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heights that are so far back that what changed since is passed through, not held. */
class FarHeightsTest {
  private static final int HEIGHTS = HeightsAbove.MANY + 40;
  private static final int KEYS = 60;

  @TempDir Path directory;

  private final Random random = new Random(3);
  private final List<TreeMap<String, String>> states = new ArrayList<>();

  @Test
  void areReadListedAndProvedAsTheyWere() {
    try (RocksStateStore store =
        RocksStateStore.open(
            directory.resolve("state"), StoreOptions.defaults().with(Pruning.NOTHING))) {
      commitAll(store);
      assertThat(store.oldestHeight()).isZero();
      for (int height : new int[] {0, 1, 17, 39, 41, HEIGHTS / 2}) {
        TreeMap<String, String> expected = states.get(height);
        try (StateView view = store.view(height)) {
          for (int key = 0; key < KEYS; key++) {
            byte[] value = view.store("bank").get(bytes("key" + key));
            assertThat(value == null ? null : new String(value, UTF_8))
                .as("key %s at height %s", key, height)
                .isEqualTo(expected.get("key" + key));
          }
          assertThat(view.store("bank").size()).isEqualTo(expected.size());
          assertThat(list(view, "key", null, false)).isEqualTo(texts(expected));
          assertThat(list(view, "key2", "key4", false))
              .isEqualTo(texts(expected.subMap("key2", "key4")));
          List<String> reverse = texts(expected.subMap("key1", "key5"));
          Collections.reverse(reverse);
          assertThat(list(view, "key1", "key5", true)).isEqualTo(reverse);
          assertThat(store.rootOf(view.store("bank"), read -> {}))
              .isEqualTo(store.roots(height).get("bank"));
        }
        for (int key = 0; key < KEYS; key += 7) {
          String value = expected.get("key" + key);
          assertThat(
                  SmtVerifier.verifyKey(
                      store.prove("bank", bytes("key" + key), height).get(0).data(),
                      store.roots(height).get("bank"),
                      bytes("key" + key),
                      value == null ? null : bytes(value)))
              .isTrue();
        }
      }
      TreeSet<String> changed = new TreeSet<>();
      store.changedSince(0, (name, key) -> changed.add(new String(key, UTF_8)));
      assertThat(changed).hasSize(KEYS);
    }
  }

  @Test
  void goAwayOnceTheyAreNotKept() {
    try (RocksStateStore store =
        RocksStateStore.open(
            directory.resolve("state"), StoreOptions.defaults().with(new Pruning(50, 10)))) {
      commitAll(store);
      assertThat(store.height() - store.oldestHeight() + 1).isBetween(50L, 59L);
      assertThat(store.roots(store.oldestHeight())).containsKey("bank");
    }
    try (Database database = Database.open(directory.resolve("state"), StoreOptions.defaults())) {
      PinnedRows rows = new PinnedRows(database);
      int indexes = 0;
      try (RowCursor cursor =
          rows.cursor(
              Database.Family.CHANGES, Rows.firstRow(0), Rows.firstRow(Rows.NUMBERS_END), false)) {
        while (cursor.next()) {
          assertThat(Rows.heightOf(cursor.row())).isGreaterThan(HEIGHTS - 60L);
          indexes++;
        }
      }
      rows.release();
      assertThat(indexes).isLessThan(2 * 60);
    }
  }

  private void commitAll(RocksStateStore store) {
    TreeMap<String, String> state = new TreeMap<>();
    for (int height = 0; height < HEIGHTS; height++) {
      TreeMap<String, Change> changes = new TreeMap<>();
      for (int i = 0; i < 3; i++) {
        String key = "key" + random.nextInt(KEYS);
        String value = random.nextInt(4) == 0 ? null : "at" + height;
        changes.put(key, new Change(bytes(key), value == null ? null : bytes(value), false, null));
        if (value == null) {
          state.remove(key);
        } else {
          state.put(key, value);
        }
      }
      states.add(new TreeMap<>(state));
      List<IndexChange> index = height == 0 ? List.of(new IndexChange.Add("bank")) : List.of();
      store.commit(
          store.stage(index, new TreeMap<>(Map.of("bank", List.copyOf(changes.values())))),
          height,
          Map.of());
    }
  }

  private static List<String> texts(Map<String, String> entries) {
    List<String> texts = new ArrayList<>();
    entries.forEach((key, value) -> texts.add(key + "=" + value));
    return texts;
  }

  private static List<String> list(StateView view, String from, String to, boolean reverse) {
    List<String> entries = new ArrayList<>();
    try (KVIterator iterator =
        view.store("bank").iterate(bytes(from), to == null ? null : bytes(to), reverse)) {
      while (iterator.next()) {
        entries.add(new String(iterator.key(), UTF_8) + "=" + new String(iterator.value(), UTF_8));
      }
    }
    return entries;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
