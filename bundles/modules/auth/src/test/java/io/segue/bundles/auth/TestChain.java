package io.segue.bundles.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segue.bundles.sdk.Addresses;
import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.CheckTxRequest;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.InitChainRequest;
import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.core.check.CheckState;
import io.segue.kernel.core.check.QueryLimits;
import io.segue.kernel.core.exec.BlockExecutor;
import io.segue.kernel.core.exec.BlockHeader;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.module.Steps;
import io.segue.kernel.core.overlay.Branch;
import io.segue.kernel.core.query.Queries;
import io.segue.kernel.testkit.InMemoryStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A chain with auth and as little as possible beside it, on a store in memory. */
public final class TestChain {
  public static final List<String> ANTE =
      List.of(
          "auth.limits",
          "auth.timeout-height",
          "auth.memo",
          "auth.tx-size-gas",
          "auth.fee",
          "auth.public-key",
          "auth.signature-gas",
          "auth.signature",
          "auth.sequence");

  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private final AuthModule auth;
  private final KernelRules rules = KernelRules.of(1);
  private final InMemoryStore store = new InMemoryStore();
  private final CheckState checkState = new CheckState();
  private final ModuleSet modules;
  private final BlockExecutor executor;
  private final String chainId;
  private final ConsensusParams params;
  private final String minimumGasPrices;

  private TestChain(Builder builder) {
    this.auth = new AuthModule(builder.platform);
    this.modules =
        ModuleSet.of(
            List.of(auth, new TestBank(), new TestGov()),
            Map.of(Phase.ANTE, ANTE, Phase.GENESIS, List.of("auth", "bank")));
    this.executor = new BlockExecutor(modules, rules);
    this.chainId = builder.chainId;
    this.minimumGasPrices = builder.minimumGasPrices;
    ConsensusParams defaults = ConsensusParams.defaults(1);
    this.params =
        new ConsensusParams(
            Optional.of(new BlockParams(22020096, builder.maxGas)),
            defaults.evidence(),
            defaults.validator(),
            defaults.version());
    start(builder);
  }

  /** Begins the description of a chain. */
  public static Builder aChain() {
    return new Builder();
  }

  /** A chain to be. */
  public static final class Builder {
    private TestPlatform platform = new TestPlatform();
    private String chainId = "probe-1";
    private String minimumGasPrices = "";
    private final StringBuilder accounts = new StringBuilder();
    private final StringBuilder balances = new StringBuilder();
    private String authParams = "";
    private long maxGas = -1;
    private long height = 1;

    public Builder withCrypto(Crypto crypto) {
      platform = new TestPlatform(crypto);
      return this;
    }

    public Builder named(String name) {
      chainId = name;
      return this;
    }

    public Builder withAccount(String address, long number, long sequence, String coins) {
      addAccount(
          "{\"@type\":\"/cosmos.auth.v1beta1.BaseAccount\",\"address\":\"%s\",".formatted(address)
              + "\"pub_key\":null,\"account_number\":\"%d\",\"sequence\":\"%d\"}"
                  .formatted(number, sequence));
      balances.append(address).append(' ').append(coins).append('|');
      return this;
    }

    public Builder withModuleAccount(String name, long number, String permission) {
      String address = new Addresses("cosmos").account(Addresses.module(name));
      addAccount(
          "{\"@type\":\"/cosmos.auth.v1beta1.ModuleAccount\",\"base_account\":"
              + "{\"address\":\"%s\",\"account_number\":\"%d\"},".formatted(address, number)
              + "\"name\":\"%s\",\"permissions\":[\"%s\"]}".formatted(name, permission));
      return this;
    }

    private void addAccount(String json) {
      accounts.append(accounts.isEmpty() ? "" : ",").append(json);
    }

    public Builder withMinimumGasPrices(String prices) {
      minimumGasPrices = prices;
      return this;
    }

    public Builder withMaxGas(long gas) {
      maxGas = gas;
      return this;
    }

    /** With the genesis committed as if it were this height. */
    public Builder atHeight(long committed) {
      height = committed;
      return this;
    }

    public Builder withAuthParams(String json) {
      authParams = "\"params\":" + json + ",";
      return this;
    }

    public TestChain start() {
      return new TestChain(this);
    }
  }

  private void start(Builder builder) {
    String appState =
        "{\"auth\":{%s\"accounts\":[%s]},\"bank\":\"%s\"}"
            .formatted(builder.authParams, builder.accounts, builder.balances);
    List<IndexChange> stores =
        modules.stores().stream().<IndexChange>map(IndexChange.Add::new).toList();
    try (StateView empty = store.view(stores)) {
      Branch branch = new Branch(empty);
      executor.initChain(
          branch,
          new InitChainRequest(
              TIME, chainId, params, List.of(), appState.getBytes(UTF_8), builder.height));
      store.commit(store.stage(stores, branch.changes()), builder.height, Map.of());
    }
    resetCheckState();
  }

  public Module auth() {
    return auth;
  }

  public ModuleSet modules() {
    return modules;
  }

  public String chainId() {
    return chainId;
  }

  /** Checks a transaction for the mempool. */
  public CheckTxResponse check(byte[] tx) {
    return checkState.check(new CheckTxRequest(tx, false));
  }

  /** Checks a transaction again. */
  public CheckTxResponse recheck(byte[] tx) {
    return checkState.check(new CheckTxRequest(tx, true));
  }

  /** Executes one transaction in a block of its own. */
  public ExecTxResult deliver(byte[] tx) {
    return block(tx).get(0);
  }

  /** Executes a block and forgets it. */
  public List<ExecTxResult> rehearse(List<byte[]> txs) {
    try (StateView view = store.view(store.height())) {
      return executor.execute(new Branch(view), header(store.height() + 1), txs).txResults();
    }
  }

  /** Executes and commits a block. */
  public List<ExecTxResult> block(byte[]... txs) {
    long height = store.height() + 1;
    List<ExecTxResult> results;
    try (StateView view = store.view(store.height())) {
      Branch branch = new Branch(view);
      results = executor.execute(branch, header(height), List.of(txs)).txResults();
      store.commit(store.stage(List.of(), branch.changes()), height, Map.of());
    }
    resetCheckState();
    return results;
  }

  /** Asks at the last height. */
  public QueryResponse query(String path, byte[] request) {
    Queries queries =
        new Queries(
            store, new LastHeight(), checkState, "test", () -> QueryLimits.DEFAULT, Steps.UNTOLD);
    return queries.query(new QueryRequest(request, path, 0, false));
  }

  /** The last committed state. */
  public StateView view() {
    return store.view(store.height());
  }

  public BlockHeader header(long height) {
    return new BlockHeader(chainId, height, TIME, new byte[0], params);
  }

  private void resetCheckState() {
    StateView view = store.view(store.height());
    checkState.reset(
        modules, rules, header(store.height() + 1), minimumGasPrices, view, view::close);
  }

  /** Serves the last height only. */
  private final class LastHeight implements Queries.Heights {
    @Override
    public long last() {
      return store.height();
    }

    @Override
    public Queries.Lease at(long height) {
      return new Queries.Lease() {
        @Override
        public ModuleSet modules() {
          return modules;
        }

        @Override
        public KernelRules rules() {
          return rules;
        }

        @Override
        public BlockHeader header() {
          return TestChain.this.header(height);
        }

        @Override
        public void close() {}
      };
    }
  }
}
