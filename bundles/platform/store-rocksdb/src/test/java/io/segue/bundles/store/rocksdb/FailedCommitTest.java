package io.segue.bundles.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.store.rocksdb.database.Database;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateStore.Staged;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.store.StoreFullException;
import io.segue.kernel.testkit.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commit that fails, and what is left of it. */
class FailedCommitTest {
  private static final long DISK_BYTES = 48L << 20;
  private static final int VALUE_BYTES = 1 << 20;
  private static final long MAX_HEIGHTS = 64;
  private static final long LIMIT_NS = 60_000_000_000L;
  private static final long RETRY_NS = 100_000_000;

  @TempDir Path folder;

  @Test
  void leavesNothingWhereAnotherIsCommittedInItsPlace() {
    Database database = Database.open(folder, StoreOptions.defaults());
    try (RocksStateStore store = RocksStateStore.open(database, StoreOptions.defaults())) {
      store.commit(
          store.stage(
              List.of(new IndexChange.Add("bank")), changes("bank", put("a", "1"), put("b", "2"))),
          0,
          Map.of());
      Staged first =
          store.stage(
              List.of(new IndexChange.Add("more")),
              with(
                  changes("bank", put("a", "9"), delete("b"), put("c", "3")),
                  "more",
                  put("x", "1"))); // its store gets the number that the other's gets
      database.onWritten(
          () -> {
            throw new UncheckedIOException(new IOException("Input/output error"));
          });
      assertThatThrownBy(() -> store.commit(first, 1, Map.of())).hasMessageContaining("error");
      assertThatThrownBy(() -> store.commit(first, 1, Map.of())).hasMessageContaining("error");
      database.onWritten(() -> {});
      store.drop(first);
      store.commit(
          store.stage(
              List.of(new IndexChange.Add("other")),
              with(changes("bank", put("d", "4")), "other", put("y", "1"))),
          1,
          Map.of());
      assertHasOnlyTheSecond(store);
    }
    try (RocksStateStore store = RocksStateStore.open(folder, StoreOptions.defaults())) {
      assertHasOnlyTheSecond(store);
    }
  }

  private static void assertHasOnlyTheSecond(StateStore store) {
    assertThat(store.height()).isEqualTo(1);
    assertThat(store.roots(1)).containsOnlyKeys("bank", "other");
    try (StateView view = store.view(1)) {
      for (String name : List.of("bank", "other")) {
        assertThat(store.rootOf(view.store(name), read -> {})).isEqualTo(store.roots(1).get(name));
      }
      assertThat(view.store("bank").get(bytes("a"))).isEqualTo(bytes("1"));
      assertThat(view.store("bank").get(bytes("b"))).isEqualTo(bytes("2"));
      assertThat(view.store("bank").get(bytes("c"))).isNull();
      assertThat(view.store("other").get(bytes("x"))).isNull();
    }
    try (StateView view = store.view(0)) {
      assertThat(store.rootOf(view.store("bank"), read -> {}))
          .isEqualTo(store.roots(0).get("bank"));
    }
  }

  @Test
  void isWrittenOnceThereIsRoomOnTheDisk() throws IOException {
    StoreOptions options = StoreSettings.read(Map.of("writeBufferMb", "4"));
    if (!SmallDisk.permitted()) {
      waitsForRoom(folder, options, () -> {}, () -> {}, true);
      return;
    }
    try (SmallDisk disk = SmallDisk.at(folder, DISK_BYTES)) {
      waitsForRoom(folder.resolve("state"), options, disk::fill, disk::free, false);
    }
  }

  @FunctionalInterface
  private interface Act {
    void run() throws IOException;
  }

  /** Commits until the disk is full, and then the last one again until there is room. */
  private static void waitsForRoom(
      Path state, StoreOptions options, Act fill, Act free, boolean injected) throws IOException {
    Database database = Database.open(state, options);
    try (RocksStateStore store = RocksStateStore.open(database, options)) {
      store.commit(store.stage(List.of(new IndexChange.Add("bank")), changes("bank")), 0, Map.of());
      fill.run();
      if (injected) {
        database.onWritten(
            () -> {
              throw new StoreFullException("injected", new IOException());
            });
      }
      Staged[] staged = new Staged[1];
      long height = 0;
      Throwable full = null;
      while (full == null) {
        Change large = new Change(bytes("key" + height), new byte[VALUE_BYTES], false, null);
        full = failure(store, staged, height + 1, large);
        height += full == null ? 1 : 0;
        assertThat(height).as("heights on a full disk").isLessThan(MAX_HEIGHTS);
      }
      assertThat(full).isInstanceOf(StoreFullException.class);
      free.run();
      database.onWritten(() -> {});
      long end = System.nanoTime() + LIMIT_NS;
      while (store.height() <= height) {
        try {
          store.commit(staged[0], height + 1, Map.of());
        } catch (StoreFullException | UncheckedIOException e) {
          assertThat(System.nanoTime()).as("time; " + e).isLessThan(end);
          LockSupport.parkNanos(RETRY_NS);
        }
      }
    }
    try (RocksStateStore store = RocksStateStore.open(state, options)) {
      try (StateView view = store.view(store.height())) {
        assertThat(store.rootOf(view.store("bank"), read -> {}))
            .isEqualTo(store.roots(store.height()).get("bank"));
      }
    }
  }

  /** What refuses the height; null where it is committed. */
  private static Throwable failure(
      RocksStateStore store, Staged[] staged, long height, Change change) {
    staged[0] = store.stage(List.of(), new TreeMap<>(Map.of("bank", List.of(change))));
    try {
      store.commit(staged[0], height, Map.of());
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  private static SortedMap<String, List<Change>> changes(String store, Change... changes) {
    return new TreeMap<>(Map.of(store, List.of(changes)));
  }

  private static SortedMap<String, List<Change>> with(
      SortedMap<String, List<Change>> all, String store, Change change) {
    all.put(store, List.of(change));
    return all;
  }

  private static Change put(String key, String value) {
    return new Change(bytes(key), bytes(value), false, null);
  }

  private static Change delete(String key) {
    return new Change(bytes(key), null, false, null);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
