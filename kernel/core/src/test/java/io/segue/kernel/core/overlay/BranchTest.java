package io.segue.kernel.core.overlay;

import static io.segue.kernel.core.overlay.MapView.bytes;
import static io.segue.kernel.core.overlay.MapView.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.store.StoreReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BranchTest {
  private final MapView view =
      MapView.of("bank", "gov").with("bank", "b", "2").with("bank", "d", "4");
  private final Branch branch = new Branch(view);
  private final KVStore bank = branch.store("bank");

  @Test
  void readsTheViewWhereNothingWasWritten() {
    assertThat(bank.get(bytes("b"))).isEqualTo(bytes("2"));
    assertThat(bank.get(bytes("a"))).isNull();
    assertThat(bank.has(bytes("d"))).isTrue();
    assertThat(bank.get(bytes(""))).isNull();
  }

  @Test
  void readsTheViewOnceForEachKey() {
    bank.get(bytes("b"));
    bank.get(bytes("b"));
    bank.get(bytes("a"));
    bank.has(bytes("a"));
    assertThat(view.pointReads).isEqualTo(2);
  }

  /** A walk over a million balances with a look at each would fill the memory. */
  @Test
  void keepsNoMoreOfWhatWasReadThanThereIsRoomFor() {
    int size = 1 << 20;
    int room = (int) (OverlayStore.MAX_KEPT_BYTES / size);
    for (int i = 0; i < 2 * room; i++) {
      view.with("bank", "k" + i, "v".repeat(size));
    }
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 2 * room; i++) {
        assertThat(bank.has(bytes("k" + i))).isTrue();
      }
    }
    assertThat(view.pointReads).isEqualTo(room + 2 * room);
    assertThat(branch.overlay("bank").readMore()).isTrue();
    bank.set(bytes("k" + room), bytes("1"));
    assertThat(text(bank.get(bytes("k" + room)))).isEqualTo("1");
    assertThat(branch.changes().get("bank")).hasSize(1);
  }

  @Test
  void writesHideTheViewAndLeaveItAlone() {
    bank.set(bytes("b"), bytes("22"));
    bank.delete(bytes("d"));
    assertThat(text(bank.get(bytes("b")))).isEqualTo("22");
    assertThat(bank.get(bytes("d"))).isNull();
    assertThat(view.texts("bank")).containsEntry("b", "2").containsEntry("d", "4");
  }

  @Test
  void refusesWhatCouldNotBeProvedAndSaysWhich() {
    assertThatThrownBy(() -> bank.set(bytes(""), bytes("1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty key in store bank");
    assertThatThrownBy(() -> bank.set(bytes("k"), bytes("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty value in store bank");
  }

  @Test
  void refusesAStoreThatIsNotThere() {
    assertThatThrownBy(() -> branch.store("nope")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void undoTakesBackWhatWasWrittenSinceTheMark() {
    bank.set(bytes("a"), bytes("1"));
    int outer = branch.mark();
    bank.set(bytes("a"), bytes("11"));
    int inner = branch.mark();
    bank.set(bytes("a"), bytes("111"));
    bank.delete(bytes("b"));
    branch.undo(inner);
    assertThat(text(bank.get(bytes("a")))).isEqualTo("11");
    assertThat(text(bank.get(bytes("b")))).isEqualTo("2");
    branch.undo(outer);
    assertThat(text(bank.get(bytes("a")))).isEqualTo("1");
  }

  @Test
  void whatAKeptBranchWroteIsUndoneWithTheOneAroundIt() {
    int outer = branch.mark();
    int inner = branch.mark();
    bank.set(bytes("b"), bytes("x"));
    branch.keep(inner);
    branch.undo(outer);
    assertThat(text(bank.get(bytes("b")))).isEqualTo("2");
    assertThat(branch.changes()).isEmpty();
  }

  @Test
  void refusesAMarkThatIsNotOpen() {
    int mark = branch.mark();
    branch.keep(mark);
    assertThatThrownBy(() -> branch.undo(mark)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void changesAreSortedAsUnsignedBytesAndCarryOldValues() {
    bank.set(new byte[] {(byte) 0x80}, bytes("high"));
    bank.set(new byte[] {0x7f}, bytes("low"));
    bank.set(bytes("b"), bytes("22"));
    bank.delete(bytes("d"));
    assertThat(branch.changes()).containsOnlyKeys("bank");
    List<Change> changes = branch.changes().getOrDefault("bank", List.of());
    assertThat(changes)
        .extracting(change -> change.key()[0])
        .containsExactly((byte) 'b', (byte) 'd', (byte) 0x7f, (byte) 0x80);
    assertThat(changes).allMatch(Change::oldKnown);
    assertThat(changes.get(0).oldValue()).isEqualTo(bytes("2"));
    assertThat(changes.get(1).value()).isNull();
    assertThat(changes.get(1).oldValue()).isEqualTo(bytes("4"));
    assertThat(changes.get(2).oldValue()).isNull();
  }

  @Test
  void changesLeaveOutWhatIsAsBefore() {
    bank.set(bytes("b"), bytes("2"));
    bank.delete(bytes("nothing"));
    bank.set(bytes("new"), bytes("1"));
    bank.delete(bytes("new"));
    bank.get(bytes("d"));
    bank.set(bytes("d"), bytes("5"));
    bank.set(bytes("d"), bytes("4"));
    assertThat(branch.changes()).isEmpty();
  }

  @Test
  void iterationMergesWritesWithTheView() {
    bank.set(bytes("a"), bytes("1"));
    bank.set(bytes("c"), bytes("3"));
    bank.set(bytes("d"), bytes("44"));
    bank.delete(bytes("b"));
    assertThat(read(bank.iterate(bytes(""), null))).containsExactly("a=1", "c=3", "d=44");
    assertThat(read(bank.reverse(bytes(""), null))).containsExactly("d=44", "c=3", "a=1");
    assertThat(read(bank.iterate(bytes("b"), bytes("d")))).containsExactly("c=3");
    assertThat(read(bank.reverse(bytes("a"), bytes("d")))).containsExactly("c=3", "a=1");
    assertThat(read(bank.iterate(bytes("x"), bytes("b")))).isEmpty();
    assertThat(read(bank.prefix(bytes("d")))).containsExactly("d=44");
  }

  @Test
  void iterationSeesWhatIsWrittenAheadOfIt() {
    List<String> seen = new ArrayList<>();
    try (KVIterator entries = bank.iterate(bytes(""), null)) {
      while (entries.next()) {
        seen.add(text(entries.key()));
        if (seen.size() == 1) {
          bank.set(bytes("a"), bytes("behind"));
          bank.set(bytes("c"), bytes("ahead"));
          bank.delete(bytes("d"));
        }
      }
    }
    assertThat(seen).containsExactly("b", "c");
  }

  @Test
  void aCursorThatIsAtNoEntrySaysSo() {
    try (KVIterator entries = bank.iterate(bytes("x"), null)) {
      assertThatThrownBy(entries::key).isInstanceOf(IllegalStateException.class);
      assertThat(entries.next()).isFalse();
      assertThatThrownBy(entries::value).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void closesIteratorsThatWereForgotten() {
    bank.iterate(bytes(""), null).next();
    bank.reverse(bytes(""), null);
    assertThat(view.openIterators).isEqualTo(2);
    branch.closeIterators();
    assertThat(view.openIterators).isZero();
  }

  @Test
  void aViewThatCannotBeReadIsAnErrorAndNoResult() {
    Branch broken = new Branch(new BrokenView());
    assertThatThrownBy(() -> broken.store("bank").get(bytes("a")))
        .isInstanceOf(StateReadError.class)
        .hasMessageContaining("store bank can't be read")
        .hasMessageContaining("disk is gone");
    assertThatThrownBy(() -> broken.store("bank").iterate(bytes(""), null))
        .isInstanceOf(StateReadError.class);
  }

  /** A thousand random histories with nested branches, against sorted maps that are copied. */
  @Test
  void behavesAsCopiesOfAMapWould() {
    for (int seed = 0; seed < 1000; seed++) {
      compareWithCopies(new Random(seed));
    }
  }

  private static void compareWithCopies(Random random) {
    MapView start = MapView.of("s");
    for (int i = random.nextInt(8); i > 0; i--) {
      start.entries("s").put(key(random), value(random));
    }
    Branch tried = new Branch(start);
    KVStore store = tried.store("s");
    Deque<NavigableMap<byte[], byte[]>> copies = new ArrayDeque<>();
    Deque<Integer> marks = new ArrayDeque<>();
    NavigableMap<byte[], byte[]> model = copy(start.entries("s"));
    for (int step = 0; step < 60; step++) {
      byte[] key = key(random);
      switch (random.nextInt(8)) {
        case 0, 1 -> {
          byte[] value = value(random);
          store.set(key, value);
          model.put(key, value);
        }
        case 2 -> {
          store.delete(key);
          model.remove(key);
        }
        case 3 -> assertThat(store.get(key)).isEqualTo(model.get(key));
        case 4 -> {
          copies.push(copy(model));
          marks.push(tried.mark());
        }
        case 5 -> {
          if (!marks.isEmpty()) {
            tried.undo(marks.pop());
            model = copies.pop();
          }
        }
        case 6 -> {
          if (!marks.isEmpty()) {
            tried.keep(marks.pop());
            copies.pop();
          }
        }
        default -> {
          byte[] to = random.nextBoolean() ? null : key(random);
          assertThat(read(store.iterate(key, to))).isEqualTo(range(model, key, to, false));
          assertThat(read(store.reverse(key, to))).isEqualTo(range(model, key, to, true));
        }
      }
    }
    while (!marks.isEmpty()) {
      tried.keep(marks.pop());
    }
    NavigableMap<byte[], byte[]> result = start.after(tried.changes()).entries("s");
    assertThat(range(result, new byte[0], null, false))
        .isEqualTo(range(model, new byte[0], null, false));
  }

  private static List<String> range(
      NavigableMap<byte[], byte[]> map, byte[] from, byte @Nullable [] to, boolean reverse) {
    if (to != null && Arrays.compareUnsigned(from, to) >= 0) {
      return List.of();
    }
    NavigableMap<byte[], byte[]> range =
        to == null ? map.tailMap(from, true) : map.subMap(from, true, to, false);
    List<String> texts = new ArrayList<>();
    (reverse ? range.descendingMap() : range)
        .forEach((key, value) -> texts.add(text(key) + "=" + text(value)));
    return texts;
  }

  private static NavigableMap<byte[], byte[]> copy(NavigableMap<byte[], byte[]> map) {
    NavigableMap<byte[], byte[]> copy = new TreeMap<>(Arrays::compareUnsigned);
    copy.putAll(map);
    return copy;
  }

  private static byte[] key(Random random) {
    return bytes(String.valueOf((char) ('a' + random.nextInt(12))));
  }

  private static byte[] value(Random random) {
    return bytes(String.valueOf(random.nextInt(5)));
  }

  private static List<String> read(KVIterator entries) {
    List<String> read = new ArrayList<>();
    try (entries) {
      while (entries.next()) {
        read.add(text(entries.key()) + "=" + text(entries.value()));
      }
    }
    return read;
  }

  private static final class BrokenView implements StateView, StoreReader {
    @Override
    public long height() {
      return 1;
    }

    @Override
    public Set<String> stores() {
      return Set.of("bank");
    }

    @Override
    public StoreReader store(String name) {
      return this;
    }

    @Override
    public byte[] get(byte[] key) {
      throw new IllegalStateException("the disk is gone");
    }

    @Override
    public KVIterator iterate(byte[] from, byte @Nullable [] to, boolean reverse) {
      throw new IllegalStateException("the disk is gone");
    }

    @Override
    public long size() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
