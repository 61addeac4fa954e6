package io.segue.kernel.core.query;

import static io.segue.kernel.core.exec.TextFormat.tx;
import static io.segue.kernel.core.overlay.MapView.bytes;
import static io.segue.kernel.core.overlay.MapView.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import io.segue.kernel.api.module.QueryHandler;
import io.segue.kernel.api.node.GrpcQueries;
import io.segue.kernel.api.node.NodeQueries;
import io.segue.kernel.api.node.NodeQueries.NodeQuery;
import io.segue.kernel.core.check.CheckState;
import io.segue.kernel.core.check.QueryLimits;
import io.segue.kernel.core.exec.BlockHeader;
import io.segue.kernel.core.exec.FakeChain;
import io.segue.kernel.core.exec.FakeModule;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.module.Steps;
import io.segue.kernel.core.overlay.MapStore;
import io.segue.kernel.core.overlay.MapView;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueriesTest {
  private static final String BALANCE = "/bank.Query/Balance";
  private int leases;

  private final FakeModule bank =
      FakeModule.named("bank")
          .message("/bank.Send", (context, message) -> context.store().set(message, bytes("1")))
          .query(
              BALANCE,
              (context, request) -> {
                assertThat(context.mode()).isEqualTo(ExecMode.QUERY);
                context.store().set(bytes("ann"), bytes("lost"));
                return bytes(context.height() + ":" + context.gas().limit());
              })
          .query(
              "/bank.Query/Read", (context, request) -> bytes(text(context.store().get(request))))
          .query(
              "/bank.Query/Status",
              (context, request) -> {
                throw new QueryException(Status.valueOf(text(request)), "why");
              })
          .query(
              "/bank.Query/Registered",
              (context, request) -> {
                throw new ModuleException(
                    "upgrade", 2, "x/upgrade: module nope not found: module version not found");
              })
          .query(
              "/bank.Query/Plain",
              (context, request) -> {
                throw new IllegalArgumentException("unexpected EOF");
              })
          .query(
              "/bank.Query/PlainError",
              (context, request) -> {
                throw new ModuleException("undefined", 1, "decoding bech32 failed");
              })
          .query(
              "/bank.Query/Panic",
              (context, request) -> {
                throw new IllegalStateException("broken");
              })
          .query(
              "/bank.Query/Internal",
              new QueryHandler() {
                @Override
                public byte[] query(Context context, byte[] request) {
                  return request;
                }

                @Override
                public boolean internal() {
                  return true;
                }
              });
  private static final String STATUS = "/node.Service/Status";

  private final FakeChain chain = FakeChain.of(FakeModule.auth(), bank);
  private final MapStore store =
      new MapStore().with(view(3).with("bank", "ann", "5")).with(view(4).with("bank", "ann", "6"));
  private final CheckState checkState = new CheckState();
  private QueryLimits limits = new QueryLimits(0, 0, 0, 0);
  private final Queries queries =
      new Queries(
          store, new FakeHeights(chain, store), checkState, "1.2.3", () -> limits, Steps.UNTOLD);

  @Test
  void asksTheModuleAtTheHeightAndAnswersWithTheHeight() {
    QueryResponse latest = ask(BALANCE, "", 0);
    assertThat(latest.code()).isZero();
    assertThat(latest.codespace()).isEmpty();
    assertThat(latest.height()).isEqualTo(4);
    assertThat(text(latest.value())).isEqualTo("4:" + Long.MAX_VALUE);
    assertThat(text(ask("/bank.Query/Read", "ann", 0).value())).isEqualTo("6");
    QueryResponse past = ask("/bank.Query/Read", "ann", 3);
    assertThat(text(past.value())).isEqualTo("5");
    assertThat(past.height()).isEqualTo(3);
    assertThat(leases).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "NotFound, 22, key not found",
    "InvalidArgument, 18, invalid request",
    "FailedPrecondition, 18, invalid request",
    "Unauthenticated, 4, unauthorized",
    "Unknown, 6, unknown request",
    "Internal, 6, unknown request",
    "Unimplemented, 6, unknown request",
    "Unavailable, 6, unknown request"
  })
  void aGrpcStatusBecomesTheCodeThatTheCosmosSdkGivesIt(String status, int code, String suffix) {
    refused(
        ask("/bank.Query/Status", status, 0),
        "sdk",
        code,
        "rpc error: code = " + status + " desc = why: " + suffix);
  }

  @Test
  void otherFailuresKeepTheirBareText() {
    refused(
        ask("/bank.Query/Registered", "", 0),
        "sdk",
        6,
        "x/upgrade: module nope not found: module version not found: unknown request");
    refused(ask("/bank.Query/Plain", "", 0), "sdk", 18, "unexpected EOF: invalid request");
    refused(
        ask("/bank.Query/PlainError", "", 0), "sdk", 18, "decoding bech32 failed: invalid request");
    refused(ask("/bank.Query/Panic", "", 0), "undefined", 111222, "panic: broken");
  }

  @Test
  void unknownPathsAndInternalQueriesAreNotThere() {
    refused(ask("/nope.Query/X", "", 0), "sdk", 6, "unknown query path: unknown request");
    refused(ask("/bank.Query/Internal", "", 0), "sdk", 6, "unknown query path: unknown request");
    refused(ask("nope", "", 0), "sdk", 6, "unknown query path: unknown request");
    refused(ask("", "", 0), "sdk", 6, "no query path provided: unknown request");
    assertThat(leases).isZero();
  }

  @Test
  void refusesHeightsThatCannotBeRead() {
    refused(
        ask(BALANCE, "", 5),
        "sdk",
        26,
        "cannot query with height in the future; please provide a valid height: invalid height");
    refused(
        ask(BALANCE, "", -1),
        "sdk",
        18,
        "cannot query with height < 0; please provide a valid height: invalid request");
    QueryResponse pruned = ask(BALANCE, "", 2);
    assertThat(pruned.code()).isEqualTo(18);
    assertThat(pruned.log())
        .startsWith("failed to load state at height 2; ")
        .endsWith("(latest height: 4): invalid request");
    refused(
        queries.query(new QueryRequest(bytes(""), BALANCE, 1, true)),
        "sdk",
        18,
        "cannot query with proof when height <= 1; please provide a valid height: invalid"
            + " request");
  }

  @Test
  void isNotReadyBeforeTheFirstBlock() {
    MapStore empty = new MapStore();
    Queries early =
        new Queries(
            empty, new FakeHeights(chain, empty), checkState, "1", () -> limits, Steps.UNTOLD);
    refused(
        early.query(new QueryRequest(bytes(""), BALANCE, 0, false)),
        "sdk",
        26,
        "segue is not ready; please wait for first block: invalid height");
  }

  @Test
  void readsRawEntriesAndProvesThem() {
    QueryResponse entry = ask("/store/bank/key", "ann", 0);
    assertThat(entry.code()).isZero();
    assertThat(text(entry.key())).isEqualTo("ann");
    assertThat(text(entry.value())).isEqualTo("6");
    assertThat(entry.proofOps()).isEmpty();
    QueryResponse absent = ask("/store/bank/key", "bob", 3);
    assertThat(absent.code()).isZero();
    assertThat(absent.value()).isEmpty();
    assertThat(absent.height()).isEqualTo(3);
    assertThat(prove("/store/bank/key", "ann", 4).proofOps()).hasSize(1);
  }

  @Test
  void describesAnEntryInTheWordsOfItsModule() {
    assertThat(text(ask("/store/bank/describe", "ann", 0).value())).isEqualTo("bank ann = 1 bytes");
    assertThat(ask("/store/bank/describe", "bob", 0).value()).isEmpty();
    assertThat(ask("/store/nope/describe", "ann", 0).value()).isEmpty();
    assertThat(ask("/store/bank/describe", "ann", 99).code()).isEqualTo(26);
    assertThat(leases).isZero();
  }

  @Test
  void readsASubspaceAsPairs() {
    store.with(view(5).with("bank", "aa", "1").with("bank", "ab", "2").with("bank", "b", "3"));
    assertThat(HexFormat.of().formatHex(ask("/store/bank/subspace", "a", 0).value()))
        .isEqualTo("0a07" + "0a026161" + "120131" + "0a07" + "0a026162" + "120132");
  }

  @Test
  void rawQueriesFailInTheStoresCodespace() {
    refused(ask("/store/nope/key", "a", 0), "store", 4, "no such store: nope: unknown request");
    refused(
        ask("/store/bank/key", "", 0), "store", 3, "query cannot be zero length: tx parse error");
    refused(
        ask("/store/bank/foo", "a", 0), "store", 4, "unexpected query path: /foo: unknown request");
    String noProof =
        "proof is unexpectedly empty; ensure height has not been pruned: invalid request";
    refused(prove("/store/bank/key", "", 4), "store", 7, noProof);
    refused(prove("/store/bank/key", "a", 99), "store", 7, noProof);
    refused(prove("/store/auth/key", "a", 4), "store", 7, "store auth is empty: invalid request");
    assertThat(prove("/store/bank/key", "a", 1).code()).isEqualTo(18);
  }

  @Test
  void aRawQueryOfAHeightThatIsNotThereIsNoError() {
    QueryResponse future = ask("/store/bank/key", "a", 99);
    assertThat(future.code()).isZero();
    assertThat(future.log()).isEqualTo("version does not exist");
    assertThat(future.height()).isEqualTo(99);
    assertThat(text(future.key())).isEqualTo("a");
  }

  @Test
  void tellsItsVersionAndRefusesOtherPathsOfTheApplication() {
    QueryResponse version = ask("/app/version", "", 0);
    assertThat(text(version.value())).isEqualTo("1.2.3");
    assertThat(version.codespace()).isEqualTo("sdk");
    assertThat(version.height()).isEqualTo(4);
    refused(ask("/app/x", "", 0), "sdk", 6, "unknown query: [app x]: unknown request");
    assertThat(ask("/app", "", 0).log()).startsWith("expected second parameter");
  }

  @Test
  void letsAnyPeerIn() {
    assertThat(ask("/p2p/filter/addr/1.2.3.4:5", "", 0).code()).isZero();
    assertThat(ask("/p2p/filter/id/abc", "", 0).code()).isZero();
    assertThat(ask("/p2p/other", "", 0).code()).isEqualTo(6);
  }

  @Test
  void simulatesATransactionOnTheCheckState() {
    checkState.reset(chain.modules, chain.rules, FakeChain.header(5), "", view(4), () -> {});
    QueryResponse simulated =
        queries.query(new QueryRequest(tx(0, "/bank.Send x"), ModuleSet.SIMULATE_PATH, 0, false));
    assertThat(simulated.code()).isZero();
    assertThat(text(simulated.value())).isEqualTo("gas used 2060, /bank.SendResponse=, 1 events");
    refused(
        queries.query(new QueryRequest(tx(0, "/nope.Msg"), ModuleSet.SIMULATE_PATH, 0, false)),
        "sdk",
        6,
        "rpc error: code = Unknown desc = unrecognized message route: /nope.Msg: unknown request"
            + " with gas used: '0': unknown request");
    refused(
        queries.query(new QueryRequest(bytes(""), ModuleSet.SIMULATE_PATH, 0, false)),
        "sdk",
        18,
        "rpc error: code = InvalidArgument desc = empty txBytes is not allowed: invalid request");
  }

  @Test
  void aQueryThatNeedsMoreGasThanTheNodeAllowsIsRefused() {
    limits = new QueryLimits(20_000, 0, 0, 0);
    refused(
        askEndless(),
        "sdk",
        6,
        "rpc error: code = Unavailable desc = it needs more than 20000 gas, the query-gas-limit of"
            + " this node; ask for less at once, by pagination, or ask a node with a higher one:"
            + " unknown request");
    assertThat(text(ask("/bank.Query/Read", "ann", 0).value())).isEqualTo("6");
  }

  @Test
  void aQueryThatTakesTooLongEnds() {
    limits = new QueryLimits(0, 0, 1, 0);
    assertThat(askEndless().log()).contains("longer than 1 ms, the queryTimeoutMs of this node");
  }

  @Test
  void aSubspaceThatTakesTooLongEnds() {
    limits = new QueryLimits(0, 0, 1, 0);
    MapView many = view(4);
    for (int i = 0; i < 100_000; i++) {
      many.with("bank", "many" + i, "v");
    }
    store.with(many);
    assertThat(
            queries.query(new QueryRequest(bytes("many"), "/store/bank/subspace", 0, false)).log())
        .contains("longer than 1 ms, the queryTimeoutMs of this node");
  }

  @Test
  void aQueryThatNothingEndsLeavesPlacesForQueriesOfOtherPaths() throws Exception {
    limits = new QueryLimits(0, 0, 0, 2);
    CountDownLatch runs = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    bank.query(
        "/bank.Query/Compute",
        (context, request) -> {
          runs.countDown();
          try {
            over.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return request;
        });
    FakeChain computing = FakeChain.of(FakeModule.auth(), bank);
    Queries asked =
        new Queries(
            store, new FakeHeights(computing, store), checkState, "1", () -> limits, Steps.UNTOLD);
    QueryRequest compute = new QueryRequest(bytes(""), "/bank.Query/Compute", 0, false);
    CompletableFuture<QueryResponse> first =
        CompletableFuture.supplyAsync(() -> asked.query(compute));
    runs.await();

    assertThat(asked.query(compute).log())
        .contains("this node is busy: 1 queries run, 1 of them /bank.Query/Compute")
        .contains("queriesAtOnce is 2");
    limits = new QueryLimits(0, 0, 0, 1);
    assertThat(asked.query(new QueryRequest(bytes("ann"), "/store/bank/key", 0, false)).log())
        .contains("this node is busy: 1 queries run, 0 of them /store");
    limits = new QueryLimits(0, 0, 0, 2);
    assertThat(
            text(asked.query(new QueryRequest(bytes("ann"), "/bank.Query/Read", 0, false)).value()))
        .isEqualTo("6");
    over.countDown();
    assertThat(first.get().code()).isZero();
    assertThat(asked.query(compute).code()).isZero();
  }

  @Test
  void aSimulationEndsAtTheGasOfABlockOrElseAtTheNodesLimit() {
    FakeModule endless =
        FakeModule.named("bank").message("/bank.Endless", (context, message) -> readOn(context));
    FakeChain chain = FakeChain.of(FakeModule.auth(), endless);
    QueryRequest request =
        new QueryRequest(tx(0, "/bank.Endless x"), ModuleSet.SIMULATE_PATH, 0, false);
    limits = new QueryLimits(0, 50_000, 0, 0);
    checkState.reset(chain.modules, chain.rules, withMaxGas(-1), "", view(4), () -> {});
    assertThat(queries.query(request).log())
        .contains("simulationGasLimit of this node", "gasWanted: 50000");
    checkState.reset(chain.modules, chain.rules, withMaxGas(9_000), "", view(4), () -> {});
    assertThat(queries.query(request).log()).contains("gasWanted: 9000", "out of gas");
    limits = new QueryLimits(0, 0, 1, 0);
    checkState.reset(chain.modules, chain.rules, withMaxGas(-1), "", view(4), () -> {});
    assertThat(queries.query(request).log()).contains("longer than 1 ms");
  }

  @Test
  void anErrorOfTheVmIsThrown() {
    bank.query(
        "/bank.Query/Deep",
        (context, request) -> {
          throw new StackOverflowError();
        });
    FakeChain deep = FakeChain.of(FakeModule.auth(), bank);
    Queries asked =
        new Queries(
            store, new FakeHeights(deep, store), checkState, "1", () -> limits, Steps.UNTOLD);
    assertThatThrownBy(() -> asked.query(new QueryRequest(bytes(""), "/bank.Query/Deep", 0, false)))
        .isInstanceOf(StackOverflowError.class);
    assertThat(leases).isZero();
  }

  @Test
  void asksThePlatformAtTheHeightWithoutTheCodeOfTheHeight() {
    Queries asked = withPlatform((height, request) -> bytes(height + ":" + text(request)));

    assertThat(text(asked.query(new QueryRequest(bytes("a"), STATUS, 0, false)).value()))
        .isEqualTo("4:a");
    GrpcQueries.Answer past = asked.query(STATUS, bytes("b"), 3);
    assertThat(text(past.value())).isEqualTo("3:b");
    assertThat(past.height()).isEqualTo(3);
    assertThat(text(asked.query(BALANCE, bytes(""), 3).value())).startsWith("3:");
    assertThat(leases).isZero();
  }

  @Test
  void whatThePlatformAsksOfModulesFindsAPlaceWhileThePlatformAnswers() {
    limits = new QueryLimits(0, 0, 0, 1);
    AtomicReference<Queries> modules = new AtomicReference<>();
    modules.set(
        withPlatform(
            (height, request) -> modules.get().query("/bank.Query/Read", request, height).value()));

    assertThat(text(modules.get().query(STATUS, bytes("ann"), 0).value())).isEqualTo("6");
  }

  @Test
  void failsOverAbciAndOverGrpcInTheWordsOfEach() {
    failsAs(
        new QueryException(Status.NotFound, "tx not found: AB"),
        22,
        "rpc error: code = NotFound desc = tx not found: AB: key not found",
        "NotFound tx not found: AB");
    failsAs(
        new ModuleException("upgrade", 2, "module nope not found: module version not found"),
        6,
        "module nope not found: module version not found: unknown request",
        "Unknown codespace upgrade code 2: module version not found: module nope not found");
    failsAs(
        new IllegalArgumentException("decoding bech32 failed"),
        18,
        "decoding bech32 failed: invalid request",
        "Unknown decoding bech32 failed");
    failsAs(new IllegalStateException("gone"), 111222, "panic: gone", "Internal panic: gone");
  }

  @Test
  void saysOverGrpcWhichHeightsAndQueriesThereAre() {
    grpcRefuses(
        queries,
        BALANCE,
        5,
        "Unknown codespace sdk code 26: invalid height: cannot query with height in the future;"
            + " please provide a valid height");
    grpcRefuses(
        queries, "/bank.Query/Nope", 0, "Unimplemented unknown query /bank.Query/Nope at height 4");
    grpcRefuses(queries, "/app/version", 0, "Unimplemented unknown query /app/version at height 4");
  }

  @Test
  void handsOutTheDescriptorsOfAHeightWithThoseOfThePlatform() {
    Queries asked = withPlatform((height, request) -> request);

    Descriptors descriptors = asked.at(0);
    assertThat(descriptors.queries())
        .contains(BALANCE, STATUS, ModuleSet.SIMULATE_PATH)
        .doesNotContain("/bank.Query/Internal");
    assertThat(descriptors.queryOwner(BALANCE)).contains("bank");
    assertThat(descriptors.queryOwner(STATUS)).isEmpty();
    assertThat(descriptors.all()).hasSize(3);
    assertThat(asked.at(3)).isSameAs(descriptors);
    assertThat(queries.at(0).all()).hasSize(2);
    assertThat(queries.height()).isEqualTo(4);
    assertThat(leases).isZero();
    assertThatThrownBy(() -> asked.at(5))
        .isInstanceOf(QueryException.class)
        .hasMessageStartingWith("codespace sdk code 26: invalid height: cannot query with height");
  }

  private void failsAs(RuntimeException failure, int code, String log, String status) {
    Queries asked =
        withPlatform(
            (height, request) -> {
              throw failure;
            });
    QueryResponse answer = asked.query(new QueryRequest(bytes(""), STATUS, 0, false));
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.log()).isEqualTo(log);
    grpcRefuses(asked, STATUS, 0, status);
  }

  private static void grpcRefuses(Queries asked, String path, long height, String status) {
    assertThatThrownBy(() -> asked.query(path, bytes(""), height))
        .isInstanceOfSatisfying(
            QueryException.class,
            refused -> assertThat(refused.status() + " " + refused.getMessage()).isEqualTo(status));
  }

  private Queries withPlatform(NodeQuery status) {
    NodeQueries platform =
        new NodeQueries() {
          @Override
          public byte[] descriptors() {
            return bytes("");
          }

          @Override
          public Map<String, NodeQuery> queries() {
            return Map.of(STATUS, status);
          }
        };
    return new Queries(
        store,
        new FakeHeights(chain, store),
        checkState,
        "1",
        () -> limits,
        Steps.UNTOLD,
        () -> List.of(platform));
  }

  private QueryResponse askEndless() {
    bank.query("/bank.Query/Endless", (context, request) -> readOn(context));
    FakeChain endless = FakeChain.of(FakeModule.auth(), bank);
    Queries asked =
        new Queries(
            store, new FakeHeights(endless, store), checkState, "1", () -> limits, Steps.UNTOLD);
    return asked.query(new QueryRequest(bytes(""), "/bank.Query/Endless", 0, false));
  }

  /** Reads until it is stopped. */
  private static byte[] readOn(Context context) {
    byte[] read = bytes("");
    while (read != null) {
      read = context.store().has(bytes("ann")) ? read : bytes("none");
    }
    return bytes("");
  }

  private static BlockHeader withMaxGas(long maxGas) {
    ConsensusParams defaults = ConsensusParams.defaults(1);
    return new BlockHeader(
        "test",
        5,
        FakeChain.header(5).time(),
        new byte[20],
        new ConsensusParams(
            Optional.of(new BlockParams(1 << 20, maxGas)),
            defaults.evidence(),
            defaults.validator(),
            defaults.version()));
  }

  private QueryResponse ask(String path, String data, long height) {
    return queries.query(new QueryRequest(bytes(data), path, height, false));
  }

  private QueryResponse prove(String path, String data, long height) {
    return queries.query(new QueryRequest(bytes(data), path, height, true));
  }

  private static MapView view(long height) {
    return new MapView(height, "auth", "bank", "upgrade");
  }

  private static void refused(QueryResponse response, String codespace, int code, String log) {
    assertThat(response.log()).isEqualTo(log);
    assertThat(response.code()).isEqualTo(code);
    assertThat(response.codespace()).isEqualTo(codespace);
    assertThat(response.value()).isEmpty();
  }

  private final class FakeHeights implements Queries.Heights {
    private final FakeChain of;
    private final MapStore store;

    FakeHeights(FakeChain of, MapStore store) {
      this.of = of;
      this.store = store;
    }

    @Override
    public long last() {
      return Math.max(store.height(), 0);
    }

    @Override
    public Queries.Lease at(long height) {
      return new FakeLease(height, of);
    }
  }

  private final class FakeLease implements Queries.Lease {
    private final long height;
    private final FakeChain of;

    FakeLease(long height, FakeChain of) {
      this.height = height;
      this.of = of;
      leases++;
    }

    @Override
    public ModuleSet modules() {
      return of.modules;
    }

    @Override
    public KernelRules rules() {
      return of.rules;
    }

    @Override
    public BlockHeader header() {
      return FakeChain.header(height);
    }

    @Override
    public void close() {
      leases--;
    }
  }
}
