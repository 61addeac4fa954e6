package io.segue.bundles.consensus.solo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.engine.Engine.Comparison;
import io.segue.kernel.api.engine.Engine.Condition;
import io.segue.kernel.api.engine.Engine.HeightPage;
import io.segue.kernel.api.engine.Engine.Operand;
import io.segue.kernel.api.engine.Engine.TxQuery;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksIterator;

/** Blocks are found by their own events: 1 to 9, each of which mints its height and tells a day. */
class BlockSearchTest {
  private static final long BLOCKS = 9;
  private static final String UINT256_MAX =
      "115792089237316195423570985008687907853269984665640564039457584007913129639935";

  private final FakeApplication application = new FakeApplication();
  private final EngineHome home;
  private SoloEngine engine;

  BlockSearchTest(@TempDir Path folder) {
    home = new EngineHome(folder);
    engine = home.engine(application);
  }

  @BeforeEach
  void makeBlocks() throws Exception {
    for (int height = 1; height <= BLOCKS; height++) {
      application.nextEvents =
          List.of(
              Event.of("mint", "amount", "" + height, "denom", height % 2 == 0 ? "even" : "odd"),
              Event.of("mint", "amount", "100", "denom", "fee"),
              Event.of(
                  "day", "date", "2026-11-0" + height, "time", "2026-11-0" + height + "T00:00:00Z"),
              Event.of("large", "number", height == 5 ? UINT256_MAX : "" + Long.MAX_VALUE));
      engine.broadcast(("ann " + height + " bob").getBytes(UTF_8));
      AgentSteps.runTo(engine, height);
    }
    indexAll();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void findsByHeight() {
    assertThat(found(size("block.height", Comparison.EQUAL, "4"))).containsExactly(4L);
    assertThat(found(size("block.height", Comparison.GREATER, "7"))).containsExactly(8L, 9L);
    assertThat(found(size("block.height", Comparison.LESS_OR_EQUAL, "2.5")))
        .containsExactly(1L, 2L);
    assertThat(found(size("block.height", Comparison.EQUAL, "2.5"))).isEmpty();
    assertThat(found(size("block.height", Comparison.GREATER, "2.5"))).hasSize(7).contains(3L);
    assertThat(found(size("block.height", Comparison.GREATER, "9" + "0".repeat(70)))).isEmpty();
    assertThat(found(new Condition("block.height", Comparison.EXISTS, ""))).hasSize(9);
  }

  @Test
  void findsByAttributesWithinOneEvent() {
    assertThat(found(text("mint.denom", "even"))).containsExactly(2L, 4L, 6L, 8L);
    assertThat(
            found(
                text("mint.denom", "odd"),
                size("mint.amount", Comparison.GREATER, "2"),
                size("block.height", Comparison.LESS, "9")))
        .as("the fee of 100 stands in another event")
        .containsExactly(3L, 5L, 7L);
    assertThat(found(text("mint.denom", "odd"), text("mint.amount", "100"))).isEmpty();
    assertThat(found(new Condition("mint.denom", Comparison.CONTAINS, "eve"))).hasSize(4);
    assertThat(found(new Condition("mint.nothing", Comparison.EXISTS, ""))).isEmpty();
    assertThat(found(new Condition("mint.amount", Comparison.EXISTS, ""))).hasSize(9);
  }

  @Test
  void findsNothingByEventsOfTransactions() {
    assertThat(found(text("transfer.sender", "ann"))).isEmpty();
  }

  @Test
  void comparesNumbersUpToTheLargestThatChainsHave() {
    assertThat(found(size("large.number", Comparison.GREATER, "" + Long.MAX_VALUE)))
        .containsExactly(5L);
    assertThat(found(size("large.number", Comparison.GREATER_OR_EQUAL, UINT256_MAX)))
        .containsExactly(5L);
    assertThat(found(size("large.number", Comparison.GREATER, UINT256_MAX))).isEmpty();
    assertThat(found(size("large.number", Comparison.LESS, UINT256_MAX))).hasSize(8);
    assertThat(found(size("large.number", Comparison.LESS, "" + Long.MAX_VALUE))).isEmpty();
  }

  @Test
  void comparesDaysAndTimes() {
    assertThat(
            found(
                new Condition("day.date", Comparison.GREATER, "2026-11-03", Operand.DATE),
                new Condition("day.date", Comparison.LESS_OR_EQUAL, "2026-11-05", Operand.DATE)))
        .containsExactly(4L, 5L);
    assertThat(
            found(
                new Condition(
                    "day.time", Comparison.LESS, "2026-11-02T01:00:01+01:00", Operand.TIME)))
        .containsExactly(1L, 2L);
    assertThat(found(new Condition("day.date", Comparison.EQUAL, "2026-11-03", Operand.DATE)))
        .containsExactly(3L);
    assertThatThrownBy(
            () -> found(new Condition("day.date", Comparison.LESS, "soon", Operand.DATE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("day.date");
  }

  @Test
  void givesPagesFromEitherEnd() {
    Condition all = size("block.height", Comparison.GREATER, "0");
    Condition minted = new Condition("mint.amount", Comparison.EXISTS, "");
    for (Condition condition : List.of(all, minted)) {
      assertThat(page(condition, false, 0, 2)).containsExactly(1L, 2L);
      assertThat(page(condition, false, 8, 2)).containsExactly(9L);
      assertThat(page(condition, true, 0, 2)).containsExactly(9L, 8L);
      assertThat(page(condition, true, 8, 2)).containsExactly(1L);
      assertThat(page(condition, true, 10, 2)).isEmpty();
    }
  }

  @Test
  void findsHeightsByHash() {
    for (long height = 1; height <= BLOCKS; height++) {
      byte[] hash = engine.block(height).orElseThrow().id().hash();
      assertThat(engine.heightOf(hash)).contains(height);
    }
    assertThat(engine.heightOf(new byte[32])).isEmpty();
    assertThat(engine.heightOf(new byte[0])).isEmpty();
  }

  @Test
  void findsAllAfterARestart() {
    restart();
    assertThat(found(text("mint.denom", "even"))).containsExactly(2L, 4L, 6L, 8L);
    assertThat(engine.heightOf(engine.block(3).orElseThrow().id().hash())).contains(3L);
  }

  @Test
  void indexesAHomeOfAnOlderLayoutAgain() throws Exception {
    engine.close();
    makeOlder();
    engine = home.engine(application);
    indexAll();
    assertThat(found(text("mint.denom", "even"))).containsExactly(2L, 4L, 6L, 8L);
    assertThat(engine.heightOf(engine.block(3).orElseThrow().id().hash())).contains(3L);
    assertThat(
            engine
                .search(new TxQuery(List.of(text("transfer.sender", "ann")), false, 0, 100))
                .total())
        .isEqualTo(9);
  }

  @Test
  void findsAllWhereTheIndexIsGone() throws Exception {
    engine.close();
    EngineHome.deleteAll(home.blocks().resolve("index"));
    assertThat(Files.exists(home.blocks().resolve("index"))).isFalse();
    engine = home.engine(application);
    indexAll();
    assertThat(found(text("mint.denom", "fee"))).hasSize(9);
  }

  private void restart() {
    engine.close();
    engine = home.engine(application);
    indexAll();
  }

  private void indexAll() {
    AgentSteps.until(engine, () -> engine.height() >= BLOCKS);
    while (engine.indexWork() > 0) {}
  }

  /** Makes the index what it was before it knew blocks: no rows of them, and the older mark. */
  private void makeOlder() throws Exception {
    try (Options options = new Options();
        RocksDB db = RocksDB.open(options, home.blocks().resolve("index").toString())) {
      List<byte[]> keys = new ArrayList<>();
      try (RocksIterator rows = db.newIterator()) {
        for (rows.seekToFirst(); rows.isValid(); rows.next()) {
          if ("bEn".indexOf(rows.key()[0]) >= 0) {
            keys.add(rows.key());
          }
        }
      }
      assertThat(keys).hasSizeGreaterThan(20);
      for (byte[] key : keys) {
        db.delete(key);
      }
      db.put(new byte[] {'m'}, ByteBuffer.allocate(8).putLong(engine.height()).array());
    }
  }

  private List<Long> found(Condition... conditions) {
    HeightPage page = engine.searchBlocks(new TxQuery(List.of(conditions), false, 0, 100));
    assertThat(page.total()).isEqualTo(page.heights().size());
    return page.heights();
  }

  private List<Long> page(Condition condition, boolean descending, long offset, int limit) {
    HeightPage page =
        engine.searchBlocks(new TxQuery(List.of(condition), descending, offset, limit));
    assertThat(page.total()).isEqualTo(BLOCKS);
    return page.heights();
  }

  private static Condition text(String key, String value) {
    return new Condition(key, Comparison.EQUAL, value);
  }

  private static Condition size(String key, Comparison comparison, String number) {
    return new Condition(key, comparison, number, Operand.NUMBER);
  }
}
