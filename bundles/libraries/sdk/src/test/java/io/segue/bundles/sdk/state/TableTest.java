package io.segue.bundles.sdk.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.sdk.Budget;
import io.segue.bundles.sdk.SortedStore;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.kernel.api.module.GasMeter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Work that a store holds until it is due, and lists of which only some entries are asked for. */
class TableTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final PairKey<Instant, Long> DUE = Keys.pair(Keys.time(), Keys.u64());
  private static final TripleKey<byte[], byte[], Long> WAY =
      Keys.triple(Keys.address(), Keys.address(), Keys.u64());

  private final SortedStore store = new SortedStore();
  private final Schema schema = new Schema();
  private final Sequence ids = schema.sequence("ids", Prefix.of(0), 1);
  private final Table<Long, String> rows =
      schema.table("rows", Prefix.of(1), Keys.u64(), Values.text());
  private final KeySet<Pair<Instant, Long>> due = schema.keySet("due", Prefix.of(2), DUE);
  private final KeySet<Triple<byte[], byte[], Long>> ways =
      schema.keySet("ways", Prefix.of(3), WAY);
  private final Item<Boolean> changed = schema.item("changed", Prefix.of(4), Values.flag());
  private final Item<Instant> until = schema.item("until", Prefix.of(5), Values.time());

  /** Every entry that is done costs one gas. */
  private final Meter gas = new Meter();

  @AfterEach
  void everyIteratorIsClosed() {
    assertThat(store.open()).isZero();
  }

  @Test
  void drainsInOrderAsFarAsTheBudgetGoes() {
    for (long id = 1; id <= 200; id++) {
      rows.set(store, id, "row " + id);
    }
    assertThat(drain(Range.from(3L), 0)).as("one at least").containsExactly("row 3");
    assertThat(drain(Range.from(3L), 2)).containsExactly("row 4", "row 5");
    assertThat(drain(Range.from(3L), 1_000)).hasSize(195).startsWith("row 6").endsWith("row 200");
    assertThat(rows.keys(store, Range.all(), 9)).containsExactly(1L, 2L);
    assertThat(rows.drain(store, Range.all(), new Budget(gas, 100), (id, row) -> {})).isTrue();
    assertThat(rows.drain(store, Range.all(), new Budget(gas, 0), (id, row) -> {})).isTrue();
  }

  private List<String> drain(Range<Long> range, long budget) {
    List<String> drained = new ArrayList<>();
    rows.drain(
        store,
        range,
        new Budget(gas, budget),
        (id, row) -> {
          assertThat(rows.has(store, id)).as("it is removed afterwards").isTrue();
          gas.consume(1, "row");
          drained.add(row);
        });
    return drained;
  }

  @Test
  void drainsWhatIsDueAndLeavesTheRest() {
    due.add(store, Pair.of(NOON.plusSeconds(1), 1L));
    due.add(store, Pair.of(NOON, 3L));
    due.add(store, Pair.of(NOON, 2L));
    due.add(store, Pair.of(NOON.minusSeconds(9), 9L));
    List<Long> done = new ArrayList<>();

    boolean all =
        due.drain(store, DUE.through(NOON), new Budget(gas, 10), entry -> done.add(entry.second()));

    assertThat(all).isTrue();
    assertThat(done).containsExactly(9L, 2L, 3L);
    assertThat(due.count(store, Range.all())).isEqualTo(1);
  }

  @Test
  void goesOnInARange() {
    for (long id = 1; id <= 5; id++) {
      rows.set(store, id, "row " + id);
      due.add(store, Pair.of(NOON.plusSeconds(id / 4), id));
    }
    Range<Pair<Instant, Long>> now = DUE.through(NOON);
    assertThat(due.keys(store, now.after(Pair.of(NOON, 1L)), 9))
        .extracting(Pair::second)
        .containsExactly(2L, 3L);
    assertThat(due.keys(store, now.startingAt(Pair.of(NOON, 3L)), 9)).hasSize(1);
    assertThat(due.keys(store, DUE.startingWith(NOON).after(Pair.of(NOON, 3L)), 9)).isEmpty();
    assertThat(rows.keys(store, Range.<Long>all().after(3L), 9)).containsExactly(4L, 5L);
    assertThat(rows.entries(store, Range.from(2L), 2))
        .containsExactly(Pair.of(2L, "row 2"), Pair.of(3L, "row 3"));
    assertThat(rows.count(store, Range.from(2L))).isEqualTo(4);
    assertThatThrownBy(() -> now.reversed().after(Pair.of(NOON, 1L)))
        .hasMessageContaining("before it is reversed");
  }

  @Test
  void pagesOfWhatMatches() {
    for (long id = 1; id <= 9; id++) {
      rows.set(store, id, id % 2 == 0 ? "even " + id : "odd " + id);
    }
    List<String> page = new ArrayList<>();
    PageResponse response =
        rows.page(
            store,
            Range.all(),
            PageRequest.newBuilder().setOffset(1).setLimit(2).setCountTotal(true).build(),
            row -> row.startsWith("even"),
            page::add);

    assertThat(page).containsExactly("even 4", "even 6");
    assertThat(response.getTotal()).isEqualTo(4);
    assertThat(response.getNextKey().byteAt(7)).isEqualTo((byte) 8);
  }

  @Test
  void walksTriplesByTheirFirstPart() {
    ways.add(store, Triple.of(new byte[] {1}, new byte[] {2}, 3L));
    ways.add(store, Triple.of(new byte[] {1}, new byte[] {3}, 4L));
    ways.add(store, Triple.of(new byte[] {2}, new byte[] {2}, 5L));

    assertThat(ways.keys(store, WAY.startingWith(new byte[] {1}), 9))
        .extracting(Triple::third)
        .containsExactly(3L, 4L);
  }

  @Test
  void keepsFlagsTimesAndNumbersThatBeginAtOne() {
    assertThat(changed.has(store)).isFalse();
    changed.set(store, true);
    assertThat(changed.getOr(store, false)).isTrue();
    assertThat(store.get(new byte[] {4})).containsExactly(1);
    changed.set(store, false);
    assertThat(changed.has(store)).isFalse();

    until.set(store, NOON);
    assertThat(until.find(store)).contains(NOON);
    assertThat(store.get(new byte[] {5})).asString().isEqualTo("2026-11-23T12:00:00.000000000");

    assertThat(ids.next(store)).isEqualTo(1);
    assertThat(ids.peek(store)).isEqualTo(2);
    assertThat(store.get(new byte[] {0})).isEqualTo(HexFormat.of().parseHex("0000000000000002"));
  }

  @Test
  void comesBackFromItsGenesis() {
    changed.set(store, true);
    until.set(store, NOON);
    byte[] genesis = schema.exportGenesis(store);
    changed.remove(store);
    until.remove(store);

    schema.importGenesis(store, genesis);
    assertThat(changed.getOr(store, false)).isTrue();
    assertThat(until.find(store)).contains(NOON);
    assertThatThrownBy(() -> schema.importGenesis(store, "{\"changed\":\"yes\"}".getBytes(UTF_8)))
        .hasMessageContaining("is neither true nor false");
  }

  private static final class Meter implements GasMeter {
    private long used;

    @Override
    public void consume(long amount, String location) {
      used += amount;
    }

    @Override
    public long used() {
      return used;
    }

    @Override
    public long limit() {
      return Long.MAX_VALUE;
    }
  }
}
