package io.segue.kernel.core.gas;

import static io.segue.kernel.core.overlay.MapView.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.core.gas.KernelRules.GasCosts;
import io.segue.kernel.core.overlay.Branch;
import io.segue.kernel.core.overlay.MapView;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GasTest {
  private final Gas gas = new Gas();
  private final KVStore store =
      new MeteredStore(
          new Branch(MapView.of("s").with("s", "abc", "1234").with("s", "b", "1")).store("s"),
          gas,
          GasCosts.COSMOS);

  @Test
  void accessesCostWhatTheyCostInTheCosmosSdk() {
    store.get(bytes("abc"));
    assertThat(used()).isEqualTo(1000 + 3 * 3 + 3 * 4);
    store.get(bytes("nope"));
    assertThat(used()).isEqualTo(1000 + 3 * 4);
    store.has(bytes("abc"));
    assertThat(used()).isEqualTo(1000);
    store.set(bytes("kk"), bytes("vvv"));
    assertThat(used()).isEqualTo(2000 + 30 * 2 + 30 * 3);
    store.delete(bytes("abc"));
    assertThat(used()).isEqualTo(1000);
  }

  @Test
  void whatIsKeptOfARunIsRefused() {
    KVIterator kept = store.iterate(bytes(""), null);
    gas.end();

    assertThatThrownBy(() -> store.get(bytes("abc")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is used after its call; keep none of them");
    assertThatThrownBy(kept::next).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> gas.consume(1, "x")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anotherThreadIsRefused() {
    assertThat(CompletableFuture.supplyAsync(() -> store.has(bytes("abc"))))
        .failsWithin(Duration.ofMinutes(1))
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOf(IllegalStateException.class)
        .withMessageContaining("on another thread than its call");
  }

  @Test
  void iterationCostsEachStepAndTheBytesOfEachEntry() {
    try (KVIterator entries = store.iterate(bytes(""), null)) {
      assertThat(used()).isZero();
      entries.next();
      assertThat(used()).isEqualTo(30 + 3 * 7);
      entries.next();
      assertThat(used()).isEqualTo(30 + 3 * 2);
      entries.next();
      assertThat(used()).isEqualTo(30);
    }
  }

  @Test
  void aNarrowLimitEndsWithItsWork() {
    gas.reset(10_000);
    gas.consume(4_000, "before");
    long outer = gas.narrow(500);
    gas.consume(500, "within");
    assertThatThrownBy(() -> gas.consume(Long.MAX_VALUE, "too much"))
        .isInstanceOf(ModuleException.class);
    gas.widen(outer);
    assertThat(gas.used()).isEqualTo(4_500);
    gas.requireLeft();
    gas.consume(5_500, "after");

    outer = gas.narrow(1_000_000);
    assertThat(gas.limit()).as("never wider than what is around it").isEqualTo(10_000);
    assertThatThrownBy(() -> gas.consume(1, "more")).isInstanceOf(ModuleException.class);
    gas.widen(outer);
    assertThatThrownBy(gas::requireLeft).isInstanceOf(ModuleException.class);
  }

  @Test
  void passingTheLimitSaysWhere() {
    gas.reset(999);
    assertThatThrownBy(() -> store.has(bytes("abc")))
        .isInstanceOfSatisfying(
            ModuleException.class,
            refused -> {
              assertThat(refused.codespace()).isEqualTo("sdk");
              assertThat(refused.code()).isEqualTo(11);
            })
        .hasMessage("out of gas in location: Has; gasWanted: 999, gasUsed: 1000: out of gas");
  }

  @Test
  void theLimitItselfMayBeUsed() {
    gas.reset(1000);
    store.has(bytes("abc"));
    gas.requireLeft();
    assertThat(gas.used()).isEqualTo(1000);
    assertThat(gas.limit()).isEqualTo(1000);
  }

  @Test
  void aSumBeyondLongStaysPassed() {
    gas.reset(Long.MAX_VALUE - 1);
    gas.consume(Long.MAX_VALUE - 1, "a");
    assertThatThrownBy(() -> gas.consume(Long.MAX_VALUE, "b")).isInstanceOf(ModuleException.class);
    assertThatThrownBy(() -> gas.consume(0, "c")).isInstanceOf(ModuleException.class);
  }

  @Test
  void whatNoNumberCountsIsOutOfGasWithoutALimitToo() {
    gas.reset(Long.MAX_VALUE);
    gas.consume(1, "a");
    assertThatThrownBy(() -> gas.consume(Long.MAX_VALUE, "b"))
        .isInstanceOfSatisfying(
            ModuleException.class, e -> assertThat(e.code()).isEqualTo(Gas.OUT_OF_GAS));
    assertThatThrownBy(gas::requireLeft).isInstanceOf(ModuleException.class);
    gas.consume(1, "what others need");
    assertThat(gas.used()).isEqualTo(2);
  }

  @Test
  void refusesNegativeGas() {
    assertThatThrownBy(() -> gas.consume(-1, "a")).isInstanceOf(IllegalArgumentException.class);
  }

  private long used() {
    long used = gas.used();
    gas.reset(Long.MAX_VALUE);
    return used;
  }
}
