package io.segue.kernel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.store.HeightUnavailableException;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateStore.Staged;
import io.segue.kernel.api.store.StateView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The part of the contract about staging, committing and the index. */
public abstract class StateStoreWritesContract extends StateStoreContract {
  private static final String EMPTY_ROOT = "00".repeat(32);

  @Test
  void hasNoHeightBeforeTheFirstCommit() {
    assertThat(store.height()).isEqualTo(-1);
    assertThat(store.roots(-1)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stage(List.of(), changes("bank", set("a", "1"))))
        .withMessageContaining("bank");
    assertThatThrownBy(() -> store.view(0))
        .isInstanceOf(HeightUnavailableException.class)
        .hasMessageContaining("future");
  }

  @Test
  void startsAtAnyHeightAndGoesOnOneByOne() {
    store.commit(stage(List.of(new IndexChange.Add("bank")), new TreeMap<>()), 7, Map.of());
    assertThat(store.height()).isEqualTo(7);
    assertThat(store.oldestHeight()).isEqualTo(7);
    Staged next = stage(List.of(), changes("bank", set("a", "1")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.commit(next, 9, Map.of()))
        .withMessageContaining("height 9")
        .withMessageContaining("height 7");
    store.commit(next, 8, Map.of());
    assertThat(store.height()).isEqualTo(8);
  }

  @Test
  void keepsMetadataOfTheLastCommit() throws Exception {
    Staged first = stage(List.of(), new TreeMap<>());
    store.commit(first, 1, Map.of("app", StateStoreContract.bytes("x"), "gone", new byte[] {1}));
    store.commit(
        stage(List.of(), new TreeMap<>()), 2, Map.of("app", new byte[] {2}, "empty", new byte[0]));
    reopen();
    assertThat(store.metadata()).containsOnlyKeys("app", "empty");
    assertThat(store.metadata().get("app")).containsExactly(2);
    assertThat(store.metadata().get("empty")).isEmpty();
  }

  @Test
  void keepsMetadataOfEveryHeightThatCanBeRead() throws Exception {
    createWithKeepHeights(3);
    for (int height = 1; height <= 4; height++) {
      store.commit(
          stage(List.of(), new TreeMap<>()), height, Map.of("app", new byte[] {(byte) height}));
    }
    reopen();
    assertThat(store.metadata(4).get("app")).containsExactly(4);
    assertThat(store.metadata(3).get("app")).containsExactly(3);
    assertThat(store.metadata(2).get("app")).containsExactly(2);
    assertThatThrownBy(() -> store.metadata(1)).isInstanceOf(HeightUnavailableException.class);
    assertThatThrownBy(() -> store.metadata(5)).isInstanceOf(HeightUnavailableException.class);
  }

  @Test
  void forgetsTheMetadataOfHeightsThatAreCleared() throws Exception {
    store.commit(stage(List.of(), new TreeMap<>()), 1, Map.of("app", new byte[] {1}));
    store.commit(stage(List.of(), new TreeMap<>()), 2, Map.of("app", new byte[] {2}));
    store.clear();
    store.commit(stage(List.of(), new TreeMap<>()), 2, Map.of("app", new byte[] {9}));
    reopen();
    assertThat(store.metadata(2).get("app")).containsExactly(9);
    assertThatThrownBy(() -> store.metadata(1)).isInstanceOf(HeightUnavailableException.class);
  }

  @Test
  void givesTheRootsOfTheStagingToTheCommit() {
    bankWith(set("a", "1"));
    Staged staged = stage(List.of(), changes("bank", set("a", "2"), set("b", "3")));
    store.commit(staged, 2, Map.of());
    assertThat(store.appHash(2)).isEqualTo(staged.appHash());
    assertThat(store.roots(2).get("bank")).isEqualTo(staged.roots().get("bank"));
    assertThat(store.appHash(1)).isNotEqualTo(store.appHash(2));
  }

  @Test
  void givesOneRootForAnyOrderOfTheSameWrites() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      keys.add("key" + i);
    }
    commit(new IndexChange.Add("once"), new IndexChange.Add("piecemeal"));
    Change[] all = keys.stream().map(key -> set(key, "v" + key)).toArray(Change[]::new);
    commit("once", all);
    Collections.shuffle(keys, new Random(1));
    for (int from = 0; from < keys.size(); from += 7) {
      List<String> part = keys.subList(from, Math.min(keys.size(), from + 7));
      commit("piecemeal", part.stream().map(key -> set(key, "v" + key)).toArray(Change[]::new));
    }
    assertThat(root("piecemeal")).isEqualTo(root("once"));
  }

  @Test
  void undoesAnInsertByADelete() {
    bankWith(set("a", "1"), set("b", "2"), set("c", "3"));
    String before = root("bank");
    commit("bank", set("d", "4"), set("e", "5"));
    assertThat(root("bank")).isNotEqualTo(before);
    commit("bank", delete("d"), delete("e"));
    assertThat(root("bank")).isEqualTo(before);
  }

  @Test
  void goesDownToOneLeafAndToNone() throws Exception {
    Change[] sets = new Change[300];
    Change[] deletes = new Change[299];
    for (int i = 0; i < 300; i++) {
      sets[i] = set("k" + i, "1");
      if (i > 0) {
        deletes[i - 1] = delete("k" + i);
      }
    }
    bankWith(sets);
    commit("bank", deletes);
    commit(List.of(new IndexChange.Add("single")), changes("single", set("k0", "1")));
    assertThat(root("bank")).isEqualTo(root("single"));
    commit("bank", delete("k0"));
    assertThat(root("bank")).isEqualTo(EMPTY_ROOT);
    reopen();
    assertThat(root("bank")).isEqualTo(EMPTY_ROOT);
    commit("bank", set("k0", "1"));
    assertThat(root("bank")).isEqualTo(root("single"));
  }

  @Test
  void ignoresChangesThatChangeNothing() {
    bankWith(set("a", "1"));
    String before = root("bank");
    commit("bank", set("a", "1"), delete("absent"));
    assertThat(root("bank")).isEqualTo(before);
    assertThat(changedSince(1)).isEmpty();
  }

  @Test
  void takesOldValuesThatTheCallerKnows() {
    bankWith(set("a", "1"), set("b", "2"));
    commit(
        "bank",
        new Change(bytes("a"), bytes("9"), true, bytes("1")),
        new Change(bytes("b"), null, true, bytes("2")),
        new Change(bytes("c"), bytes("3"), true, null));
    assertThat(entries(2, "bank")).containsExactly("a=9", "c=3");
    assertThat(entries(1, "bank")).containsExactly("a=1", "b=2");
  }

  @Test
  void stagesAgainAndAgainWithoutATrace() throws Exception {
    bankWith(set("a", "1"));
    byte[] appHash = store.appHash(1);
    Staged first = stage(List.of(), changes("bank", set("a", "2"), set("b", "2")));
    Staged second = stage(List.of(), changes("bank", delete("a")));
    Staged again = stage(List.of(), changes("bank", set("a", "2"), set("b", "2")));
    assertThat(again.appHash()).isEqualTo(first.appHash());
    assertThat(second.appHash()).isNotEqualTo(first.appHash());
    store.drop(first);
    store.drop(second);
    reopen();
    assertThat(store.appHash(1)).isEqualTo(appHash);
    assertThat(entries(1, "bank")).containsExactly("a=1");
    commit("bank", set("a", "2"), set("b", "2"));
    assertThat(store.appHash(2)).isEqualTo(again.appHash());
  }

  @Test
  void refusesAStagingThatIsNoLongerValid() {
    bankWith(set("a", "1"));
    Staged dropped = stage(List.of(), changes("bank", set("a", "2")));
    store.drop(dropped);
    assertThatIllegalStateException().isThrownBy(() -> store.commit(dropped, 2, Map.of()));
    Staged overtaken = stage(List.of(), changes("bank", set("a", "2")));
    commit("bank", set("a", "3"));
    assertThatIllegalStateException().isThrownBy(() -> store.commit(overtaken, 3, Map.of()));
    assertThat(get(2, "bank", "a")).isEqualTo("3");
  }

  @Test
  void refusesWhatCannotBeProvedOrIsOutOfOrder() {
    bankWith(set("a", "1"));
    for (Change bad : List.of(set("", "1"), set("a", ""), delete(""))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> stage(List.of(), changes("bank", bad)))
          .withMessageContaining("empty");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stage(List.of(), changes("bank", set("b", "1"), set("b", "2"))))
        .withMessageContaining("order");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stage(List.of(), changes("gov", set("a", "1"))))
        .withMessageContaining("no store gov");
  }

  @Test
  void addsRenamesAndDeletesStores() throws Exception {
    bankWith(set("a", "1"));
    String root = root("bank");
    commit(new IndexChange.Rename("bank", "money"), new IndexChange.Add("bank"));
    assertThat(store.roots(2)).containsOnlyKeys("bank", "money");
    assertThat(root("money")).isEqualTo(root);
    assertThat(root("bank")).isEqualTo(EMPTY_ROOT);
    commit(
        List.of(new IndexChange.Delete("money"), new IndexChange.Add("acc")),
        changes("acc", set("x", "y")));
    reopen();
    assertThat(store.roots(3)).containsOnlyKeys("acc", "bank");
    assertThat(get(3, "acc", "x")).isEqualTo("y");
    assertThat(get(2, "money", "a")).isEqualTo("1");
    assertThat(get(1, "bank", "a")).isEqualTo("1");
    try (StateView now = store.view(3)) {
      assertThat(now.stores()).containsExactly("acc", "bank");
      assertThatIllegalArgumentException().isThrownBy(() -> now.store("money"));
    }
  }

  @Test
  void refusesImpossibleChangesOfTheIndex() {
    bankWith(set("a", "1"));
    List<IndexChange> impossible =
        List.of(
            new IndexChange.Add("bank"),
            new IndexChange.Add(""),
            new IndexChange.Add("with/slash"),
            new IndexChange.Rename("gov", "acc"),
            new IndexChange.Delete("gov"));
    for (IndexChange change : impossible) {
      assertThatIllegalArgumentException()
          .as("%s", change)
          .isThrownBy(() -> stage(List.of(change), new TreeMap<>()));
    }
    assertThat(store.roots(1)).containsOnlyKeys("bank");
  }

  @Test
  void showsPendingChangesOfTheIndexInAView() {
    bankWith(set("a", "1"));
    List<IndexChange> pending =
        List.of(new IndexChange.Rename("bank", "money"), new IndexChange.Add("gov"));
    try (StateView view = store.view(pending)) {
      assertThat(view.height()).isEqualTo(1);
      assertThat(view.stores()).containsExactly("gov", "money");
      assertThat(entries(view.store("money"), "", null, false)).containsExactly("a=1");
      assertThat(entries(view.store("gov"), "", null, false)).isEmpty();
      assertThat(view.store("gov").size()).isZero();
      assertThat(view.store("gov").get(bytes("a"))).isNull();
    }
    assertThat(store.roots(1)).containsOnlyKeys("bank");
  }

  @Test
  void startsAnewAfterClear() throws Exception {
    bankWith(set("a", "1"));
    commit("bank", set("b", "2"));
    store.clear();
    assertThat(store.height()).isEqualTo(-1);
    assertThat(store.metadata()).isEmpty();
    reopen();
    assertThat(store.height()).isEqualTo(-1);
    commit(List.of(new IndexChange.Add("bank")), changes("bank", set("c", "3")));
    reopen();
    assertThat(entries(1, "bank")).containsExactly("c=3");
  }
}
