package io.segue.kernel.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.abci.Abci.ProofOp;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateStore.Staged;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.store.StoreReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the parts of the contract of {@link StateStore} share: a store of their own for each test,
 * and short ways to write and read it. Keys and values are texts.
 */
public abstract class StateStoreContract {
  /** The store under test; {@link #reopen} exchanges it. */
  protected StateStore store = new InMemoryStore();

  /** A store in which nothing was ever committed. */
  protected abstract StateStore create(int keepHeights) throws Exception;

  /** The same store as after a stop and a start. One without a disk gives itself. */
  protected abstract StateStore reopen(StateStore store) throws Exception;

  @BeforeEach
  void createStore() throws Exception {
    store = create(InMemoryStore.DEFAULT_KEEP_HEIGHTS);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  /** A store in place of the one under test. */
  protected final void createWithKeepHeights(int keepHeights) throws Exception {
    store.close();
    store = create(keepHeights);
  }

  protected final void reopen() throws Exception {
    store = reopen(store);
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** A change whose old value the store has to find out. */
  static Change set(String key, String value) {
    return new Change(bytes(key), bytes(value), false, null);
  }

  static Change delete(String key) {
    return new Change(bytes(key), null, false, null);
  }

  static SortedMap<String, List<Change>> changes(String store, Change... changes) {
    List<Change> sorted = new ArrayList<>(List.of(changes));
    sorted.sort((a, b) -> Arrays.compareUnsigned(a.key(), b.key()));
    return new TreeMap<>(Map.of(store, sorted));
  }

  final Staged stage(List<IndexChange> index, SortedMap<String, List<Change>> changes) {
    return store.stage(index, changes);
  }

  /** Commits changes of the index at the next height. */
  final long commit(IndexChange... index) {
    return commit(List.of(index), new TreeMap<>());
  }

  /** Commits changes of one store at the next height. */
  final long commit(String name, Change... changes) {
    return commit(List.of(), changes(name, changes));
  }

  final long commit(List<IndexChange> index, SortedMap<String, List<Change>> changes) {
    long height = Math.max(1, store.height() + 1);
    store.commit(store.stage(index, changes), height, Map.of());
    return height;
  }

  /** A store named {@code bank} with these changes, committed at height 1. */
  final void bankWith(Change... changes) {
    commit(List.of(new IndexChange.Add("bank")), changes("bank", changes));
  }

  final String root(String name) {
    byte @Nullable [] root = store.roots(store.height()).get(name);
    assertThat(root).as("root of %s", name).isNotNull();
    return root == null ? "" : hex(root);
  }

  final @Nullable String get(long height, String name, String key) {
    try (StateView view = store.view(height)) {
      byte @Nullable [] value = view.store(name).get(bytes(key));
      return value == null ? null : new String(value, UTF_8);
    }
  }

  /** All entries of a store as {@code key=value}. */
  final List<String> entries(long height, String name) {
    try (StateView view = store.view(height)) {
      return entries(view.store(name), "", null, false);
    }
  }

  static List<String> entries(
      StoreReader reader, String from, @Nullable String to, boolean reverse) {
    List<String> entries = new ArrayList<>();
    try (KVIterator iterator =
        reader.iterate(bytes(from), to == null ? null : bytes(to), reverse)) {
      while (iterator.next()) {
        entries.add(new String(iterator.key(), UTF_8) + "=" + new String(iterator.value(), UTF_8));
      }
    }
    return entries;
  }

  /** The changed keys as {@code store/key}. */
  final List<String> changedSince(long height) {
    List<String> changed = new ArrayList<>();
    store.changedSince(height, (name, key) -> changed.add(name + "/" + new String(key, UTF_8)));
    return changed;
  }

  /** Asks for a proof and verifies both of its steps against the app hash of the height. */
  final void assertProved(long height, String name, String key) {
    List<ProofOp> ops = store.prove(name, bytes(key), height);
    byte[] value = null;
    try (StateView view = store.view(height)) {
      value = view.store(name).get(bytes(key));
    }
    byte @Nullable [] root = store.roots(height).get(name);
    assertThat(ops).hasSize(2);
    assertThat(ops.get(0).type()).isEqualTo("ics23:smt");
    assertThat(ops.get(0).key()).isEqualTo(bytes(key));
    assertThat(ops.get(1).type()).isEqualTo("ics23:simple");
    assertThat(ops.get(1).key()).isEqualTo(bytes(name));
    assertThat(
            root != null
                && SmtVerifier.verifyKey(ops.get(0).data(), root, bytes(key), value)
                && SmtVerifier.verifyStore(ops.get(1).data(), store.appHash(height), name, root))
        .as("proof of %s in %s at height %s", key, name, height)
        .isTrue();
  }
}
