package io.segue.kernel.core.check;

import static io.segue.kernel.core.exec.TextFormat.tx;
import static io.segue.kernel.core.overlay.MapView.bytes;
import static io.segue.kernel.core.overlay.MapView.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.abci.Abci.AbciParams;
import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.CheckTxRequest;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.CommitInfo;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.ExtendVoteRequest;
import io.segue.kernel.api.abci.Abci.ExtendedCommitInfo;
import io.segue.kernel.api.abci.Abci.ExtendedVoteInfo;
import io.segue.kernel.api.abci.Abci.PrepareProposalRequest;
import io.segue.kernel.api.abci.Abci.ProcessProposalRequest;
import io.segue.kernel.api.abci.Abci.VerifyVoteExtensionRequest;
import io.segue.kernel.api.abci.Abci.VoteInfo;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.core.exec.BlockExecutor;
import io.segue.kernel.core.exec.BlockResult;
import io.segue.kernel.core.exec.FakeChain;
import io.segue.kernel.core.exec.FakeModule;
import io.segue.kernel.core.exec.ProposedEntry;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.overlay.Branch;
import io.segue.kernel.core.overlay.MapView;
import io.segue.kernel.core.plan.PlanState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the module that extends votes is asked, and what is done with its answers. */
class VoteExtensionsTest {
  private static final long NEXT = 8;
  private static final long LONG_MS = 60_000;
  private static final long GAS = 1_000_000;
  private static final byte[] PROPOSER = new byte[20];
  private static final byte[] ALICE = {1};
  private static final byte[] TX = tx(GAS, "/o.Msg");
  private static final byte[] ENTRY = ProposedEntry.of(bytes("entry"));

  private final FakeExtension module = new FakeExtension();
  private final FakeChain chain =
      FakeChain.of(
          FakeModule.auth(),
          FakeModule.named("oracle")
              .extending(module)
              .message("/o.Msg", (context, message) -> {})
              .beginBlock(context -> context.emit(told(context))));
  private final CheckState checkState = new CheckState();
  private final List<String> asked = new ArrayList<>();
  private VoteExtensions extensions = new VoteExtensions(checkState, LONG_MS);
  private MapView state =
      new MapView(NEXT - 1, "auth", "oracle", "upgrade").with("oracle", "price", "7");

  @AfterEach
  void close() {
    extensions.close();
  }

  @Test
  void aVoteCarriesWhatTheModuleGives() {
    enabledFrom(NEXT);
    module.extend =
        (context, block) -> {
          asked.add(context.mode() + " " + context.height() + " " + context.time());
          asked.add(text(context.store().get(bytes("price"))) + " " + block.txs().size());
          asked.add(context.lastCommit().votes().size() + " " + context.chainId());
          return bytes("seven");
        };
    assertThat(text(extend(NEXT))).isEqualTo("seven");
    assertThat(asked)
        .containsExactly(ExecMode.PROPOSAL + " 8 1970-01-01T01:00:00Z", "7 1", "1 test-1");
  }

  @Test
  void nothingIsAskedBeforeTheHeightOfTheParameter() {
    assertThat(extend(NEXT)).as("before the first commit").isEmpty();
    enabledFrom(NEXT + 1);
    assertThat(extend(NEXT)).isEmpty();
    assertThat(verify(NEXT, "vote")).isFalse();
    enabledFrom(NEXT);
    assertThat(proposals().prepare(prepare(TX))).as("votes before had none").containsExactly(TX);
    assertThat(proposals().accepts(process(ENTRY, TX))).isFalse();
    enabledFrom(0);
    assertThat(extend(NEXT)).isEmpty();
    assertThat(verify(NEXT, "vote")).isFalse();
    assertThat(verify(NEXT, "")).isTrue();
  }

  @Test
  void nothingIsAskedAboutAnotherBlockThanTheNext() {
    enabledFrom(1);
    assertThat(extend(NEXT + 1)).isEmpty();
    assertThat(verify(NEXT - 1, "vote")).isFalse();
    assertThat(verify(NEXT - 1, "")).isTrue();
  }

  @Test
  void aChainWithoutSuchAModuleVotesWithoutExtensions() {
    serve(FakeChain.of(FakeModule.auth()), 1);
    assertThat(extend(NEXT)).isEmpty();
    assertThat(verify(NEXT, "vote")).isFalse();
    assertThat(proposals().prepare(prepare(TX))).containsExactly(TX);
    assertThat(proposals().accepts(process(ENTRY, TX))).isFalse();
  }

  @Test
  void whatFailsOrIsTooLargeIsLeftOut() {
    enabledFrom(1);
    module.extend = (context, block) -> new byte[4096];
    assertThat(extend(NEXT)).hasSize(4096);
    module.extend = (context, block) -> new byte[4097];
    assertThat(extend(NEXT)).isEmpty();
    module.extend =
        (context, block) -> {
          throw new ModuleException("oracle", 1, "no price");
        };
    assertThat(extend(NEXT)).isEmpty();
    module.extend =
        (context, block) -> {
          throw new StackOverflowError("deep");
        };
    assertThat(extend(NEXT)).isEmpty();
    module.extend = VoteExtensionsTest::useGas;
    assertThat(extend(NEXT)).isEmpty();
  }

  @Test
  void whatTakesTooLongIsLeftOutAndSoIsWhatComesMeanwhile() {
    extensions.close();
    extensions = new VoteExtensions(checkState, 50);
    enabledFrom(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    module.extend =
        (context, block) -> {
          if (calls.getAndIncrement() == 0) {
            await(goOn);
          }
          return bytes("quick");
        };
    assertThat(extend(NEXT)).isEmpty();
    assertThat(extend(NEXT)).as("while the slow one runs").isEmpty();
    goOn.countDown();
    Awaitility.await().untilAsserted(() -> assertThat(text(extend(NEXT))).isEqualTo("quick"));
  }

  @Test
  void theVerdictOnOthersIsTheModules() {
    enabledFrom(1);
    module.verify =
        (context, vote) -> {
          context.store().set(bytes("seen"), vote.voteExtension());
          asked.add(text(context.store().get(bytes("price"))) + " " + context.height());
          return text(vote.voteExtension()).equals("right");
        };
    assertThat(verify(NEXT, "right")).isTrue();
    assertThat(verify(NEXT, "wrong")).isFalse();
    assertThat(asked).containsExactly("7 8", "7 8");
    assertThat(state.stores.get("oracle")).as("writes are lost").hasSize(1);
    module.verify =
        (context, vote) -> {
          throw new IllegalStateException("odd");
        };
    assertThat(verify(NEXT, "right")).isFalse();
    assertThat(verify(NEXT, "")).as("never asked about").isTrue();
  }

  @Test
  void noVoteIsLostByTheMachine() {
    enabledFrom(1);
    module.verify =
        (context, vote) -> {
          throw new OutOfMemoryError("full");
        };
    assertThat(verify(NEXT, "right")).isTrue();
  }

  @Test
  void aVerdictHasALimitOfBytesAndGas() {
    enabledFrom(1);
    assertThat(verify(NEXT, "x".repeat(4096))).isTrue();
    assertThat(verify(NEXT, "x".repeat(4097))).isFalse();
    module.verify =
        (context, vote) -> {
          useGas(context, null);
          return true;
        };
    assertThat(verify(NEXT, "right")).isFalse();
  }

  @Test
  void aProposalBeginsWithTheModulesEntry() {
    enabledFrom(1);
    module.propose =
        (context, commit) -> {
          ExtendedVoteInfo vote = commit.votes().get(0);
          asked.add(context.lastCommit().votes().get(0).power() + " " + vote.power());
          return vote.voteExtension();
        };
    List<byte[]> txs = proposals().prepare(prepare(ENTRY, TX));
    assertThat(txs).containsExactly(ProposedEntry.of(bytes("vote")), TX);
    assertThat(asked).containsExactly("10 10");
    assertThat(proposals().accepts(process(txs.toArray(byte[][]::new)))).isTrue();
  }

  @Test
  void theEntryTakesRoomOfTheBlock() {
    enabledFrom(1);
    assertThat(proposals().prepare(prepare(ENTRY.length + 2, "vote", TX))).containsExactly(ENTRY);
    assertThat(proposals().prepare(prepare(ENTRY.length, "vote", new byte[0])))
        .containsExactly(new byte[0]);
    assertThat(proposals(ENTRY.length + 1).accepts(process(ENTRY))).isFalse();
    assertThat(proposals(ENTRY.length + 2).accepts(process(ENTRY))).isTrue();
  }

  @Test
  void noEntryIsProposedWithoutExtensionsOrThatTheModuleDoesNotAccept() {
    enabledFrom(1);
    assertThat(proposals().prepare(prepare(GAS, "", TX))).containsExactly(TX);
    module.propose = (context, commit) -> new byte[0];
    assertThat(proposals().prepare(prepare(TX))).containsExactly(TX);
    module.propose = (context, commit) -> new byte[(1 << 20) + 1];
    assertThat(proposals().prepare(prepare(4 << 20, "vote", TX))).containsExactly(TX);
    module.propose = (context, commit) -> new byte[1 << 20];
    assertThat(proposals().prepare(prepare(4 << 20, "vote", TX))).hasSize(2);
    module.accept = (context, entry) -> false;
    assertThat(proposals().prepare(prepare(4 << 20, "vote", TX))).containsExactly(TX);
  }

  @Test
  void anExtensionThatCameLateAndIsTooLargeCountsAsNone() {
    enabledFrom(1);
    module.propose = (context, commit) -> bytes("" + commit.votes().get(0).voteExtension().length);
    assertThat(proposals().prepare(prepare(GAS, "x".repeat(4097), TX)))
        .containsExactly(ProposedEntry.of(bytes("0")), TX);
  }

  @Test
  void aProposalIsRejectedWhoseEntryIsNotAcceptedOrInAnotherPlace() {
    enabledFrom(1);
    assertThat(proposals().accepts(process(TX, TX))).as("without one").isTrue();
    assertThat(proposals().accepts(process())).isTrue();
    assertThat(proposals().accepts(process(TX, ENTRY))).isFalse();
    assertThat(proposals().accepts(process(ENTRY, ENTRY))).isFalse();
    assertThat(proposals().accepts(process(ProposedEntry.of(new byte[0])))).isFalse();
    assertThat(proposals().accepts(process(ProposedEntry.of(new byte[(1 << 20) + 1])))).isFalse();
    module.accept = (context, entry) -> text(entry).equals("other");
    assertThat(proposals().accepts(process(ENTRY))).isFalse();
    module.accept =
        (context, entry) -> {
          throw new IllegalStateException("odd");
        };
    assertThat(proposals().accepts(process(ENTRY))).isFalse();
  }

  @Test
  void nothingIsAskedAboutTheBlockOfAPlan() {
    for (long planned : new long[] {NEXT, NEXT + 1}) {
      Branch branch = new Branch(new MapView(NEXT - 2, "auth", "oracle", "upgrade"));
      new PlanState(branch.store(ModuleSet.UPGRADE), NEXT - 2, chain.rules.plans())
          .schedule(new Plan("v2", planned, ""));
      state = new MapView(NEXT - 2, "auth", "oracle", "upgrade").after(branch.changes());
      enabledFrom(1);
      boolean asks = planned > NEXT;
      assertThat(extend(NEXT).length > 0).isEqualTo(asks);
      assertThat(verify(NEXT, "vote")).isEqualTo(asks);
      assertThat(verify(NEXT, "")).isTrue();
      assertThat(proposals().prepare(prepare(TX))).hasSize(asks ? 2 : 1);
      assertThat(proposals().accepts(process(ENTRY))).isEqualTo(asks);
    }
  }

  @Test
  void nobodyCanSendAnEntry() {
    enabledFrom(1);
    CheckTxResponse response = checkState.check(new CheckTxRequest(ENTRY, false));
    assertThat(response.code()).isEqualTo(2);
    assertThat(response.log())
        .isEqualTo("the entry of a proposer, which nobody can send: tx parse error");
  }

  @Test
  void aBlockDeliversItsEntryBeforeItBegins() {
    module.deliver =
        (context, entry) -> {
          context.store().set(bytes("price"), entry);
          context.emit(Event.of("delivered", "mode", context.mode().name()));
        };
    BlockResult result = execute(2, false, ENTRY, TX);
    assertThat(FakeChain.show(result.events()))
        .containsExactly("begun{price=entry, mode=BeginBlock}");
    ExecTxResult entry = result.txResults().get(0);
    assertThat(FakeChain.show(entry.events())).containsExactly("delivered{mode=FINALIZE}");
    assertThat(entry.code()).isZero();
    assertThat(entry.gasUsed()).isZero();
    assertThat(result.txResults()).hasSize(2);
    assertThat(result.txResults().get(1).code()).isZero();
  }

  @Test
  void anEntryThatFailsLeavesNothingAndTheBlockGoesOn() {
    module.deliver =
        (context, entry) -> {
          context.store().set(bytes("price"), entry);
          context.emit(Event.of("delivered"));
          throw new ModuleException("oracle", 5, "no such price");
        };
    BlockResult result = execute(2, false, ENTRY, TX);
    ExecTxResult entry = result.txResults().get(0);
    assertThat(entry.codespace() + " " + entry.code() + " " + entry.log())
        .isEqualTo("oracle 5 no such price");
    assertThat(entry.events()).isEmpty();
    assertThat(FakeChain.show(result.events()))
        .containsExactly("begun{price=(none), mode=BeginBlock}");
    assertThat(result.txResults().get(1).code()).isZero();
  }

  @Test
  void anEntryIsATransactionThatFailsWhereNoneBelongs() {
    module.deliver = (context, entry) -> context.store().set(bytes("price"), entry);
    assertThat(codes(execute(1, false, ENTRY, TX))).as("first height").containsExactly(2, 0);
    assertThat(codes(execute(2, true, ENTRY, TX))).as("plan is due").containsExactly(2, 0);
    assertThat(codes(execute(2, false, TX, ENTRY))).containsExactly(0, 2);
    assertThat(codes(execute(2, false, ENTRY, ENTRY))).containsExactly(0, 2);
  }

  private static List<Integer> codes(BlockResult result) {
    return result.txResults().stream().map(ExecTxResult::code).toList();
  }

  private BlockResult execute(long height, boolean planDue, byte[]... txs) {
    MapView empty = new MapView(height - 1, "auth", "oracle", "upgrade");
    return new BlockExecutor(chain.modules, chain.rules)
        .execute(new Branch(empty), FakeChain.header(height, params(1)), List.of(txs), planDue);
  }

  private static Event told(Context context) {
    return Event.of("begun", "price", text(context.store().get(bytes("price"))));
  }

  private static byte[] useGas(Context context, Object ignored) {
    try {
      context.gas().consume(10_000_001, "a test");
    } catch (ModuleException e) {
      // Goes on as if there was gas left.
    }
    return bytes("much");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void enabledFrom(long height) {
    serve(chain, height);
  }

  private void serve(FakeChain code, long enabledFrom) {
    checkState.reset(
        code.modules, code.rules, FakeChain.header(NEXT, params(enabledFrom)), "", state, () -> {});
  }

  private static ConsensusParams params(long enabledFrom) {
    ConsensusParams params = ConsensusParams.defaults(1);
    return new ConsensusParams(
        params.block(),
        params.evidence(),
        params.validator(),
        params.version(),
        Optional.of(new AbciParams(enabledFrom)));
  }

  private ProposalHandler proposals() {
    return proposals(22_020_096);
  }

  private ProposalHandler proposals(long maxBytes) {
    ConsensusParams params = ConsensusParams.defaults(1);
    return new ProposalHandler(
        checkState,
        extensions,
        () ->
            new ConsensusParams(
                Optional.of(new BlockParams(maxBytes, -1)),
                params.evidence(),
                params.validator(),
                params.version()));
  }

  private byte[] extend(long height) {
    return extensions.extend(
        new ExtendVoteRequest(
            new byte[32],
            height,
            Instant.EPOCH.plusSeconds(3600),
            List.of(TX),
            new CommitInfo(0, List.of(new VoteInfo(ALICE, 10, VoteInfo.COMMIT))),
            List.of(),
            new byte[32],
            PROPOSER));
  }

  private boolean verify(long height, String extension) {
    return extensions.verify(
        new VerifyVoteExtensionRequest(new byte[32], ALICE, height, bytes(extension)));
  }

  private static PrepareProposalRequest prepare(byte[]... txs) {
    return prepare(GAS, "vote", txs);
  }

  private static PrepareProposalRequest prepare(long maxBytes, String extension, byte[]... txs) {
    return new PrepareProposalRequest(
        maxBytes,
        List.of(txs),
        new ExtendedCommitInfo(
            0,
            List.of(
                new ExtendedVoteInfo(ALICE, 10, bytes(extension), new byte[64], VoteInfo.COMMIT))),
        List.of(),
        NEXT,
        Instant.EPOCH.plusSeconds(3600),
        new byte[32],
        PROPOSER);
  }

  private static ProcessProposalRequest process(byte[]... txs) {
    return new ProcessProposalRequest(
        List.of(txs),
        CommitInfo.EMPTY,
        List.of(),
        new byte[32],
        NEXT,
        Instant.EPOCH.plusSeconds(3600),
        new byte[32],
        PROPOSER);
  }
}
