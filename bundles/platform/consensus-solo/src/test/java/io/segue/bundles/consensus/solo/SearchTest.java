package io.segue.bundles.consensus.solo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.consensus.solo.wire.Merkle;
import io.segue.kernel.api.engine.Engine.Comparison;
import io.segue.kernel.api.engine.Engine.Condition;
import io.segue.kernel.api.engine.Engine.TxPage;
import io.segue.kernel.api.engine.Engine.TxQuery;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches on a chain of six transfers: two a block, from height 2 on. */
class SearchTest {
  private static final List<String> TRANSFERS =
      List.of("ann 5 bob", "bob 7 ann", "ann 12 cat", "cat 5 ann", "ann 5 bob2", "bob 100 cat");

  private final SoloEngine engine;

  SearchTest(@TempDir Path folder) {
    engine = new EngineHome(folder).engine(new FakeApplication());
  }

  @BeforeEach
  void makeTransfers() throws Exception {
    AgentSteps.runTo(engine, 1);
    for (int i = 0; i < TRANSFERS.size(); i += 2) {
      engine.broadcast(TRANSFERS.get(i).getBytes(UTF_8));
      engine.broadcast(TRANSFERS.get(i + 1).getBytes(UTF_8));
      AgentSteps.runTo(engine, engine.height() + 1);
    }
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void findsByHashInAnyCaseAndIgnoresOtherConditions() {
    byte[] hash = Merkle.sha256("bob 7 ann".getBytes(UTF_8));
    String lower = HexFormat.of().formatHex(hash);
    Condition other = equal("transfer.sender", "nobody");

    assertThat(found(equal("tx.hash", lower), other)).containsExactly("bob 7 ann");
    assertThat(found(equal("tx.hash", lower.toUpperCase(Locale.ROOT))))
        .containsExactly("bob 7 ann");
    assertThat(found(equal("tx.hash", "00"))).isEmpty();
  }

  @Test
  void findsByAttribute() {
    assertThat(found(equal("transfer.sender", "ann")))
        .containsExactly("ann 5 bob", "ann 12 cat", "ann 5 bob2");
    assertThat(found(equal("transfer.recipient", "bob")))
        .as("a longer value that begins the same is another value")
        .containsExactly("ann 5 bob");
    assertThat(found(equal("transfer.sender", "an"))).isEmpty();
  }

  @Test
  void wantsAllConditionsWithinOneEvent() {
    assertThat(found(equal("transfer.sender", "ann"), equal("transfer.amount", "5")))
        .containsExactly("ann 5 bob", "ann 5 bob2");
    assertThat(found(equal("transfer.sender", "ann"), equal("transfer.recipient", "bob")))
        .as("sender and recipient stand in two events")
        .isEmpty();
  }

  @Test
  void narrowsByHeight() {
    assertThat(found(equal("tx.height", "3"))).containsExactly("ann 12 cat", "cat 5 ann");
    assertThat(found(new Condition("tx.height", Comparison.GREATER_OR_EQUAL, "3"))).hasSize(4);
    assertThat(
            found(
                new Condition("tx.height", Comparison.GREATER, "2"),
                new Condition("tx.height", Comparison.LESS, "4"),
                equal("transfer.sender", "ann")))
        .containsExactly("ann 12 cat");
    assertThat(found(new Condition("tx.height", Comparison.GREATER, "0"))).hasSize(6);
  }

  @Test
  void findsNothingBeyondTheLastPossibleHeightAndAllBelowIt() {
    String last = Long.toString(Long.MAX_VALUE);
    String beyond = "9223372036854775808";
    for (String number : List.of(last, beyond, "1" + "0".repeat(60))) {
      assertThat(found(height(Comparison.GREATER, number))).as(number).isEmpty();
      assertThat(found(height(Comparison.GREATER_OR_EQUAL, number))).as(number).isEmpty();
      assertThat(found(height(Comparison.EQUAL, number))).as(number).isEmpty();
      assertThat(found(height(Comparison.LESS, number))).as(number).hasSize(6);
      assertThat(found(height(Comparison.LESS_OR_EQUAL, number))).as(number).hasSize(6);
    }
    for (String number : List.of(Long.toString(Long.MIN_VALUE), "-9223372036854775809")) {
      assertThat(found(height(Comparison.LESS, number))).as(number).isEmpty();
      assertThat(found(height(Comparison.LESS_OR_EQUAL, number))).as(number).isEmpty();
      assertThat(found(height(Comparison.EQUAL, number))).as(number).isEmpty();
      assertThat(found(height(Comparison.GREATER, number))).as(number).hasSize(6);
    }
    assertThatThrownBy(() -> found(height(Comparison.LESS, "9".repeat(129))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no number of a height");
  }

  @Test
  void comparesNumbersBySizeAndTextsByContent() {
    assertThat(found(new Condition("transfer.amount", Comparison.GREATER, "7")))
        .containsExactly("ann 12 cat", "bob 100 cat");
    assertThat(found(new Condition("transfer.amount", Comparison.LESS_OR_EQUAL, "5.0")))
        .containsExactly("ann 5 bob", "cat 5 ann", "ann 5 bob2");
    assertThat(found(new Condition("transfer.recipient", Comparison.CONTAINS, "ob")))
        .containsExactly("ann 5 bob", "ann 5 bob2");
    assertThat(found(new Condition("transfer.recipient", Comparison.EXISTS, ""))).hasSize(6);
    assertThat(found(new Condition("nothing.here", Comparison.EXISTS, ""))).isEmpty();
  }

  @Test
  void givesPagesFromEitherEnd() {
    Condition all = new Condition("tx.height", Comparison.GREATER, "0");

    assertThat(page(all, false, 0, 4))
        .containsExactly(TRANSFERS.subList(0, 4).toArray(String[]::new));
    assertThat(page(all, false, 4, 4)).containsExactly("ann 5 bob2", "bob 100 cat");
    assertThat(page(all, true, 0, 4))
        .containsExactly("bob 100 cat", "ann 5 bob2", "cat 5 ann", "ann 12 cat");
    assertThat(page(all, true, 4, 4)).containsExactly("bob 7 ann", "ann 5 bob");
    assertThat(page(all, true, 8, 4)).isEmpty();
    assertThat(engine.search(new TxQuery(List.of(all), true, 4, 4)).total()).isEqualTo(6);
  }

  @Test
  void refusesComparisonsThatMakeNoSense() {
    assertThatThrownBy(() -> found(new Condition("tx.height", Comparison.EQUAL, "abc")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tx.height")
        .hasMessageContaining("no number");
    assertThatThrownBy(() -> found(new Condition("transfer.amount", Comparison.LESS, "5x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("transfer.amount");
  }

  private List<String> found(Condition... conditions) {
    TxPage page = engine.search(new TxQuery(List.of(conditions), false, 0, 100));
    assertThat(page.total()).isEqualTo(page.txs().size());
    return texts(page);
  }

  private List<String> page(Condition condition, boolean descending, long offset, int limit) {
    return texts(engine.search(new TxQuery(List.of(condition), descending, offset, limit)));
  }

  private static List<String> texts(TxPage page) {
    return page.txs().stream().map(tx -> new String(tx.tx(), UTF_8)).toList();
  }

  private static Condition height(Comparison comparison, String number) {
    return new Condition("tx.height", comparison, number);
  }

  private static Condition equal(String key, String value) {
    return new Condition(key, Comparison.EQUAL, value);
  }
}
