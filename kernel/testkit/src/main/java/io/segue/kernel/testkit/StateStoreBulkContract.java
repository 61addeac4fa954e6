package io.segue.kernel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.store.DuplicateKeyException;
import io.segue.kernel.api.store.StateStore.BulkStore;
import io.segue.kernel.api.store.StateStore.BulkWriter;
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

/** The part of the contract about stores that are written in bulk and adopted. */
public abstract class StateStoreBulkContract extends StateStoreContract {
  @Test
  void givesTheRootThatCommitsGive() throws Exception {
    List<Integer> numbers = new ArrayList<>();
    Change[] changes = new Change[3000];
    for (int i = 0; i < changes.length; i++) {
      numbers.add(i);
      changes[i] = set("key" + i, "value" + i);
    }
    Collections.shuffle(numbers, new Random(2));
    bankWith(changes);
    BulkStore bulk = bulk(numbers);
    assertThat(hex(bulk.root())).isEqualTo(root("bank"));
    assertThat(bulk.size()).isEqualTo(3000);
    List<String> expected = entries(1, "bank");
    commit(new IndexChange.Adopt("bulk", bulk));
    reopen();
    assertThat(root("bulk")).isEqualTo(root("bank"));
    assertThat(entries(2, "bulk")).isEqualTo(expected);
  }

  @Test
  void exchangesAStoreForOneWrittenInBulk() throws Exception {
    bankWith(set("a", "1"), set("b", "2"));
    BulkStore bulk = bulk(List.of(1, 2, 3));
    assertThat(store.roots(1)).containsOnlyKeys("bank");
    commit(new IndexChange.Adopt("bank", bulk));
    commit("bank", set("key1", "new"), delete("key2"), set("more", "4"));
    for (int run = 0; run < 2; run++) {
      assertThat(entries(1, "bank")).containsExactly("a=1", "b=2");
      assertThat(entries(2, "bank")).containsExactly("key1=value1", "key2=value2", "key3=value3");
      assertThat(entries(3, "bank")).containsExactly("key1=new", "key3=value3", "more=4");
      for (String key : List.of("a", "b", "key1", "key2", "more", "none")) {
        for (int height = 1; height <= 3; height++) {
          assertProved(height, "bank", key);
        }
      }
      assertThat(changedSince(1))
          .containsExactly("bank/key1", "bank/key2", "bank/key3", "bank/more");
      assertThat(changedSince(2)).containsExactly("bank/key1", "bank/key2", "bank/more");
      reopen();
    }
  }

  @Test
  void changesKeysOfAStoreInTheCommitThatAdoptsIt() throws Exception {
    bankWith(set("a", "1"));
    List<IndexChange> index = List.of(new IndexChange.Adopt("bank", bulk(List.of(1, 2, 3))));
    try (StateView view = store.view(index)) {
      assertThat(entries(view.store("bank"), "", null, false))
          .containsExactly("key1=value1", "key2=value2", "key3=value3");
      assertThat(view.store("bank").size()).isEqualTo(3);
      commit(index, changes("bank", set("key1", "x"), delete("key2"), set("key4", "y")));
      assertThat(entries(view.store("bank"), "", null, false))
          .containsExactly("key1=value1", "key2=value2", "key3=value3");
    }
    reopen();
    assertThat(entries(2, "bank")).containsExactly("key1=x", "key3=value3", "key4=y");
    for (String key : List.of("key1", "key2", "key3", "key4", "none")) {
      assertProved(2, "bank", key);
    }
  }

  @Test
  void namesAKeyThatWasPutTwice() {
    try (BulkWriter writer = store.bulkWriter()) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  writer.put(bytes("key" + i), bytes("1"));
                }
                writer.put(bytes("key77"), bytes("1"));
                writer.finish();
              })
          .isInstanceOfSatisfying(
              DuplicateKeyException.class, e -> assertThat(e.key()).isEqualTo(bytes("key77")));
    }
  }

  @Test
  void takesNoEmptyKeyOrValue() {
    try (BulkWriter writer = store.bulkWriter()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.put(new byte[0], bytes("1")))
          .withMessageContaining("empty key");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.put(bytes("a"), new byte[0]))
          .withMessageContaining("empty value");
    }
  }

  @Test
  void adoptsAStoreWithoutEntries() throws Exception {
    bankWith(set("a", "1"));
    commit(new IndexChange.Adopt("bank", bulk(List.of())));
    reopen();
    assertThat(entries(2, "bank")).isEmpty();
    assertThat(root("bank")).isEqualTo("00".repeat(32));
  }

  @Test
  void leavesNoTraceOfAWriterThatIsNotFinished() throws Exception {
    bankWith(set("a", "1"));
    BulkWriter closed = store.bulkWriter();
    closed.put(bytes("x"), bytes("1"));
    closed.close();
    assertThatIllegalStateException().isThrownBy(closed::finish);
    BulkWriter abandoned = store.bulkWriter();
    abandoned.put(bytes("y"), bytes("1"));
    bulk(List.of(1, 2));
    reopen();
    commit(List.of(new IndexChange.Add("gov")), changes("gov", set("p", "1")));
    assertThat(entries(2, "gov")).containsExactly("p=1");
    assertThat(entries(2, "bank")).containsExactly("a=1");
  }

  @Test
  void refusesToAdoptOneBulkStoreUnderTwoNames() {
    bankWith(set("a", "1"));
    BulkStore bulk = bulk(List.of(1, 2));
    List<IndexChange> twice =
        List.of(new IndexChange.Adopt("bank", bulk), new IndexChange.Adopt("copy", bulk));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.stage(twice, new TreeMap<>()))
        .withMessageContaining("copy");
    commit(new IndexChange.Adopt("bank", bulk));
  }

  @Test
  void freesWhatADroppedStagingAdopted() {
    bankWith(set("a", "1"));
    BulkStore bulk = bulk(List.of(1, 2));
    IndexChange adopt = new IndexChange.Adopt("bank", bulk);
    Staged first = store.stage(List.of(adopt), new TreeMap<>());
    Staged second = store.stage(List.of(adopt), new TreeMap<>());
    store.drop(first);
    assertThatIllegalStateException().isThrownBy(() -> store.commit(second, 2, Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.stage(List.of(adopt), new TreeMap<>()));
    assertThat(entries(1, "bank")).containsExactly("a=1");
  }

  @Test
  void keepsWhatACommitAdoptedWhenAnotherStagingIsDropped() {
    bankWith(set("a", "1"));
    IndexChange adopt = new IndexChange.Adopt("bank", bulk(List.of(1, 2)));
    Staged first = store.stage(List.of(adopt), new TreeMap<>());
    Staged second = store.stage(List.of(adopt), new TreeMap<>());
    store.commit(second, 2, Map.of());
    store.drop(first);
    assertThat(entries(2, "bank")).containsExactly("key1=value1", "key2=value2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.stage(List.of(adopt), new TreeMap<>()));
  }

  private BulkStore bulk(List<Integer> numbers) {
    try (BulkWriter writer = store.bulkWriter()) {
      for (int number : numbers) {
        writer.put(bytes("key" + number), bytes("value" + number));
      }
      return writer.finish();
    }
  }
}
