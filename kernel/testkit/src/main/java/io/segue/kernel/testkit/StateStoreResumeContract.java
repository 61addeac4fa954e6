package io.segue.kernel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.segue.kernel.api.store.StateStore.BulkIdentity;
import io.segue.kernel.api.store.StateStore.BulkStore;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateStore.Staged;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The part of the contract about bulk writes that are cut off and gone on with. */
public abstract class StateStoreResumeContract extends StateStoreContract {
  private static final int ENTRIES = 20_000;
  private static final int SAVE_EVERY = 100;
  private static final BulkIdentity IDENTITY = new BulkIdentity(2, 0, "ab".repeat(32));

  @Test
  void goesOnBehindASavedCursorWhereverItWasCutOff() throws Exception {
    bankWith(set("a", "1"));
    String expected = expectedRoot();
    for (int cutOff : new int[] {0, 50, 5_000, 12_345, ENTRIES - 1}) {
      BulkWriter abandoned = store.bulkWriter(IDENTITY);
      put(abandoned, position(abandoned), cutOff);
      reopen();
      try (BulkWriter writer = store.bulkWriter(IDENTITY)) {
        assertThat(position(writer)).as("saved before it was cut off").isBetween(0, cutOff);
        put(writer, position(writer), ENTRIES);
        BulkStore bulk = writer.finish();
        assertThat(hex(bulk.root())).isEqualTo(expected);
        assertThat(bulk.size()).isEqualTo(ENTRIES);
      }
      store.bulkWriter(IDENTITY).discard();
    }
  }

  @Test
  void goesOnAfterTheWriterWasClosed() {
    bankWith(set("a", "1"));
    int position;
    try (BulkWriter writer = store.bulkWriter(IDENTITY)) {
      put(writer, 0, 15_000);
      position = position(writer);
    }
    try (BulkWriter writer = store.bulkWriter(IDENTITY)) {
      assertThat(position(writer)).isGreaterThanOrEqualTo(position);
      put(writer, position(writer), ENTRIES);
      assertThat(hex(writer.finish().root())).isEqualTo(expectedRoot());
    }
  }

  @Test
  void completesInSteps() throws Exception {
    bankWith(set("a", "1"));
    BulkWriter writer = store.bulkWriter(IDENTITY);
    put(writer, 0, ENTRIES);
    assertThat(writer.finished()).isZero();
    double before = 0;
    Optional<BulkStore> bulk = writer.finish(1);
    for (int steps = 0; bulk.isEmpty(); steps++) {
      assertThat(writer.finished()).isBetween(before, 1.0);
      before = writer.finished();
      assertThatIllegalStateException().isThrownBy(() -> writer.put(bytes("late"), bytes("1")));
      if (steps == 2) {
        assertThatIllegalStateException().isThrownBy(() -> writer.save(bytes("late")));
      }
      bulk = writer.finish(1);
    }
    assertThat(writer.finished()).isEqualTo(1);
    assertThat(hex(bulk.get().root())).isEqualTo(expectedRoot());
  }

  @Test
  void repeatsACompletionThatWasCutOff() throws Exception {
    bankWith(set("a", "1"));
    BulkWriter abandoned = store.bulkWriter(IDENTITY);
    put(abandoned, 0, ENTRIES);
    abandoned.finish(1);
    reopen();
    try (BulkWriter writer = store.bulkWriter(IDENTITY)) {
      assertThat(writer.filled()).isTrue();
      assertThatIllegalStateException().isThrownBy(() -> writer.put(bytes("late"), bytes("1")));
      assertThat(hex(writer.finish().root())).isEqualTo(expectedRoot());
    }
  }

  @Test
  void keepsACompleteStoreThatNothingAdopted() throws Exception {
    bankWith(set("a", "1"));
    BulkStore first = complete(IDENTITY);
    reopen();
    BulkStore again;
    try (BulkWriter writer = store.bulkWriter(IDENTITY)) {
      assertThat(writer.filled()).isTrue();
      again = writer.finish();
    }
    assertThat(again.root()).isEqualTo(first.root());
    assertThat(again.size()).isEqualTo(ENTRIES);
    commit(new IndexChange.Adopt("bulk", again));
    reopen();
    assertThat(root("bulk")).isEqualTo(hex(first.root()));
    assertThat(entries(2, "bulk")).hasSize(ENTRIES).contains("key7=value7");
    assertProved(2, "bulk", "key77");
    assertProved(2, "bulk", "none");
  }

  @Test
  void givesACompleteStoreAgainAfterItsStagingWasDropped() {
    bankWith(set("a", "1"));
    BulkStore first = complete(IDENTITY);
    Staged staged = store.stage(List.of(new IndexChange.Adopt("bulk", first)), new TreeMap<>());
    store.drop(staged);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> store.stage(List.of(new IndexChange.Adopt("bulk", first)), new TreeMap<>()));
    BulkStore again = complete(IDENTITY);
    commit(new IndexChange.Adopt("bulk", again));
    assertThat(entries(2, "bulk")).hasSize(ENTRIES);
  }

  @Test
  void startsAnewForAnotherIdentityOfTheSamePlaceAndForgetsTheFirst() throws Exception {
    bankWith(set("a", "1"));
    complete(IDENTITY);
    BulkIdentity other = new BulkIdentity(2, 0, "cd".repeat(32));
    BulkIdentity elsewhere = new BulkIdentity(2, 1, "ab".repeat(32));
    for (BulkIdentity identity : List.of(elsewhere, other, IDENTITY)) {
      try (BulkWriter writer = store.bulkWriter(identity)) {
        assertThat(writer.cursor()).as("%s", identity).isEmpty();
        assertThat(writer.filled()).isFalse();
      }
      reopen();
    }
  }

  @Test
  void forgetsWhatWasSavedWhenTheHeightIsCommitted() throws Exception {
    bankWith(set("a", "1"));
    complete(IDENTITY);
    BulkIdentity second = new BulkIdentity(2, 1, "ab".repeat(32));
    BulkWriter abandoned = store.bulkWriter(second);
    put(abandoned, 0, 15_000);
    commit("bank", set("a", "2"));
    assertThatIllegalStateException().isThrownBy(() -> abandoned.put(bytes("x"), bytes("1")));
    for (int run = 0; run < 2; run++) {
      for (BulkIdentity identity : List.of(IDENTITY, second)) {
        try (BulkWriter writer = store.bulkWriter(identity)) {
          assertThat(writer.cursor()).isEmpty();
          assertThat(writer.filled()).isFalse();
        }
      }
      reopen();
    }
    assertThat(entries(2, "bank")).containsExactly("a=2");
  }

  @Test
  void endsAWriterThatIsStillOpenWhenTheSameIsWrittenAgain() {
    bankWith(set("a", "1"));
    BulkWriter first = store.bulkWriter(IDENTITY);
    put(first, 0, 15_000);
    BulkStore whole = complete(IDENTITY);
    assertThat(whole.size()).isEqualTo(ENTRIES);
    assertThatIllegalStateException().isThrownBy(() -> first.put(bytes("x"), bytes("1")));
    commit(new IndexChange.Adopt("bulk", whole));
    assertThat(entries(2, "bulk")).hasSize(ENTRIES);
  }

  @Test
  void forgetsWhatIsDiscarded() throws Exception {
    bankWith(set("a", "1"));
    BulkWriter discarded = store.bulkWriter(IDENTITY);
    put(discarded, 0, 15_000);
    discarded.discard();
    assertThatIllegalStateException().isThrownBy(() -> discarded.put(bytes("x"), bytes("1")));
    reopen();
    try (BulkWriter writer = store.bulkWriter(IDENTITY)) {
      assertThat(writer.cursor()).isEmpty();
    }
  }

  @Test
  void takesNoEmptyAndNoEndlessCursor() {
    try (BulkWriter writer = store.bulkWriter(IDENTITY)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.save(new byte[0]))
          .withMessageContaining("1 to 65536 bytes");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.save(new byte[BulkWriter.MAX_CURSOR_BYTES + 1]));
      writer.save(new byte[BulkWriter.MAX_CURSOR_BYTES]);
    }
  }

  private BulkStore complete(BulkIdentity identity) {
    try (BulkWriter writer = store.bulkWriter(identity)) {
      if (!writer.filled()) {
        put(writer, position(writer), ENTRIES);
      }
      return writer.finish();
    }
  }

  /** The entries in [from, to); the cursor is the number of the next one. */
  private static void put(BulkWriter writer, int from, int to) {
    for (int i = from; i < to; i++) {
      int scattered = (int) (i * 7919L % ENTRIES);
      writer.put(bytes("key" + scattered), bytes("value" + scattered));
      if ((i + 1) % SAVE_EVERY == 0) {
        writer.save(ByteBuffer.allocate(Integer.BYTES).putInt(i + 1).array());
      }
    }
  }

  private static int position(BulkWriter writer) {
    byte[] cursor = writer.cursor();
    return cursor.length == 0 ? 0 : ByteBuffer.wrap(cursor).getInt();
  }

  private String expectedRoot() {
    try (BulkWriter writer = store.bulkWriter()) {
      put(writer, 0, ENTRIES);
      BulkStore bulk = writer.finish();
      store.drop(store.stage(List.of(new IndexChange.Adopt("expected", bulk)), new TreeMap<>()));
      return hex(bulk.root());
    }
  }
}
