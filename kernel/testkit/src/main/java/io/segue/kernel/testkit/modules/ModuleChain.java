package io.segue.kernel.testkit.modules;

import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.InitChainRequest;
import io.segue.kernel.api.abci.Abci.InitChainResponse;
import io.segue.kernel.api.abci.Abci.Misbehavior;
import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.api.module.Platform;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateStore.Staged;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.check.CheckState;
import io.segue.kernel.core.check.QueryLimits;
import io.segue.kernel.core.exec.BlockExecutor;
import io.segue.kernel.core.exec.BlockHeader;
import io.segue.kernel.core.exec.BlockResult;
import io.segue.kernel.core.exec.GenesisExport;
import io.segue.kernel.core.exec.GenesisResult;
import io.segue.kernel.core.exec.UpgradeExecution;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.module.Steps;
import io.segue.kernel.core.overlay.Branch;
import io.segue.kernel.core.query.Queries;
import io.segue.kernel.core.upgrade.StoreLoads;
import io.segue.kernel.testkit.InMemoryStore;
import io.segue.kernel.testkit.PlainPlatform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A chain that is nothing but modules on an {@link InMemoryStore}: genesis, blocks of {@link
 * PlainTx}, queries and upgrades, through the executor of the kernel. Internal queries can be asked
 * like others, and a block whose end finds an invariant broken fails. One thread.
 */
public final class ModuleChain implements AutoCloseable {
  /** The chain's identifier. */
  public static final String CHAIN_ID = "modules-1";

  /** Seconds between two blocks. */
  public static final long BLOCK_SECONDS = 1;

  private static final Platform PLATFORM = new PlainPlatform();
  private static final long STEP_NS = 1_000_000_000;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final StateStore store = new InMemoryStore();
  private final KernelRules rules = KernelRules.of(1);
  private final CheckState checkState = new CheckState();
  private ModuleSet modules;
  private int upgrades;

  private ModuleChain(ModuleSet modules) {
    this.modules = modules;
  }

  /**
   * A chain before its start.
   *
   * @param orders as a generation's manifest gives them
   */
  public static ModuleChain of(Map<Phase, List<String>> orders, Module... modules) {
    return new ModuleChain(open(orders, modules));
  }

  /**
   * Commits the first state as height 0.
   *
   * @param appState JSON with a member for each module
   */
  public InitChainResponse start(String appState) {
    return start(appState.getBytes(StandardCharsets.UTF_8));
  }

  /** As {@link #start(String)}, from UTF-8. */
  public InitChainResponse start(byte[] appState) {
    return startAfter(0, appState);
  }

  /** Commits the first state as a height, as a chain does that goes on from an export. */
  public InitChainResponse startAfter(long height, byte[] appState) {
    List<IndexChange> stores = new ArrayList<>();
    modules.stores().forEach(name -> stores.add(new IndexChange.Add(name)));
    try (StateView view = store.view(stores)) {
      Branch branch = new Branch(view);
      ConsensusParams params = ConsensusParams.defaults(1);
      GenesisResult result =
          new BlockExecutor(modules, rules)
              .initChain(
                  branch,
                  new InitChainRequest(START, CHAIN_ID, params, List.of(), appState, height + 1));
      store.commit(store.stage(stores, branch.changes()), height, Map.of());
      return new InitChainResponse(params, result.validators(), appHash());
    }
  }

  /** The state of a height as app state. */
  public byte[] export(long height) {
    try (StateView view = store.view(height)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new GenesisExport(modules, rules, header(height)).write(view, out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written", e);
    }
  }

  /** Roots of the stores at a height, hex, by name. */
  public SortedMap<String, String> roots(long height) {
    SortedMap<String, String> roots = new TreeMap<>();
    store.roots(height).forEach((name, root) -> roots.put(name, HexFormat.of().formatHex(root)));
    return roots;
  }

  /** Commits a state that {@link #dump()} wrote, as the first one. */
  public void restore(String dump, long height) {
    List<IndexChange> stores = new ArrayList<>();
    modules.stores().forEach(name -> stores.add(new IndexChange.Add(name)));
    HexFormat hex = HexFormat.of();
    try (StateView view = store.view(stores)) {
      Branch branch = new Branch(view);
      for (String line : dump.strip().split("\n")) {
        String[] parts = line.split(" ");
        branch.store(parts[0]).set(hex.parseHex(parts[1]), hex.parseHex(parts[2]));
      }
      store.commit(store.stage(stores, branch.changes()), height, Map.of());
    }
  }

  /** Executes and commits a block. */
  public FinalizeBlockResponse block(byte[]... txs) {
    return blockWith(List.of(), txs);
  }

  /** Executes and commits a block with evidence against validators. */
  public FinalizeBlockResponse blockWith(List<Misbehavior> evidence, byte[]... txs) {
    BlockHeader plain = header(height() + 1);
    BlockHeader header =
        new BlockHeader(
            plain.chainId(),
            plain.height(),
            plain.time(),
            plain.proposerAddress(),
            plain.consensusParams(),
            plain.lastCommit(),
            evidence);
    try (StateView view = store.view(List.of())) {
      Branch branch = new Branch(view);
      BlockResult result = new BlockExecutor(modules, rules).execute(branch, header, List.of(txs));
      store.commit(store.stage(List.of(), branch.changes()), height() + 1, Map.of());
      return new FinalizeBlockResponse(
          result.events(),
          result.txResults(),
          result.validatorUpdates(),
          result.paramUpdates(),
          appHash());
    }
  }

  /** Executes a block, keeps nothing of it, and answers with the roots its stores would have. */
  public SortedMap<String, byte[]> rehearse(byte[]... txs) {
    try (StateView view = store.view(List.of())) {
      Branch branch = new Branch(view);
      new BlockExecutor(modules, rules).execute(branch, header(height() + 1), List.of(txs));
      Staged staged = store.stage(List.of(), branch.changes());
      SortedMap<String, byte[]> roots = new TreeMap<>(staged.roots());
      store.drop(staged);
      return roots;
    }
  }

  /** Executes and commits a block of one transaction. */
  public ExecTxResult run(byte[] tx) {
    return block(tx).txResults().get(0);
  }

  /** Executes and commits a block in which a module sends {@code message}, internal or not. */
  public ExecTxResult call(String typeUrl, byte[] message) {
    return run(Courier.tx(typeUrl, message));
  }

  /**
   * Executes and commits a block that begins with an upgrade and has no transactions.
   *
   * @return the events of the upgrade
   */
  public List<Event> upgrade(
      UpgradeHandler handler, Map<Phase, List<String>> orders, Module... newModules) {
    ModuleSet next = open(orders, newModules);
    BlockHeader header = header(height() + 1);
    Plan plan = new Plan("test", header.height(), "");
    List<StoreLoad> loads;
    try (StateView view = store.view(List.of())) {
      loads =
          UpgradeExecution.prepare(
              handler, next, PLATFORM, rules, plan, header, view, Steps.UNTOLD);
    }
    List<IndexChange> index = load(loads);
    try (StateView view = store.view(index)) {
      Branch branch = new Branch(view);
      List<Event> events =
          UpgradeExecution.handle(
              handler, next, PLATFORM, rules, plan, header, branch, Steps.UNTOLD);
      new BlockExecutor(next, rules).execute(branch, header, List.of());
      store.commit(store.stage(index, branch.changes()), header.height(), Map.of());
      modules = next;
      return events;
    }
  }

  /** Asks at the last committed height. */
  public QueryResponse query(String path, byte[] request) {
    Queries queries =
        new Queries(
            store,
            new OneGeneration(),
            checkState,
            "test",
            () -> QueryLimits.DEFAULT,
            Steps.UNTOLD);
    return queries.query(new QueryRequest(request, path, 0, false));
  }

  /** A module's state as genesis JSON. */
  public String exportGenesis(String module) {
    QueryResponse answer = query(OpenModule.genesisPath(module), new byte[0]);
    if (answer.code() != 0) {
      throw new IllegalStateException(answer.log());
    }
    return new String(answer.value(), StandardCharsets.UTF_8);
  }

  /** What a store holds, in order of keys. */
  public SortedMap<byte[], byte[]> entries(String name) {
    SortedMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
    try (StateView view = store.view(height());
        KVIterator iterator = view.store(name).iterate(new byte[0], null, false)) {
      while (iterator.next()) {
        entries.put(iterator.key(), iterator.value());
      }
    }
    return entries;
  }

  /**
   * What the stores hold, in order of stores and keys, a line for each entry: {@code <store> <key>
   * <value>} in hex.
   */
  public String dump() {
    return store.roots(height()).keySet().stream()
        .filter(name -> !entries(name).isEmpty())
        .map(this::dump)
        .collect(Collectors.joining("\n"));
  }

  /** As {@link #dump()}, of one store. */
  public String dump(String name) {
    HexFormat hex = HexFormat.of();
    return entries(name).entrySet().stream()
        .map(
            entry ->
                name + " " + hex.formatHex(entry.getKey()) + " " + hex.formatHex(entry.getValue()))
        .collect(Collectors.joining("\n"));
  }

  /** The app hash of the last committed height. */
  public byte[] appHash() {
    return store.appHash(height());
  }

  /** The roots of the stores at the last committed height. */
  public SortedMap<String, byte[]> roots() {
    return new TreeMap<>(store.roots(height()));
  }

  /** The last committed height. */
  public long height() {
    return store.height();
  }

  @Override
  public void close() {
    store.close();
  }

  private List<IndexChange> load(List<StoreLoad> loads) {
    // Each upgrade is code of its own: nothing is gone on with.
    try (StoreLoads running = new StoreLoads(store, loads, "upgrade " + ++upgrades)) {
      while (!running.step(STEP_NS)) {}
      return running.index();
    }
  }

  private static ModuleSet open(Map<Phase, List<String>> orders, Module... modules) {
    Collection<Module> opened = new ArrayList<>();
    opened.add(new Courier());
    for (Module module : modules) {
      opened.add(new OpenModule(module));
    }
    return ModuleSet.of(opened, orders);
  }

  private static BlockHeader header(long height) {
    return new BlockHeader(
        CHAIN_ID,
        height,
        START.plusSeconds(height * BLOCK_SECONDS),
        new byte[20],
        ConsensusParams.defaults(1));
  }

  /** The one code that there is, for all heights. */
  private final class OneGeneration implements Queries.Heights, Queries.Lease {
    @Override
    public long last() {
      return height();
    }

    @Override
    public Queries.Lease at(long height) {
      return this;
    }

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
      return ModuleChain.header(height());
    }

    @Override
    public void close() {}
  }
}
