package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.CounterChain.count;
import static io.segue.kernel.testkit.CounterChain.untilHeld;
import static io.segue.kernel.testkit.Holding.HEIGHT;
import static io.segue.kernel.testkit.Holding.assertGoesOn;
import static io.segue.kernel.testkit.Holding.assertHeld;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.abci.Abci.CheckTxRequest;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.guard.Guard;
import io.segue.kernel.api.guard.GuardedNumbers;
import io.segue.kernel.api.guard.GuardedSizes;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.QueryHandler;
import io.segue.kernel.api.module.Tx;
import io.segue.kernel.api.module.TxFormat;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.check.QueryLimits;
import io.segue.kernel.core.hold.HoldReason;
import io.segue.kernel.core.node.KernelSettings;
import io.segue.kernel.testkit.modules.PlainTx;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Code that never ends, in each place where the kernel calls it, is cancelled by name; it goes
 * round with the call in it that real classes get when they are loaded.
 */
class RunawayTest {
  private static final long LIMIT_MS = 100;

  private static final KernelSettings SHORT =
      KernelSettings.DEFAULT
          .withStepTimeoutsMs(LIMIT_MS, LIMIT_MS)
          .withQueries(new QueryLimits(0, 0, LIMIT_MS, 0));

  @TempDir Path folder;

  private final CounterChain chain = new CounterChain();
  private final AtomicReference<String> endless = new AtomicReference<>("");
  private volatile Runnable work = Guard::check;

  /** Where a handler goes round. */
  enum Part {
    CONSTRUCTOR,
    PREPARE,
    HANDLE,
    REWRITE
  }

  /** What code asks for under kernel rules 2, by the calls in it that real classes get. */
  enum Excess {
    RECURSION("methods call each other deeper than 1024 calls") {
      @Override
      void ask() {
        for (int i = 0; i < 2000; i++) {
          Guard.enter();
        }
      }
    },
    POWER("a number of") {
      @Override
      void ask() {
        assertThat(GuardedNumbers.pow(BigInteger.TEN, 200_000_000)).isNull();
      }
    },
    ARRAYS("brings what this call of a module made to more than") {
      @Override
      void ask() {
        for (int i = 0; i < 2048; i++) {
          assertThat(new byte[GuardedSizes.array(1 << 20, 1)]).isNotNull();
        }
      }
    };

    private final String said;

    Excess(String said) {
      this.said = said;
    }

    abstract void ask();
  }

  static Stream<Arguments> excessInPhases() {
    return Arrays.stream(Excess.values())
        .flatMap(
            excess ->
                Stream.of("begin of block", "end of block")
                    .map(place -> Arguments.of(excess, place)));
  }

  @ParameterizedTest
  @MethodSource("excessInPhases")
  void aPhaseThatAsksForTooMuchHoldsTheBlock(Excess excess, String place) throws Exception {
    work = excess::ask;
    try (TestNode node = node()) {
      node.block(CounterModule.tx());
      endless.set(place);
      CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock(CounterModule.tx());
      untilHeld(node);
      assertThat(node.node().status().heldFor().orElseThrow())
          .contains(place + " in module counter failed", excess.said)
          .doesNotContain(HoldReason.RUNAWAY.nextStep());
      endless.set("");
      node.node().retry();
      node.await(held);
    }
  }

  static Stream<Arguments> excessInTransactions() {
    return Arrays.stream(Excess.values())
        .flatMap(
            excess -> Stream.of("message", "decode").map(place -> Arguments.of(excess, place)));
  }

  @ParameterizedTest
  @MethodSource("excessInTransactions")
  void aTransactionThatAsksForTooMuchFails(Excess excess, String place) throws Exception {
    work = excess::ask;
    try (TestNode node = node()) {
      endless.set(place);
      ExecTxResult result = node.block(CounterModule.tx()).txResults().get(0);
      assertThat(result.codespace()).isEqualTo("kernel");
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.log()).contains(excess.said).endsWith(": limit of the kernel rules");
      endless.set("");
      assertThat(node.block(CounterModule.tx()).txResults().get(0).code()).isZero();
      assertThat(count(node)).isEqualTo("1:1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aQueryAndACheckThatAskForTooMuchEndWithAnError(Excess excess) throws Exception {
    work = excess::ask;
    try (TestNode node = node()) {
      node.block(CounterModule.tx());
      endless.set("query");
      assertThat(node.query(CounterModule.QUERY, new byte[0], 0).log()).contains(excess.said);
      endless.set("decode");
      CheckTxResponse refused =
          node.application().checkTx(new CheckTxRequest(CounterModule.tx(), false));
      assertThat(refused.codespace()).isEqualTo("kernel");
      assertThat(refused.log()).contains(excess.said);
      endless.set("");
      assertThat(count(node)).isEqualTo("1:1");
    }
  }

  static Stream<Arguments> excessInUpgrades() {
    return Arrays.stream(Excess.values())
        .flatMap(excess -> Arrays.stream(Part.values()).map(part -> Arguments.of(excess, part)));
  }

  @ParameterizedTest
  @MethodSource("excessInUpgrades")
  void anUpgradeThatAsksForTooMuchIsHeldUntilAFixedArtifactIsDeployed(Excess excess, Part part)
      throws Exception {
    work = excess::ask;
    byte[] broken = chain.v2(() -> new Endless(part));
    try (TestNode node = chain.node(folder).withSettings(SHORT).start()) {
      node.deploy(broken);
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, ""));
      node.block();
      node.block();
      endless.set("upgrade");
      CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock(CounterModule.tx());
      untilHeld(node);
      assertThat(node.node().status().heldFor().orElseThrow()).contains(excess.said);
      node.deploy(chain.v2);
      assertGoesOn(node, held);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFactoryThatAsksForTooMuchIsRefused(Excess excess) throws Exception {
    work = excess::ask;
    endless.set("upgrade");
    byte[] broken = chain.v2(() -> new Endless(Part.CONSTRUCTOR));
    try (TestNode node = chain.node(folder).withSettings(SHORT).start()) {
      assertThatThrownBy(() -> node.deploy(broken)).hasMessageContaining(excess.said);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "begin of block, step 'begin of block in module counter' is cancelled",
    "end of block, step 'end of block in module counter' is cancelled",
    "message, 'step ''message'' of module counter, /test.Count, is cancelled'",
    "decode, step 'transaction' is cancelled"
  })
  void aBlockIsHeldAndGoesOnWhereTheCodeEnds(String place, String said) throws Exception {
    try (TestNode node = node()) {
      node.block(CounterModule.tx());
      endless.set(place);
      CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock(CounterModule.tx());
      untilHeld(node);
      assertThat(node.node().status().heldFor().orElseThrow())
          .contains(said, "it took longer than 100 ms, the stepTimeoutMs of this node")
          .contains(HoldReason.RUNAWAY.nextStep());
      assertThat(count(node)).as("queries are answered").isEqualTo("1:1");
      endless.set("");
      node.node().retry();
      node.await(held);
      node.commit();
      assertThat(count(node)).isEqualTo("1:2");
    }
  }

  @Test
  void aQueryEndsWithAnError() throws Exception {
    try (TestNode node = node()) {
      node.block(CounterModule.tx());
      endless.set("query");
      QueryResponse refused = node.query(CounterModule.QUERY, new byte[0], 0);
      assertThat(refused.log())
          .contains("step 'query', /test.Query/Count, is cancelled", "queryTimeoutMs");
      endless.set("");
      assertThat(count(node)).isEqualTo("1:1");
    }
  }

  @Test
  void aCheckEndsWithARefusal() throws Exception {
    try (TestNode node = node()) {
      node.block(CounterModule.tx());
      endless.set("decode");
      CheckTxResponse refused =
          node.application().checkTx(new CheckTxRequest(CounterModule.tx(), false));
      assertThat(refused.code()).isPositive();
      assertThat(refused.log()).contains("step 'CheckTx' is cancelled", "queryTimeoutMs");
      endless.set("");
      assertThat(node.application().checkTx(new CheckTxRequest(CounterModule.tx(), false)).code())
          .isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUpgradeIsHeldUntilAFixedArtifactIsDeployed(Part part) throws Exception {
    byte[] broken = chain.v2(() -> new Endless(part));
    try (TestNode node = chain.node(folder).withSettings(SHORT).start()) {
      node.deploy(broken);
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, ""));
      node.block();
      node.block();
      endless.set("upgrade");
      CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock(CounterModule.tx());
      untilHeld(node);
      assertHeld(node, HoldReason.RUNAWAY, "it took longer than 100 ms, the upgradeStepTimeoutMs");
      node.deploy(chain.v2);
      assertGoesOn(node, held);
    }
  }

  private TestNode node() throws Exception {
    return TestNode.aNode(folder)
        .withSettings(SHORT)
        .withBundles(chain.bundles)
        .withGenesis(chain.genesis(new Counter()))
        .start();
  }

  private void goRound(String place) {
    while (endless.get().equals(place)) {
      work.run();
    }
  }

  /** Goes round in one of its parts while the test says so. */
  private final class Endless implements UpgradeHandler {
    private final Part part;

    Endless(Part part) {
      this.part = part;
      goRound(Part.CONSTRUCTOR);
    }

    @Override
    public List<StoreLoad> prepare(UpgradeContext context) {
      goRound(Part.PREPARE);
      return List.of(
          new StoreLoad.Rewrite(
              "counter",
              (key, value, sink) -> {
                goRound(Part.REWRITE);
                sink.put(key, value);
              }));
    }

    @Override
    public void handle(UpgradeContext context) {
      goRound(Part.HANDLE);
      context.runMigrations();
    }

    private void goRound(Part here) {
      if (here == part) {
        RunawayTest.this.goRound("upgrade");
      }
    }
  }

  /** A counter that goes round where the test says. */
  private final class Counter extends Delegating {
    Counter() {
      super("counter", CounterModule.one());
    }

    @Override
    public void beginBlock(Context context) {
      goRound("begin of block");
    }

    @Override
    public List<ValidatorUpdate> endBlock(Context context) {
      goRound("end of block");
      return List.of();
    }

    @Override
    public Optional<TxFormat> txFormat() {
      PlainTx plain = new PlainTx();
      return Optional.of(
          new TxFormat() {
            @Override
            public Tx decode(byte[] raw, Descriptors descriptors, boolean simulate) {
              goRound("decode");
              return plain.decode(raw, descriptors, simulate);
            }

            @Override
            public byte[] encodeResponses(List<Tx.Message> responses) {
              return plain.encodeResponses(responses);
            }

            @Override
            public byte[] encodeSimulation(
                long gasWanted,
                long gasUsed,
                List<Tx.Message> responses,
                List<io.segue.kernel.api.abci.Abci.Event> events) {
              return plain.encodeSimulation(gasWanted, gasUsed, responses, events);
            }

            @Override
            public byte[] simulatedTx(byte[] request) {
              return plain.simulatedTx(request);
            }
          });
    }

    @Override
    public Map<String, MessageHandler> messages() {
      Map<String, MessageHandler> messages = new HashMap<>();
      super.messages()
          .forEach(
              (type, handler) ->
                  messages.put(
                      type,
                      new MessageHandler() {
                        @Override
                        public List<byte[]> signers(byte[] message) {
                          return handler.signers(message);
                        }

                        @Override
                        public byte[] handle(Context context, byte[] message) {
                          goRound("message");
                          return handler.handle(context, message);
                        }
                      }));
      return messages;
    }

    @Override
    public Map<String, QueryHandler> queries() {
      Map<String, QueryHandler> queries = new HashMap<>();
      super.queries()
          .forEach(
              (path, handler) ->
                  queries.put(
                      path,
                      (context, request) -> {
                        goRound("query");
                        return handler.query(context, request);
                      }));
      return queries;
    }
  }
}
