package io.segue.kernel.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.upgrade.Rewriter;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.StoreLoader;
import io.segue.kernel.core.upgrade.LoadProgress;
import io.segue.kernel.core.upgrade.StoreLoadException;
import io.segue.kernel.core.upgrade.StoreLoads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreLoadsTest {
  private static final int KEYS = 5_000;
  private static final String BASIS = "the code";

  private final StateStore store = new InMemoryStore();

  @BeforeEach
  void commitBank() {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      changes.add(new Change(key(i), bytes("value" + i), true, null));
    }
    store.commit(
        store.stage(
            List.of(new IndexChange.Add("bank"), new IndexChange.Add("gov")),
            new TreeMap<>(Map.of("bank", changes))),
        1,
        Map.of());
  }

  @Test
  void addsRenamesAndDeletesInOrder() {
    load(
        new StoreLoad.Rename("bank", "assets"),
        new StoreLoad.Delete("gov"),
        new StoreLoad.Add("bank"),
        new StoreLoad.Rename("assets", "gov"));
    assertThat(store.roots(2)).containsOnlyKeys("bank", "gov");
    assertThat(store.roots(2).get("gov")).isEqualTo(store.roots(1).get("bank"));
    assertThat(store.roots(2).get("bank")).containsOnly(0);
  }

  @Test
  void rewritesWhatAnEarlierLoadRenamed() {
    load(
        new StoreLoad.Rename("bank", "assets"),
        new StoreLoad.Rewrite("assets", (key, value, sink) -> sink.put(key, bytes("new"))));
    assertThat(store.roots(2)).containsOnlyKeys("assets", "gov");
    try (StateView view = store.view(2)) {
      assertThat(view.store("assets").get(key(77))).isEqualTo(bytes("new"));
      assertThat(view.store("assets").size()).isEqualTo(KEYS);
    }
  }

  @Test
  void refusesALoadOfAStoreThatIsNotThereBeforeAnyBegins() {
    assertRefused("load 1, rename nft to art", "no store nft", new StoreLoad.Rename("nft", "art"));
    assertRefused("load 1, delete nft", "no store nft", new StoreLoad.Delete("nft"));
    assertRefused(
        "load 1, rewrite nft",
        "only [bank, gov]",
        new StoreLoad.Rewrite("nft", (key, value, sink) -> {}));
    assertRefused(
        "load 3, delete gov",
        "no store gov",
        new StoreLoad.Add("fees"),
        new StoreLoad.Delete("gov"),
        new StoreLoad.Delete("gov"));
  }

  @Test
  void refusesALoadThatMakesAStoreTwice() {
    assertRefused("load 1, add bank", "a store bank already", new StoreLoad.Add("bank"));
    assertRefused(
        "load 2, add fees",
        "a store fees already, from load 1, add fees",
        new StoreLoad.Add("fees"),
        new StoreLoad.Add("fees"));
    assertRefused(
        "load 1, rename gov to bank", "a store bank already", new StoreLoad.Rename("gov", "bank"));
  }

  @Test
  void namesTheKeyAtWhichARewriterThrowsAndKeepsNothing() {
    StoreLoads loads =
        loads(
            new StoreLoad.Rewrite(
                "bank",
                (key, value, sink) -> {
                  if (Arrays.equals(key, key(KEYS / 2))) {
                    throw new IllegalStateException("no amount");
                  }
                  sink.put(key, value);
                }));
    assertThatThrownBy(() -> run(loads))
        .isInstanceOf(StoreLoadException.class)
        .hasMessageContainingAll(
            "rewriting store bank", "at key " + hex(key(KEYS / 2)), "no amount");
    assertThat(savedEntries()).isZero();
  }

  @Test
  void namesBothSourcesOfAKeyThatIsGivenTwice() {
    StoreLoads loads =
        loads(
            new StoreLoad.Rewrite(
                "bank",
                (key, value, sink) ->
                    sink.put(Arrays.equals(key, key(4_000)) ? key(7) : key, value)));
    assertThatThrownBy(() -> run(loads))
        .isInstanceOf(StoreLoadException.class)
        .hasMessageContainingAll(hex(key(7)), hex(key(7)) + " and " + hex(key(4_000)));
  }

  @Test
  void refusesEmptyKeysAndValues() {
    for (Rewriter rewriter :
        List.<Rewriter>of(
            (key, value, sink) -> sink.put(new byte[0], value),
            (key, value, sink) -> sink.put(key, new byte[0]))) {
      StoreLoads loads = loads(new StoreLoad.Rewrite("bank", rewriter));
      assertThatThrownBy(() -> run(loads))
          .isInstanceOf(StoreLoadException.class)
          .hasMessageContainingAll("at key " + hex(key(0)), "empty");
    }
  }

  @Test
  void goesOnWhereItWasStoppedAndGivesTheSameRoot() {
    AtomicInteger calls = new AtomicInteger();
    StoreLoad rewrite =
        new StoreLoad.Rewrite(
            "bank",
            (key, value, sink) -> {
              calls.incrementAndGet();
              sink.put(value, key);
            });
    StoreLoads stopped = loads(rewrite);
    while (calls.get() < KEYS / 2) {
      stopped.step(1);
    }
    LoadProgress progress = stopped.progress();
    assertThat(progress.done()).isEqualTo(calls.get());
    assertThat(progress.toString()).contains("rewriting store bank", "of 5,000 entries");
    stopped.close();
    StoreLoads loads = loads(rewrite);
    loads.step(1);
    assertThat(loads.progress().since()).isEqualTo(progress.done());
    run(loads);
    assertThat(calls.get()).as("no entry was rewritten twice").isEqualTo(KEYS);
    commit(loads);
    try (StateView view = store.view(2)) {
      assertThat(view.store("bank").size()).isEqualTo(KEYS);
      assertThat(view.store("bank").get(bytes("value9"))).isEqualTo(key(9));
    }
  }

  @Test
  void startsAnewWithOtherCode() {
    AtomicInteger calls = new AtomicInteger();
    StoreLoad rewrite =
        new StoreLoad.Rewrite(
            "bank",
            (key, value, sink) -> {
              calls.incrementAndGet();
              sink.put(key, value);
            });
    StoreLoads stopped = loads(rewrite);
    stopped.step(1);
    stopped.step(1);
    stopped.close();
    assertThat(calls.get()).isPositive();
    calls.set(0);
    run(new StoreLoads(store, List.of(rewrite), "fixed code"));
    assertThat(calls.get()).isEqualTo(KEYS);
  }

  @Test
  void doesNotRepeatALoadThatWasComplete() {
    AtomicInteger calls = new AtomicInteger();
    StoreLoad first =
        new StoreLoad.Rewrite(
            "bank",
            (key, value, sink) -> {
              calls.incrementAndGet();
              sink.put(key, bytes("1"));
            });
    StoreLoads stopped = loads(first, new StoreLoad.Add("fees"));
    run(stopped);
    store.drop(store.stage(stopped.index(), new TreeMap<>()));
    StoreLoads again = loads(first, new StoreLoad.Add("fees"));
    run(again);
    commit(again);
    assertThat(calls.get()).isEqualTo(KEYS);
    assertThat(store.roots(2)).containsOnlyKeys("bank", "fees", "gov");
  }

  @Test
  void letsALoaderFillAStoreInSteps() {
    load(new StoreLoad.Custom("lengths", new Lengths()));
    try (StateView view = store.view(2)) {
      assertThat(view.store("lengths").size()).isEqualTo(KEYS);
      assertThat(view.store("lengths").get(key(123))).isEqualTo(bytes("8"));
      assertThat(view.store("bank").size()).isEqualTo(KEYS);
    }
  }

  @Test
  void letsALoaderGoOnFromItsCursorWithANewObject() {
    StoreLoads stopped = loads(new StoreLoad.Custom("lengths", new Lengths()));
    stopped.step(1);
    stopped.step(1);
    stopped.step(1);
    assertThat(stopped.progress().done()).isBetween(1L, KEYS - 1L);
    stopped.close();
    Lengths second = new Lengths();
    StoreLoads loads = loads(new StoreLoad.Custom("lengths", second));
    run(loads);
    commit(loads);
    assertThat(second.read).isLessThan(KEYS);
    try (StateView view = store.view(2)) {
      assertThat(view.store("lengths").size()).isEqualTo(KEYS);
    }
  }

  @Test
  void callsALoaderWithoutStepsOnce() {
    AtomicInteger calls = new AtomicInteger();
    load(
        new StoreLoad.Custom(
            "lengths",
            new StoreLoader() {
              @Override
              public Optional<byte[]> step(
                  byte[] cursor, int budget, Source source, Rewriter.Sink sink) {
                calls.incrementAndGet();
                assertThat(budget).isEqualTo(Integer.MAX_VALUE);
                return new Lengths().step(cursor, budget, source, sink);
              }

              @Override
              public boolean stepwise() {
                return false;
              }
            }));
    assertThat(calls).hasValue(1);
    try (StateView view = store.view(2)) {
      assertThat(view.store("lengths").size()).isEqualTo(KEYS);
    }
  }

  @Test
  void refusesALoaderThatHasNoEndOrAnEndlessCursor() {
    assertLoaderRefused(cursor -> Optional.of(cursor.length == 0 ? bytes("x") : cursor), "no end");
    assertLoaderRefused(cursor -> Optional.of(new byte[0]), "no end");
    assertLoaderRefused(cursor -> Optional.of(new byte[65_001]), "more than 65000");
  }

  @Test
  void namesTheStepInWhichALoaderThrows() {
    StoreLoads loads =
        loads(
            new StoreLoad.Custom(
                "lengths",
                (cursor, budget, source, sink) -> {
                  source.store("nft");
                  return Optional.empty();
                }));
    assertThatThrownBy(() -> run(loads))
        .isInstanceOf(StoreLoadException.class)
        .hasMessageContainingAll("loading store lengths", "in its first step", "no store nft");
  }

  @Test
  void saysThatALoaderGaveAKeyTwice() {
    StoreLoads loads =
        loads(
            new StoreLoad.Custom(
                "lengths",
                (cursor, budget, source, sink) -> {
                  sink.put(bytes("same"), bytes("1"));
                  sink.put(bytes("same"), bytes("2"));
                  return Optional.empty();
                }));
    assertThatThrownBy(() -> run(loads))
        .isInstanceOf(StoreLoadException.class)
        .hasMessageContainingAll("loading store lengths", hex(bytes("same")), "from the loader");
  }

  private void assertLoaderRefused(Function<byte[], Optional<byte[]>> next, String reason) {
    StoreLoads loads =
        loads(
            new StoreLoad.Custom("lengths", (cursor, budget, source, sink) -> next.apply(cursor)));
    assertThatThrownBy(() -> run(loads))
        .isInstanceOf(StoreLoadException.class)
        .hasMessageContaining(reason);
  }

  private void assertRefused(String load, String reason, StoreLoad... loads) {
    assertThatThrownBy(() -> loads(loads))
        .isInstanceOf(StoreLoadException.class)
        .hasMessageContainingAll(load, reason);
  }

  private StoreLoads loads(StoreLoad... loads) {
    return new StoreLoads(store, List.of(loads), BASIS);
  }

  private static void run(StoreLoads loads) {
    while (!loads.step(1)) {
      // Goes on.
    }
  }

  private void load(StoreLoad... list) {
    StoreLoads loads = loads(list);
    run(loads);
    commit(loads);
  }

  private void commit(StoreLoads loads) {
    store.commit(store.stage(loads.index(), new TreeMap<>()), 2, Map.of());
  }

  /** How many entries a rewrite of bank would find done. */
  private long savedEntries() {
    StoreLoads again = loads(new StoreLoad.Rewrite("bank", (key, value, sink) -> {}));
    again.step(1);
    return again.progress().since();
  }

  private static byte[] key(int number) {
    return bytes(String.format("key%05d", number));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Fills a store with the lengths of the values of bank; the cursor is the next key to read. */
  private static final class Lengths implements StoreLoader {
    private int read;

    @Override
    public Optional<byte[]> step(byte[] cursor, int budget, Source source, Rewriter.Sink sink) {
      int left = budget;
      try (KVIterator entries = source.store("bank").iterate(cursor, null, false)) {
        while (entries.next()) {
          if (left-- == 0) {
            return Optional.of(entries.key());
          }
          sink.put(entries.key(), bytes(String.valueOf(entries.value().length)));
          read++;
        }
      }
      return Optional.empty();
    }
  }
}
