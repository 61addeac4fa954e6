package io.segue.bundles.cli.diverge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.segue.bundles.cli.diverge.Divergence.KeyPair;
import io.segue.bundles.cli.diverge.Divergence.StorePair;
import io.segue.bundles.services.proto.store.Entry;
import io.segue.bundles.services.proto.store.QueryStoresResponse;
import io.segue.bundles.services.proto.store.Store;
import io.segue.bundles.services.proto.store.Subtree;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.testkit.InMemoryStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two states of thousands of keys, of which some are not alike. */
class DivergenceTest {
  private static final int KEYS = 3000;
  private static final int LIMIT = 20;

  private final Tree ours = new Tree();
  private final Tree theirs = new Tree();
  private final Divergence divergence = new Divergence(ours, theirs);

  @BeforeEach
  void beginAlike() {
    List<Change> entries = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      entries.add(set("k" + i, "v"));
    }
    for (Tree tree : List.of(ours, theirs)) {
      tree.commit(List.of(new IndexChange.Add("bank"), new IndexChange.Add("gov")), entries);
      tree.commit(List.of(), List.of(set("k1", "w")));
    }
  }

  @Test
  void sameStatesHaveNoHeightAtWhichTheyDiffer() {
    assertThat(divergence.heights()).isEqualTo(new Divergence.Heights(1, 2));
    assertThat(divergence.firstHeight(divergence.heights())).isEmpty();
    assertThat(divergence.stores(2, LIMIT)).isEmpty();
  }

  @Test
  void namesTheFirstHeightAndTheKeysThatDiffer() {
    ours.commit(List.of(), List.of(set("k2", "x"), set("new", "n"), remove("k3")));
    theirs.commit(List.of(), List.of(set("k4", "y")));
    for (int i = 0; i < 9; i++) {
      ours.commit(List.of(), List.of(set("k5", "z" + i)));
      theirs.commit(List.of(), List.of(set("k5", "z" + i)));
    }
    ours.commit(List.of(), List.of());
    assertThat(divergence.firstHeight(divergence.heights())).contains(3L);
    int before = ours.asked;
    StorePair bank = divergence.stores(3, LIMIT).get(0);
    assertThat(bank.name()).isEqualTo("bank");
    assertThat(bank.more()).isFalse();
    assertThat(bank.keys())
        .extracting(DivergenceTest::text)
        .containsExactlyInAnyOrder("k2: x v", "new: n -", "k3: - v", "k4: v y");
    assertThat(ours.asked - before).as("requests, whatever the keys").isLessThan(20);
    assertThat(divergence.stores(3, 2).get(0).keys()).hasSize(2);
    assertThat(divergence.stores(3, 2).get(0).more()).isTrue();
  }

  @Test
  void namesStoresThatOneOfThemDoesNotHave() {
    ours.commit(List.of(new IndexChange.Add("mint")), List.of());
    theirs.commit(List.of(new IndexChange.Delete("gov")), List.of());
    List<StorePair> stores = divergence.stores(3, LIMIT);
    assertThat(stores).extracting(StorePair::name).containsExactly("gov", "mint");
    assertThat(stores.get(0).theirs()).isNull();
    assertThat(stores.get(1).theirs()).isNull();
    assertThat(stores.get(1).ours()).isNotNull();
  }

  @Test
  void findsAThousandKeysThatDiffer() {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      changes.add(set("k" + i, "other"));
    }
    ours.commit(List.of(), changes);
    theirs.commit(List.of(), List.of());
    assertThat(divergence.stores(3, KEYS).get(0).keys()).hasSize(1000);
  }

  private static String text(KeyPair pair) {
    return pair.key().toStringUtf8() + ": " + text(pair.ours()) + " " + text(pair.theirs());
  }

  private static String text(@Nullable Entry entry) {
    return entry == null ? "-" : entry.getValue().toStringUtf8();
  }

  private static Change set(String key, String value) {
    return new Change(key.getBytes(UTF_8), value.getBytes(UTF_8), false, null);
  }

  private static Change remove(String key) {
    return new Change(key.getBytes(UTF_8), null, false, null);
  }

  /** A state in memory, in the words of the node's service. */
  private static final class Tree implements StateTree {
    private final StateStore state = new InMemoryStore();
    private int asked;

    void commit(List<IndexChange> index, List<Change> changes) {
      List<Change> sorted = new ArrayList<>(changes);
      sorted.sort((a, b) -> Arrays.compareUnsigned(a.key(), b.key()));
      SortedMap<String, List<Change>> bank = new TreeMap<>(Map.of("bank", sorted));
      state.commit(state.stage(index, bank), Math.max(1, state.height() + 1), Map.of());
    }

    @Override
    public QueryStoresResponse stores(long height) {
      asked++;
      long at = height == 0 ? state.height() : height;
      QueryStoresResponse.Builder stores =
          QueryStoresResponse.newBuilder()
              .setHeight(at)
              .setOldestHeight(state.oldestHeight())
              .setAppHash(ByteString.copyFrom(state.appHash(at)));
      state
          .roots(at)
          .forEach(
              (name, root) ->
                  stores.addStores(
                      Store.newBuilder().setName(name).setRoot(ByteString.copyFrom(root))));
      return stores.build();
    }

    @Override
    public List<Subtree> subtrees(String store, long height, byte[] prefix) {
      asked++;
      return state.subtrees(store, height, prefix).stream()
          .map(
              subtree ->
                  Subtree.newBuilder()
                      .setPrefix(ByteString.copyFrom(subtree.prefix()))
                      .setRoot(ByteString.copyFrom(subtree.root()))
                      .setKeys(subtree.keys())
                      .build())
          .toList();
    }

    @Override
    public List<Entry> entries(String store, long height, byte[] prefix) {
      asked++;
      try (StateView view = state.view(height)) {
        return state.keysBelow(store, height, prefix, 256).stream()
            .map(
                key -> {
                  ByteString value = ByteString.copyFrom(view.store(store).get(key));
                  return Entry.newBuilder()
                      .setKey(ByteString.copyFrom(key))
                      .setValue(value)
                      .setValueSha256(value)
                      .build();
                })
            .toList();
      }
    }
  }
}
