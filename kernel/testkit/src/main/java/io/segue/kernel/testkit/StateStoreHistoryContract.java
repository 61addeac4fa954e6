package io.segue.kernel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.store.HeightUnavailableException;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateStore.Subtree;
import io.segue.kernel.api.store.StateView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The part of the contract about reading and proving, at the last height and at past ones. */
public abstract class StateStoreHistoryContract extends StateStoreContract {
  @Test
  void iteratesInOrderOfUnsignedBytesWithinBounds() {
    bankWith(set("a", "1"), set("b", "2"), set("ba", "3"), set("c", "4"), set("\u00e9", "5"));
    try (StateView view = store.view(1)) {
      var bank = view.store("bank");
      assertThat(entries(bank, "", null, false))
          .containsExactly("a=1", "b=2", "ba=3", "c=4", "\u00e9=5");
      assertThat(entries(bank, "b", "c", false)).containsExactly("b=2", "ba=3");
      assertThat(entries(bank, "b", "c", true)).containsExactly("ba=3", "b=2");
      assertThat(entries(bank, "bb", null, true)).containsExactly("\u00e9=5", "c=4");
      assertThat(entries(bank, "", "a", false)).isEmpty();
      assertThat(entries(bank, "c", "b", false)).isEmpty();
      assertThat(entries(bank, "c", "b", true)).isEmpty();
      assertThat(entries(bank, "b", "b", false)).isEmpty();
      assertThat(bank.size()).isEqualTo(5);
    }
  }

  @Test
  void iteratesOverEachStoreAlone() {
    commit(new IndexChange.Add("a"), new IndexChange.Add("b"), new IndexChange.Add("c"));
    commit("a", set("k1", "a"));
    commit("b", set("k2", "b"), set("k3", "b"));
    commit("c", set("k4", "c"));
    try (StateView view = store.view(4)) {
      assertThat(entries(view.store("b"), "", null, false)).containsExactly("k2=b", "k3=b");
      assertThat(entries(view.store("b"), "", null, true)).containsExactly("k3=b", "k2=b");
    }
  }

  @Test
  void showsTheSubtreesOnTheWayToAKeyThatDiffers() {
    Change[] entries = new Change[600];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = set("k" + i, "v");
    }
    bankWith(entries);
    commit("bank", set("k77", "w"));
    byte[] hash = Sha256.of(bytes("k77"));
    for (int depth = 0; depth < 3; depth++) {
      byte[] prefix = Arrays.copyOf(hash, depth);
      List<String> before = subtrees(1, prefix);
      List<String> after = subtrees(2, prefix);
      assertThat(after).hasSameSizeAs(before);
      List<String> changed = new ArrayList<>(after);
      changed.removeAll(before);
      assertThat(changed)
          .singleElement()
          .asString()
          .startsWith(hex(hash).substring(0, 2 * depth + 2));
    }
    assertThat(store.subtrees("bank", 1, new byte[0]).stream().mapToLong(Subtree::keys).sum())
        .isEqualTo(600);
    for (Subtree subtree : store.subtrees("bank", 1, new byte[0])) {
      List<byte[]> keys = store.keysBelow("bank", 1, subtree.prefix(), 600);
      assertThat(keys).hasSize((int) subtree.keys());
      assertThat(keys)
          .allSatisfy(key -> assertThat(Sha256.of(key)[0]).isEqualTo(subtree.prefix()[0]));
      assertThat(keys).extracting(key -> hex(Sha256.of(key))).isSorted();
      assertThat(store.keysBelow("bank", 1, subtree.prefix(), 1)).containsExactly(keys.get(0));
    }
    assertThat(store.keysBelow("bank", 2, hash, 9)).containsExactly(bytes("k77"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.subtrees("bank", 2, hash))
        .withMessageContaining("a prefix of 32 bytes");
  }

  private List<String> subtrees(long height, byte[] prefix) {
    return store.subtrees("bank", height, prefix).stream()
        .map(subtree -> hex(subtree.prefix()) + " " + subtree.keys() + " " + hex(subtree.root()))
        .toList();
  }

  @Test
  void keepsAViewAsItWasWhateverIsCommitted() throws Exception {
    createWithKeepHeights(2);
    bankWith(set("a", "1"), set("b", "2"));
    try (StateView view = store.view(1);
        KVIterator iterator = view.store("bank").iterate(new byte[0], null, false)) {
      assertThat(iterator.next()).isTrue();
      for (int i = 0; i < 5; i++) {
        commit("bank", set("a", "x" + i), delete("b"), set("c" + i, "3"));
      }
      commit(new IndexChange.Delete("bank"));
      commit();
      commit();
      commit();
      assertThat(view.height()).isEqualTo(1);
      assertThat(view.stores()).containsExactly("bank");
      assertThat(entries(view.store("bank"), "", null, false)).containsExactly("a=1", "b=2");
      assertThat(iterator.next()).isTrue();
      assertThat(iterator.key()).isEqualTo(bytes("b"));
      assertThat(iterator.next()).isFalse();
      assertThat(iterator.next()).isFalse();
    }
  }

  @Test
  void refusesToReadAClosedView() {
    bankWith(set("a", "1"));
    StateView view = store.view(1);
    var bank = view.store("bank");
    KVIterator iterator = bank.iterate(new byte[0], null, false);
    view.close();
    view.close();
    assertThatIllegalStateException().isThrownBy(() -> bank.get(bytes("a")));
    assertThatIllegalStateException().isThrownBy(iterator::next);
    iterator.close();
  }

  @Test
  void readsEveryKeptHeight() throws Exception {
    bankWith(set("a", "1"), set("m", "0"));
    List<List<String>> expected = new ArrayList<>();
    expected.add(entries(1, "bank"));
    for (int i = 2; i <= 30; i++) {
      List<Change> block = new ArrayList<>();
      block.add(set("a", "a" + i));
      block.add(set("k" + i % 7, "k" + i));
      if (i % 3 == 0) {
        block.add(delete("k" + (i + 2) % 7));
      }
      commit("bank", block.toArray(Change[]::new));
      expected.add(entries(i, "bank"));
    }
    reopen();
    for (int height = 1; height <= 30; height++) {
      List<String> entries = expected.get(height - 1);
      assertThat(entries(height, "bank")).as("height %s", height).isEqualTo(entries);
      try (StateView view = store.view(height)) {
        var bank = view.store("bank");
        assertThat(bank.size()).isEqualTo(entries.size());
        List<String> reversed = new ArrayList<>(entries);
        Collections.reverse(reversed);
        assertThat(entries(bank, "", null, true)).isEqualTo(reversed);
        List<String> middle = entries.stream().filter(e -> e.startsWith("k")).toList();
        assertThat(entries(bank, "k", "l", false)).isEqualTo(middle);
        assertThat(get(height, "bank", "a")).isEqualTo(entries.get(0).substring(2));
      }
    }
  }

  @Test
  void prunesHeightsThatAreNoLongerKept() throws Exception {
    createWithKeepHeights(3);
    bankWith(set("a", "1"));
    for (int i = 2; i <= 6; i++) {
      commit("bank", set("a", String.valueOf(i)));
    }
    for (int run = 0; run < 2; run++) {
      assertThat(store.oldestHeight()).isEqualTo(4);
      assertThat(get(4, "bank", "a")).isEqualTo("4");
      assertThat(get(6, "bank", "a")).isEqualTo("6");
      assertThatThrownBy(() -> store.view(3))
          .isInstanceOf(HeightUnavailableException.class)
          .hasMessageContaining("pruned")
          .hasMessageContaining("4");
      assertThatThrownBy(() -> store.appHash(3)).isInstanceOf(HeightUnavailableException.class);
      assertThatThrownBy(() -> store.prove("bank", bytes("a"), 7))
          .isInstanceOf(HeightUnavailableException.class)
          .hasMessageContaining("future");
      reopen();
    }
  }

  @Test
  void provesPresenceAndAbsenceAtEveryKeptHeight() throws Exception {
    bankWith(set("a", "1"), set("b", "2"));
    for (int i = 2; i <= 12; i++) {
      commit("bank", set("a", "a" + i), set("n" + i, "1"), delete("n" + (i - 2)));
      if (i == 6) {
        commit(new IndexChange.Add("gov"));
        i++;
      }
    }
    for (int run = 0; run < 2; run++) {
      for (long height = store.height(); height >= 1; height--) {
        for (String key : List.of("a", "b", "n3", "n5", "n9", "absent", "other", "zz")) {
          assertProved(height, "bank", key);
        }
      }
      reopen();
    }
  }

  @Test
  void provesInAStoreThatIsGoneOrRenamedSince() throws Exception {
    bankWith(set("a", "1"), set("b", "2"));
    commit("bank", set("a", "3"), delete("b"));
    commit(new IndexChange.Rename("bank", "money"));
    commit("money", set("c", "4"));
    commit(new IndexChange.Delete("money"), new IndexChange.Add("other"));
    commit();
    for (int run = 0; run < 2; run++) {
      for (String key : List.of("a", "b", "c", "x", "y")) {
        assertProved(1, "bank", key);
        assertProved(2, "bank", key);
        assertProved(3, "money", key);
        assertProved(4, "money", key);
      }
      reopen();
    }
  }

  @Test
  void saysWhatCannotBeProved() {
    commit(List.of(new IndexChange.Add("bank"), new IndexChange.Add("gov")), new TreeMap<>());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.prove("bank", bytes("a"), 1))
        .withMessageContaining("empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.prove("acc", bytes("a"), 1))
        .withMessageContaining("acc");
    commit("bank", set("a", "1"));
    assertProved(2, "bank", "a");
    assertProved(2, "bank", "b");
    assertThatIllegalArgumentException().isThrownBy(() -> store.prove("bank", bytes(""), 2));
  }

  @Test
  void listsTheKeysThatChangedSinceAHeight() throws Exception {
    commit(new IndexChange.Add("bank"), new IndexChange.Add("acc"));
    commit("bank", set("a", "1"), set("b", "2"));
    commit("acc", set("x", "1"));
    commit("bank", set("b", "3"), set("c", "4"));
    commit("bank", delete("c"), set("d", "5"));
    for (int run = 0; run < 2; run++) {
      assertThat(changedSince(5)).isEmpty();
      assertThat(changedSince(4)).containsExactly("bank/c", "bank/d");
      assertThat(changedSince(3)).containsExactly("bank/b", "bank/c", "bank/d");
      assertThat(changedSince(2)).containsExactly("acc/x", "bank/b", "bank/c", "bank/d");
      assertThat(changedSince(1)).containsExactly("acc/x", "bank/a", "bank/b", "bank/c", "bank/d");
      assertThatThrownBy(() -> changedSince(0)).isInstanceOf(HeightUnavailableException.class);
      assertThatThrownBy(() -> changedSince(6)).isInstanceOf(HeightUnavailableException.class);
      reopen();
    }
  }

  @Test
  void listsChangesUnderThePresentNameOfAStore() {
    commit(new IndexChange.Add("bank"), new IndexChange.Add("gov"));
    commit("bank", set("a", "1"));
    commit("gov", set("p", "1"));
    commit(new IndexChange.Rename("bank", "money"), new IndexChange.Delete("gov"));
    commit(List.of(new IndexChange.Add("acc")), changes("acc", set("x", "1"), set("y", "2")));
    assertThat(changedSince(1)).containsExactly("acc/x", "acc/y", "money/a");
  }
}
