package io.segue.kernel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.store.HeightUnavailableException;
import io.segue.kernel.api.store.StateStore.BulkStore;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateStore.Staged;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The part of the contract about the last commit being undone. */
public abstract class StateStoreRollbackContract extends StateStoreContract {
  @Test
  void goesBackToTheHeightBefore() throws Exception {
    bankWith(set("a", "1"), set("b", "2"));
    commit("bank", set("b", "3"), set("c", "4"));
    String root = hex(store.appHash(2));
    commit("bank", set("a", "x"), delete("b"), set("d", "5"));
    store.rollback();
    for (int run = 0; run < 2; run++) {
      assertThat(store.height()).isEqualTo(2);
      assertThat(hex(store.appHash(2))).isEqualTo(root);
      assertThat(entries(2, "bank")).containsExactly("a=1", "b=3", "c=4");
      assertThat(entries(1, "bank")).containsExactly("a=1", "b=2");
      assertThat(changedSince(1)).containsExactly("bank/b", "bank/c");
      for (String key : List.of("a", "b", "c", "d")) {
        assertProved(2, "bank", key);
        assertProved(1, "bank", key);
      }
      assertThatThrownBy(() -> store.view(3)).isInstanceOf(HeightUnavailableException.class);
      reopen();
    }
  }

  @Test
  void givesTheSameRootWhenTheHeightIsCommittedAgain() throws Exception {
    bankWith(set("a", "1"), set("b", "2"));
    commit("bank", set("a", "x"), delete("b"), set("d", "5"));
    String root = hex(store.appHash(2));
    store.rollback();
    commit("bank", set("a", "x"), delete("b"), set("d", "5"));
    assertThat(hex(store.appHash(2))).isEqualTo(root);
    commit("bank", set("b", "back"));
    reopen();
    assertThat(entries(3, "bank")).containsExactly("a=x", "b=back", "d=5");
    assertThat(entries(2, "bank")).containsExactly("a=x", "d=5");
    assertThat(entries(1, "bank")).containsExactly("a=1", "b=2");
  }

  @Test
  void goesBackToTheIndexBefore() throws Exception {
    commit(
        new IndexChange.Add("kept"),
        new IndexChange.Add("renamed"),
        new IndexChange.Add("deleted"),
        new IndexChange.Add("exchanged"));
    commit("renamed", set("r", "1"));
    commit("deleted", set("d", "1"));
    commit("exchanged", set("e", "1"));
    String root = hex(store.appHash(4));
    BulkStore bulk;
    try (BulkWriter writer = store.bulkWriter()) {
      writer.put(bytes("new"), bytes("2"));
      bulk = writer.finish();
    }
    commit(
        List.of(
            new IndexChange.Rename("renamed", "other"),
            new IndexChange.Delete("deleted"),
            new IndexChange.Adopt("exchanged", bulk),
            new IndexChange.Add("added")),
        new TreeMap<>(Map.of("added", List.of(set("n", "1")), "other", List.of(delete("r")))));
    store.rollback();
    for (int run = 0; run < 2; run++) {
      assertThat(store.roots(4)).containsOnlyKeys("kept", "renamed", "deleted", "exchanged");
      assertThat(hex(store.appHash(4))).isEqualTo(root);
      assertThat(entries(4, "renamed")).containsExactly("r=1");
      assertThat(entries(4, "deleted")).containsExactly("d=1");
      assertThat(entries(4, "exchanged")).containsExactly("e=1");
      reopen();
    }
    commit(new IndexChange.Add("added"));
    assertThat(entries(5, "added")).isEmpty();
  }

  @Test
  void goesBackToTheMetadataBefore() throws Exception {
    Staged first = stage(List.of(), new TreeMap<>());
    store.commit(first, 1, Map.of("time", bytes("one")));
    store.commit(stage(List.of(), new TreeMap<>()), 2, Map.of("time", bytes("two")));
    store.rollback();
    assertThat(store.metadata()).containsOnlyKeys("time");
    assertThat(store.metadata().get("time")).isEqualTo(bytes("one"));
    assertThatThrownBy(() -> store.metadata(2)).isInstanceOf(HeightUnavailableException.class);
    reopen();
    assertThat(store.metadata().get("time")).isEqualTo(bytes("one"));
  }

  @Test
  void makesStagingsInvalid() {
    bankWith(set("a", "1"));
    commit("bank", set("a", "2"));
    Staged staged = stage(List.of(), changes("bank", set("a", "3")));
    store.rollback();
    assertThatIllegalStateException().isThrownBy(() -> store.commit(staged, 2, Map.of()));
  }

  @Test
  void refusesWhatIsNotKept() throws Exception {
    bankWith(set("a", "1"));
    assertThatIllegalStateException()
        .isThrownBy(() -> store.rollback())
        .withMessageContaining("the height before 1 is not kept");
    commit("bank", set("a", "2"));
    commit("bank", set("a", "3"));
    store.rollback();
    store.rollback();
    assertThat(entries(1, "bank")).containsExactly("a=1");
    assertThatIllegalStateException().isThrownBy(() -> store.rollback());
    createWithKeepHeights(1);
    bankWith(set("a", "1"));
    commit("bank", set("a", "2"));
    assertThatIllegalStateException().isThrownBy(() -> store.rollback());
    assertThat(entries(2, "bank")).containsExactly("a=2");
  }
}
