package io.segue.kernel.core.check;

import static io.segue.kernel.core.exec.FakeChain.header;
import static io.segue.kernel.core.exec.FakeChain.show;
import static io.segue.kernel.core.exec.TextFormat.tx;
import static io.segue.kernel.core.overlay.MapView.bytes;
import static io.segue.kernel.core.overlay.MapView.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.abci.Abci.CheckTxRequest;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.Tx;
import io.segue.kernel.core.exec.FakeChain;
import io.segue.kernel.core.exec.FakeModule;
import io.segue.kernel.core.overlay.MapView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CheckStateTest {
  private static final long GAS = 1_000_000;

  private volatile Runnable whileChecking = () -> {};
  private volatile Runnable whileHandling = () -> {};
  private final List<MapView> closed = new CopyOnWriteArrayList<>();
  private final List<String> modes = new ArrayList<>();
  private final AtomicInteger handled = new AtomicInteger();

  /** The payload is {@code <account> <sequence>}; both the account and a common counter move. */
  private final FakeModule auth =
      FakeModule.auth()
          .ante(
              "sequence",
              (context, tx) -> {
                String[] want = text(tx.messages().get(0).value()).split(" ");
                int expected = number(context, want[0]);
                int fees = number(context, "fees");
                whileChecking.run();
                if (expected != Integer.parseInt(want[1])) {
                  throw new ModuleException("sdk", 32, "expected " + expected + ", got " + want[1]);
                }
                context.store().set(bytes(want[0]), bytes("" + (expected + 1)));
                context.store().set(bytes("fees"), bytes("" + (fees + 1)));
                context.emit(Event.of("tx", "acc_seq", want[0] + "/" + want[1]));
              });

  private final FakeModule bank =
      FakeModule.named("bank")
          .message(
              "/b.Msg",
              (context, message) -> {
                handled.incrementAndGet();
                whileHandling.run();
              });
  private final FakeChain chain = FakeChain.of(auth, bank);
  private final CheckState checkState = new CheckState();

  @Test
  void isNotReadyBeforeThereIsAState() {
    CheckTxResponse response = check("ann", 0);
    assertThat(response.code()).isEqualTo(26);
    assertThat(response.log())
        .isEqualTo("segue is not ready; please wait for first block: invalid height");
  }

  @Test
  void severalTransactionsOfOneAccountPassOneAfterTheOther() {
    reset(new MapView(7, "auth", "bank", "upgrade").with("auth", "ann", "3"));
    CheckTxResponse first = check("ann", 3);
    assertThat(first.code()).isZero();
    assertThat(first.gasWanted()).isEqualTo(GAS);
    assertThat(first.gasUsed()).isPositive();
    assertThat(show(first.events())).containsExactly("tx{acc_seq=ann/3}");
    assertThat(check("ann", 4).code()).isZero();
    assertThat(check("ann", 4).log()).isEqualTo("expected 5, got 4");
    assertThat(check("bob", 0).code()).isZero();
    assertThat(handled).hasValue(0);
  }

  @Test
  void aCommitResetsIt() {
    reset(new MapView(7, "auth", "bank", "upgrade"));
    check("ann", 0);
    check("ann", 1);
    reset(new MapView(8, "auth", "bank", "upgrade").with("auth", "ann", "1"));
    assertThat(check("ann", 2).code()).isEqualTo(32);
    assertThat(check("ann", 1).code()).isZero();
    checkState.clear();
    assertThat(check("ann", 1).code()).isEqualTo(26);
  }

  @Test
  void refusesWhatCannotBeDecodedOrRouted() {
    reset(new MapView(7, "auth", "bank", "upgrade"));
    assertThat(checkState.check(new CheckTxRequest(bytes("many"), false)).code()).isEqualTo(2);
    assertThat(checkState.check(new CheckTxRequest(tx(GAS, "/no.Msg a 0"), false)).code())
        .isEqualTo(6);
  }

  @Test
  void tellsTheModeTheNextBlockAndTheLeastFee() {
    auth.ante(
        "mode",
        (context, tx) ->
            modes.add(context.mode() + " " + context.height() + " " + context.minimumGasPrices()));
    FakeChain telling = FakeChain.of(auth, bank);
    checkState.reset(
        telling.modules,
        telling.rules,
        header(8),
        "0.1stake",
        new MapView(7, "auth", "bank", "upgrade"),
        () -> {});
    check("ann", 0);
    checkState.check(new CheckTxRequest(tx(GAS, "/b.Msg ann 1"), true));
    assertThat(modes).containsExactly("CHECK 8 0.1stake", ExecMode.RECHECK + " 8 0.1stake");
  }

  @Test
  void aTransactionThatPassedIsDecodedOnceByOneGeneration() {
    List<Tx> seen = new ArrayList<>();
    auth.ante("seen", (context, tx) -> seen.add(tx));
    List<FakeChain> chains = List.of(FakeChain.of(auth, bank), FakeChain.of(auth, bank));
    for (FakeChain generation : chains) {
      for (int height : new int[] {7, 8}) {
        checkState.reset(
            generation.modules,
            generation.rules,
            header(height + 1),
            "",
            new MapView(height, "auth", "bank", "upgrade"),
            () -> {});
        check("ann", 0);
      }
    }

    assertThat(seen).hasSize(4);
    assertThat(seen.get(1)).isSameAs(seen.get(0));
    assertThat(seen.get(2)).isNotSameAs(seen.get(1));
    assertThat(seen.get(3)).isSameAs(seen.get(2));
  }

  @Test
  void nothingIsKeptOfATransactionThatDidNotPass() {
    List<Tx> seen = new ArrayList<>();
    FakeModule first =
        FakeModule.auth()
            .ante(
                "refuses",
                (context, tx) -> {
                  seen.add(tx);
                  throw new ModuleException("sdk", 4, "no");
                });
    FakeChain refusing = FakeChain.of(first, bank);
    checkState.reset(
        refusing.modules,
        refusing.rules,
        header(8),
        "",
        new MapView(7, "auth", "bank", "upgrade"),
        () -> {});
    check("ann", 0);
    check("ann", 0);

    assertThat(seen).hasSize(2);
    assertThat(seen.get(1)).isNotSameAs(seen.get(0));
  }

  @Test
  void aTransactionThatWasOvertakenIsJudgedAgain() {
    reset(new MapView(7, "auth", "bank", "upgrade"));
    AtomicInteger runs = new AtomicInteger();
    whileChecking =
        () -> {
          if (runs.getAndIncrement() == 0) {
            // Another transaction of the account passes between this one's reading and writing.
            inAnotherThread(() -> assertThat(check("ann", 0).code()).isZero());
          }
        };
    assertThat(check("ann", 0).log()).isEqualTo("expected 1, got 0");
    assertThat(runs).hasValue(3);
    whileChecking = () -> {};
    assertThat(check("ann", 1).code()).isZero();
  }

  @Test
  void aTransactionThatReadOtherKeysIsNotJudgedAgain() {
    FakeModule simple =
        FakeModule.auth()
            .ante(
                "own",
                (context, tx) -> {
                  byte[] key = tx.messages().get(0).value();
                  context.store().get(key);
                  whileChecking.run();
                  handled.incrementAndGet();
                  context.store().set(key, bytes("1"));
                });
    FakeChain apart =
        FakeChain.of(simple, FakeModule.named("bank").message("/b.Msg", (c, m) -> {}));
    checkState.reset(
        apart.modules,
        apart.rules,
        header(8),
        "",
        new MapView(7, "auth", "bank", "upgrade"),
        () -> {});
    AtomicInteger runs = new AtomicInteger();
    whileChecking =
        () -> {
          if (runs.getAndIncrement() == 0) {
            inAnotherThread(() -> check("bob", 0));
          }
        };
    assertThat(check("ann", 0).code()).isZero();
    assertThat(handled).hasValue(2);
  }

  @Test
  void iterationSeesTheTransactionsThatWait() {
    List<String> seen = new ArrayList<>();
    FakeModule listing =
        FakeModule.auth()
            .ante(
                "list",
                (context, tx) -> {
                  seen.clear();
                  try (KVIterator entries = context.store().iterate(bytes(""), null)) {
                    while (entries.next()) {
                      seen.add(text(entries.key()));
                    }
                  }
                  context.store().set(tx.messages().get(0).value(), bytes("1"));
                  context.store().delete(bytes("old"));
                });
    FakeChain chainOfLists =
        FakeChain.of(listing, FakeModule.named("bank").message("/b.Msg", (c, m) -> {}));
    checkState.reset(
        chainOfLists.modules,
        chainOfLists.rules,
        header(8),
        "",
        new MapView(7, "auth", "bank", "upgrade").with("auth", "old", "1"),
        () -> {});
    check("b", 0);
    assertThat(seen).containsExactly("old");
    check("a", 0);
    assertThat(seen).containsExactly("b 0");
    check("c", 0);
    assertThat(seen).containsExactly("a 0", "b 0");
  }

  @Test
  void manyThreadsLoseNoWriteOfEachOther() throws Exception {
    reset(new MapView(7, "auth", "bank", "upgrade"));
    int threads = 8;
    int each = 200;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        String account = "account" + t;
        all.add(
            pool.submit(
                () -> {
                  start.await();
                  for (int i = 0; i < each; i++) {
                    assertThat(check(account, i).code()).isZero();
                  }
                  return account;
                }));
      }
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(check("fees", threads * each).code()).isZero();
  }

  @Test
  void simulationKeepsNothing() {
    reset(new MapView(7, "auth", "bank", "upgrade"));
    assertThat(text(simulate(tx(0, "/b.Msg ann 0")))).startsWith("gas used ");
    assertThat(handled).hasValue(1);
    assertThat(text(simulate(tx(0, "/b.Msg ann 0")))).startsWith("gas used ");
    check("ann", 0);
    assertThat(text(simulate(tx(0, "/b.Msg ann 1")))).startsWith("gas used ");
  }

  @Test
  void aResetDoesNotWaitForASimulationWhichKeepsItsStateUntilItEnds() {
    MapView old = new MapView(7, "auth", "bank", "upgrade");
    MapView next = new MapView(8, "auth", "bank", "upgrade").with("auth", "ann", "4");
    reset(old);
    whileHandling =
        () -> {
          inAnotherThread(() -> reset(next));
          assertThat(closed).as("the simulation still reads it").isEmpty();
          inAnotherThread(() -> assertThat(check("ann", 4).code()).isZero());
        };
    assertThat(text(simulate(tx(0, "/b.Msg ann 0")))).startsWith("gas used ");
    assertThat(closed).containsExactly(old);
  }

  @Test
  void aTransactionIsJudgedAgainWhereABlockWasCommittedMeanwhile() {
    reset(new MapView(7, "auth", "bank", "upgrade"));
    AtomicInteger runs = new AtomicInteger();
    whileChecking =
        () -> {
          if (runs.getAndIncrement() == 0) {
            inAnotherThread(
                () -> reset(new MapView(8, "auth", "bank", "upgrade").with("auth", "ann", "1")));
          }
        };
    assertThat(check("ann", 0).log()).contains("expected 1, got 0");
    assertThat(runs).hasValue(2);
    assertThat(closed).hasSize(1);
    checkState.clear();
    assertThat(closed).hasSize(2);
  }

  private static int number(Context context, String key) {
    byte[] value = context.store().get(bytes(key));
    return value == null ? 0 : Integer.parseInt(text(value));
  }

  private static void inAnotherThread(Runnable work) {
    Thread thread = new Thread(work);
    thread.start();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void reset(MapView view) {
    checkState.reset(
        chain.modules, chain.rules, header(view.height + 1), "", view, () -> closed.add(view));
  }

  private byte[] simulate(byte[] tx) {
    return checkState.simulate(tx, QueryLimits.DEFAULT);
  }

  private CheckTxResponse check(String account, int sequence) {
    return checkState.check(
        new CheckTxRequest(tx(GAS, "/b.Msg " + account + " " + sequence), false));
  }
}
