package io.segue.bundles.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.store.rocksdb.database.Pruning;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.kernel.api.abci.Abci.ProofOp;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.store.HeightUnavailableException;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.testkit.SmtVerifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every block gives all keys the same value, its height: a reader that sees two saw a torn one. */
@NullUnmarked
class ConcurrentReadersTest {
  private static final int BLOCKS = 300;
  private static final int KEYS = 40;
  private static final int KEEP_HEIGHTS = 8;
  private static final int READERS = 4;

  @TempDir Path directory;

  private RocksStateStore store;
  private final AtomicBoolean done = new AtomicBoolean();

  @Test
  void neverShowsAHalfCommittedHeight() throws Exception {
    store =
        RocksStateStore.open(
            directory.resolve("state"),
            StoreOptions.defaults().with(Pruning.exactly(KEEP_HEIGHTS)));
    store.commit(store.stage(List.of(new IndexChange.Add("bank")), block(1)), 1, Map.of());
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    try {
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        int seed = i;
        results.add(readers.submit(() -> read(new Random(seed))));
      }
      for (long height = 2; height <= BLOCKS; height++) {
        store.commit(store.stage(List.of(), block(height)), height, Map.of());
      }
      done.set(true);
      for (Future<Integer> result : results) {
        assertThat(result.get()).isPositive();
      }
    } finally {
      done.set(true);
      readers.shutdown();
      store.close();
    }
  }

  @Test
  void endsReadersWithAnErrorWhenItIsClosed() throws Exception {
    store = RocksStateStore.open(directory.resolve("state"), StoreOptions.defaults());
    store.commit(store.stage(List.of(new IndexChange.Add("bank")), block(1)), 1, Map.of());
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    try {
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        int seed = i;
        results.add(
            readers.submit(
                () -> {
                  try {
                    return read(new Random(seed));
                  } catch (IllegalStateException closed) {
                    assertThat(closed).hasMessageContaining("closed");
                    return 1;
                  }
                }));
      }
      for (long height = 2; height <= 20; height++) {
        store.commit(store.stage(List.of(), block(height)), height, Map.of());
      }
      store.close();
      for (Future<Integer> result : results) {
        assertThat(result.get()).isPositive();
      }
    } finally {
      done.set(true);
      readers.shutdown();
    }
  }

  private static TreeMap<String, List<Change>> block(long height) {
    List<Change> changes = new ArrayList<>();
    for (int i = 10; i < 10 + KEYS; i++) {
      changes.add(new Change(bytes("key" + i), bytes("at" + height), false, null));
    }
    return new TreeMap<>(Map.of("bank", changes));
  }

  private int read(Random random) {
    int reads = 0;
    while (!done.get()) {
      long height = Math.max(1, store.height() - random.nextInt(KEEP_HEIGHTS));
      try {
        readHeight(height, random);
        reads++;
      } catch (HeightUnavailableException pruned) {
        assertThat(height).isLessThan(store.oldestHeight());
      }
    }
    return reads;
  }

  private void readHeight(long height, Random random) {
    byte[] expected = bytes("at" + height);
    try (StateView view = store.view(height);
        KVIterator entries = view.store("bank").iterate(new byte[0], null, random.nextBoolean())) {
      assertThat(view.height()).isEqualTo(height);
      int count = 0;
      while (entries.next()) {
        assertThat(entries.value()).isEqualTo(expected);
        assertThat(view.store("bank").get(entries.key())).isEqualTo(expected);
        count++;
      }
      assertThat(count).isEqualTo(KEYS);
    }
    byte[] key = bytes("key" + (10 + random.nextInt(KEYS)));
    byte[] root = store.roots(height).get("bank");
    byte[] appHash = store.appHash(height);
    List<ProofOp> proof = store.prove("bank", key, height);
    assertThat(SmtVerifier.verifyKey(proof.get(0).data(), root, key, expected)).isTrue();
    assertThat(SmtVerifier.verifyStore(proof.get(1).data(), appHash, "bank", root)).isTrue();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
