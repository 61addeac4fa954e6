package io.segue.bundles.consensus.solo.mempool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.consensus.solo.wire.Merkle;
import io.segue.kernel.api.abci.Abci.CheckTxRequest;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.engine.Engine.MempoolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MempoolTest {
  private static final long LONG_NS = TimeUnit.SECONDS.toNanos(10);
  private static final MempoolLimits LIMITS = new MempoolLimits(5, 100, 50, 10);
  private static final OptionalLong NO_LIMIT = OptionalLong.empty();
  private static final BlockSpace LARGE = new BlockSpace(1 << 20, NO_LIMIT);

  private final List<String> checked = new CopyOnWriteArrayList<>();
  private Predicate<CheckTxRequest> refuses = request -> false;
  private ToLongFunction<CheckTxRequest> gasWanted = request -> 10;
  private volatile Optional<String> heldFor = Optional.empty();
  private final Mempool mempool = new Mempool(LIMITS, this::check, () -> heldFor);

  @Test
  void keepsTheOrderOfEntering() throws Exception {
    add("c", "a", "b");
    assertThat(reaped()).containsExactly("c", "a", "b");
    assertThat(mempool.size().count()).isEqualTo(3);
    assertThat(mempool.size().bytes()).isEqualTo(3);
  }

  @Test
  void refusesWhatItKnowsAlreadyAndForgetsWhatCheckTxRefused() throws Exception {
    add("a");
    assertThatThrownBy(() -> add("a"))
        .isInstanceOf(MempoolException.class)
        .hasMessage("tx already exists in cache");
    refuses = request -> true;
    assertThat(add("b").code()).isEqualTo(1);
    refuses = request -> false;
    assertThat(add("b").code()).isZero();
  }

  @Test
  void refusesWhatIsTooLargeAndWhatFindsItFull() throws Exception {
    assertThatThrownBy(() -> add("x".repeat(51)))
        .hasMessage("Tx too large. Max size is 50, but got 51");
    add("1", "2", "3", "4", "5");
    assertThatThrownBy(() -> add("6"))
        .hasMessage("mempool is full: number of txs 5 (max: 5), total txs bytes 5 (max: 100)");
    commit(List.of("1"));
    assertThat(add("6").code()).isZero();
  }

  @Test
  void refusesMoreBytesThanItMayHold() throws Exception {
    add("x".repeat(50), "y".repeat(49));
    assertThatThrownBy(() -> add("zz")).hasMessageStartingWith("mempool is full");
    assertThat(add("z").code()).isZero();
  }

  @Test
  void remembersSoManyHashesAndNoMore() throws Exception {
    for (int i = 0; i < 10; i++) {
      add("tx" + i);
      commit(List.of("tx" + i));
    }
    assertThatThrownBy(() -> add("tx0")).hasMessage("tx already exists in cache");
    add("tx10");
    commit(List.of("tx10"));
    assertThat(add("tx1").code()).isZero();
  }

  @Test
  void reapsWithinBytesAndGas() throws Exception {
    add("aaaa", "bbbb", "cccc");
    next(12, NO_LIMIT);
    assertThat(reaped()).as("each counts 6 bytes in a block").containsExactly("aaaa", "bbbb");
    next(11, NO_LIMIT);
    assertThat(reaped()).containsExactly("aaaa");
    next(1000, OptionalLong.of(19));
    assertThat(reaped()).as("each wants 10 gas").containsExactly("aaaa");
    next(1000, OptionalLong.of(30));
    assertThat(reaped()).hasSize(3);
  }

  @Test
  void putsTransactionsThatAskForAllTheGasThereIsIntoOneBlockWhereNothingLimitsIt()
      throws Exception {
    gasWanted = request -> Long.MAX_VALUE;
    add("a", "b", "c");
    assertThat(reaped()).containsExactly("a", "b", "c");
  }

  @Test
  void passesOverWhatDoesNotFitAndWhatCountsOnIt() throws Exception {
    gasWanted = request -> text(request).startsWith("large") ? 70 : 10;
    add("ann/1", "large ben/1", "large cid/1", "cid/2", "dan/1");
    next(1000, OptionalLong.of(100));
    assertThat(reaped()).containsExactly("ann/1", "large ben/1", "dan/1");
    commit(List.of("ann/1", "large ben/1", "dan/1"));
    mempool.recheck(LONG_NS);
    assertThat(reaped()).as("the first of a block always fits").startsWith("large cid/1");
  }

  @Test
  void endsTheSelectionAtWhatDoesNotFitWhereItsSignersAreNotKnown() throws Exception {
    gasWanted = request -> text(request).startsWith("large") ? 70 : 10;
    add("a", "large b", "large c", "d");
    next(1000, OptionalLong.of(100));
    assertThat(reaped()).containsExactly("a", "large b");
  }

  @Test
  void endsTheSelectionAfterSoManyThatDoNotFit() {
    gasWanted = request -> text(request).startsWith("large") ? 70 : 10;
    assertThat(selectedBehind(WaitingList.MAX_PASSED_OVER)).isEqualTo(2);
    assertThat(selectedBehind(WaitingList.MAX_PASSED_OVER + 1)).isEqualTo(1);
  }

  private int selectedBehind(int large) {
    MempoolLimits limits = new MempoolLimits(10_000, 1 << 20, 50, 10);
    Mempool full = new Mempool(limits, this::check, () -> heldFor);
    full.startWith(new BlockSpace(1000, OptionalLong.of(100)));
    for (int i = 0; i < large; i++) {
      addQuietly(full, "large ann" + i + "/1");
    }
    addQuietly(full, "small/1");
    return full.reap().size();
  }

  @Test
  void refusesWhatIsTooLargeForTheNextBlock() throws Exception {
    next(20, OptionalLong.of(10));
    assertThat(add("x".repeat(18)).code()).isZero();
    assertThatThrownBy(() -> add("x".repeat(19)))
        .isInstanceOf(MempoolException.class)
        .hasMessage("tx pre check: tx size is too big: 21, max: 20");
    gasWanted = request -> 11;
    assertThatThrownBy(() -> add("y"))
        .isInstanceOf(MempoolException.class)
        .hasMessage("gas wanted 11 is greater than max gas 10");
    gasWanted = request -> -1;
    assertThatThrownBy(() -> add("y")).hasMessage("gas wanted -1 is negative");
    assertThat(reaped()).hasSize(1);
  }

  @Test
  void dropsWhatTheNextBlockCanNoLongerTake() throws Exception {
    gasWanted = request -> text(request).startsWith("large") ? 70 : 10;
    add("large a", "b", "c".repeat(20));
    checked.clear();
    mempool.beginCommit();
    mempool.endCommit(List.of(), List.of(), new BlockSpace(20, OptionalLong.of(20)));
    mempool.recheck(LONG_NS);
    assertThat(checked).as("what leaves has no effect on others").containsExactly("recheck b");
    assertThat(mempool.size().count()).isEqualTo(1);
  }

  @Test
  void countsAFramedTransactionAsProtobufDoes() {
    assertThat(BlockSpace.framedBytes(0)).isEqualTo(2);
    assertThat(BlockSpace.framedBytes(127)).isEqualTo(129);
    assertThat(BlockSpace.framedBytes(128)).isEqualTo(131);
    assertThat(BlockSpace.framedBytes(16384)).isEqualTo(16388);
  }

  @Test
  void answersThatItIsBusyWhileACommitIsHeld() throws Exception {
    mempool.beginCommit();
    CompletableFuture<CheckTxResponse> early =
        CompletableFuture.supplyAsync(() -> addQuietly("early"));
    heldFor = Optional.of("the disk is full");
    assertThatThrownBy(early::join).hasRootCauseMessage("busy, held: the disk is full");
    assertThatThrownBy(() -> add("late"))
        .isInstanceOf(MempoolException.class)
        .hasMessage("busy, held: the disk is full");
    heldFor = Optional.empty();
    mempool.dropCommit();
    assertThat(add("early", "late").code()).as("neither is known").isZero();
  }

  @Test
  void answersThatItIsBusyWhileACommitTakesLong() {
    mempool.beginCommit();
    assertThatThrownBy(() -> add("early")).hasMessageStartingWith("busy: ");
    assertThat(checked).isEmpty();
  }

  @Test
  void waitsForNoHoldBeforeItJudgesAgain() throws Exception {
    add("first");
    commit(List.of());
    refuses = request -> true;
    heldFor = Optional.of("the disk is full");
    assertThatThrownBy(() -> add("second"))
        .isInstanceOf(MempoolException.class)
        .hasMessage("busy, held: the disk is full");
  }

  @Test
  void checksAgainWhatRemainsAfterACommitInOrder() throws Exception {
    add("a", "b", "c", "d");
    checked.clear();
    refuses = request -> text(request).equals("c");
    commit(List.of("b"));

    assertThat(mempool.recheck(LONG_NS)).isEqualTo(3);
    assertThat(checked).containsExactly("recheck a", "recheck c", "recheck d");
    assertThat(reaped()).containsExactly("a", "d");
    assertThat(mempool.recheck(LONG_NS)).isZero();
    refuses = request -> false;
    assertThat(add("c").code()).as("what left may come again").isZero();
  }

  @Test
  void dropsAWaitingTransactionWhoseCheckFailsUnexpectedly() throws Exception {
    add("a", "b");
    refuses =
        request -> {
          if (text(request).equals("a")) {
            throw new IllegalStateException("a bug");
          }
          return false;
        };
    commit(List.of());
    mempool.recheck(LONG_NS);
    assertThat(reaped()).containsExactly("b");
  }

  @Test
  void offersForABlockOnlyWhatIsCheckedInTheCurrentRound() throws Exception {
    add("a", "b", "c");
    commit(List.of());
    assertThat(reaped()).isEmpty();
    mempool.recheck(0);
    assertThat(mempool.recheck(1)).isPositive();
    assertThat(reaped()).startsWith("a");
    mempool.recheck(LONG_NS);
    add("d");
    assertThat(reaped()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void letsATransactionThatFailedInABlockComeAgain() throws Exception {
    add("a");
    mempool.beginCommit();
    mempool.endCommit(List.of(Merkle.sha256("a".getBytes(UTF_8))), List.of(result(5)), LARGE);
    assertThat(add("a").code()).isZero();
  }

  @Test
  void judgesARefusalOfAnUnfinishedRoundAgainWhenTheRoundIsDone() throws Exception {
    ConcurrentSkipListSet<String> seen = new ConcurrentSkipListSet<>();
    CountDownLatch refused = new CountDownLatch(1);
    refuses =
        request -> {
          String text = text(request);
          if (text.equals("second") && !seen.contains("first")) {
            refused.countDown();
            return true;
          }
          seen.add(text);
          return false;
        };
    add("first");
    commit(List.of());
    seen.clear();
    CompletableFuture<CheckTxResponse> second =
        CompletableFuture.supplyAsync(() -> addQuietly("second"));
    assertThat(refused.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(second).isNotDone();
    mempool.recheck(LONG_NS);

    assertThat(second.get(10, TimeUnit.SECONDS).code()).isZero();
    assertThat(reaped()).containsExactly("first", "second");
  }

  @Test
  void letsManyThreadsInAtOnce() throws Exception {
    Mempool large =
        new Mempool(new MempoolLimits(10_000, 1 << 20, 50, 10_000), this::check, () -> heldFor);
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int number = thread;
      threads.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 500; i++) {
                  addQuietly(large, number + ":" + i);
                }
              }));
    }
    for (int round = 0; round < 20; round++) {
      large.beginCommit();
      large.endCommit(List.of(), List.of(), LARGE);
      large.recheck(1000);
    }
    CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
    while (large.recheck(LONG_NS) > 0) {}

    assertThat(large.size().count()).isEqualTo(2000);
    assertThat(large.reap()).hasSize(2000);
  }

  private CheckTxResponse add(String... txs) throws MempoolException {
    CheckTxResponse last = null;
    for (String tx : txs) {
      last = mempool.add(mempool.offer(tx.getBytes(UTF_8)));
    }
    return Objects.requireNonNull(last);
  }

  private CheckTxResponse addQuietly(String tx) {
    return addQuietly(mempool, tx);
  }

  private static CheckTxResponse addQuietly(Mempool mempool, String tx) {
    try {
      return mempool.add(mempool.offer(tx.getBytes(UTF_8)));
    } catch (MempoolException e) {
      throw new AssertionError(e);
    }
  }

  private void commit(List<String> txs) {
    mempool.beginCommit();
    mempool.endCommit(
        txs.stream().map(tx -> Merkle.sha256(tx.getBytes(UTF_8))).toList(),
        txs.stream().map(tx -> result(0)).toList(),
        LARGE);
  }

  private void next(long maxBytes, OptionalLong maxGas) {
    mempool.startWith(new BlockSpace(maxBytes, maxGas));
  }

  private List<String> reaped() {
    return mempool.reap().stream().map(tx -> new String(tx, UTF_8)).toList();
  }

  private CheckTxResponse check(CheckTxRequest request) {
    checked.add((request.recheck() ? "recheck " : "check ") + text(request));
    int code = refuses.test(request) ? 1 : 0;
    List<Event> events =
        text(request).contains("/")
            ? List.of(Event.of("tx", "acc_seq", text(request).replace("large ", "")))
            : List.of();
    return new CheckTxResponse(code, "", "", gasWanted.applyAsLong(request), 1, events);
  }

  private static String text(CheckTxRequest request) {
    return new String(request.tx(), UTF_8);
  }

  private static ExecTxResult result(int code) {
    return new ExecTxResult(code, new byte[0], "", 0, 0, List.of(), "");
  }
}
