package io.segue.kernel.core.block;

import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.FinalizeBlockRequest;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.InitChainRequest;
import io.segue.kernel.api.abci.Abci.InitChainResponse;
import io.segue.kernel.api.abci.Abci.VersionParams;
import io.segue.kernel.api.abci.ConsensusBounds;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateStore.Staged;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.api.upgrade.UpgradeParams;
import io.segue.kernel.core.exec.AppState;
import io.segue.kernel.core.exec.BlockExecutor;
import io.segue.kernel.core.exec.BlockHeader;
import io.segue.kernel.core.exec.BlockResult;
import io.segue.kernel.core.exec.GenesisResult;
import io.segue.kernel.core.exec.UpgradeExecution;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.Generations;
import io.segue.kernel.core.generation.Lease;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.module.Steps;
import io.segue.kernel.core.overlay.Branch;
import io.segue.kernel.core.plan.DonePlan;
import io.segue.kernel.core.plan.PastPlan;
import io.segue.kernel.core.plan.PlanGenesis;
import io.segue.kernel.core.plan.PlanOutcome;
import io.segue.kernel.core.plan.PlanRules;
import io.segue.kernel.core.plan.PlanState;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the block loop does to the chain: state, generation and the facts of the last committed
 * block. The order of these steps is the block loop's.
 *
 * <p>Thread safety: the block thread calls it; what only reads ({@link #facts}, {@link #current},
 * {@link #pendingPlan}, {@link #done}, {@link #past}, {@link #appHash}) may be called by any.
 */
public final class ChainOperations {
  private static final ConsensusParams NO_CHANGES =
      new ConsensusParams(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private final StateStore store;
  private final Generations generations;
  private final boolean allowUnbound;
  private final Steps steps = new Steps();
  private volatile ChainFacts facts;
  private List<Event> genesisEvents = List.of();

  /**
   * The chain that the store holds, or an empty one; the current generation is published.
   *
   * @param allowUnbound whether to start a chain that is bound to other bundles than this node has
   */
  public ChainOperations(StateStore store, Generations generations, boolean allowUnbound) {
    this.store = store;
    this.generations = generations;
    this.allowUnbound = allowUnbound;
    this.facts = ChainFacts.read(store.metadata());
  }

  /** What runs now, in blocks and in queries; any thread. */
  public Steps steps() {
    return steps;
  }

  /** Facts of the last committed block; any thread. */
  public ChainFacts facts() {
    return facts;
  }

  /**
   * Facts of the block of a height; any thread.
   *
   * @throws io.segue.kernel.api.store.HeightUnavailableException where it can't be read
   */
  public ChainFacts facts(long height) {
    return ChainFacts.read(store.metadata(height));
  }

  /** The generation of the last committed height. */
  public Generation current() {
    try (Lease lease = generations.current()) {
      return lease.generation();
    }
  }

  /** App hash of a height that can be read, hex; empty where it can't. */
  public String appHash(long height) {
    return height < 0 || height < store.oldestHeight() || height > store.height()
        ? ""
        : HexFormat.of().formatHex(store.appHash(height));
  }

  /** The pending plan in the committed state. */
  public Optional<Plan> pendingPlan() {
    if (store.height() < 0) {
      return Optional.empty();
    }
    try (StateView view = store.view(store.height())) {
      return plans(new Branch(view), store.height(), rules(current())).plan();
    }
  }

  /** Whether the committed state records a plan as done; the first generation always is. */
  public boolean done(String plan) {
    if (plan.equals(PlanRules.GENESIS)) {
      return true;
    }
    if (store.height() < 0) {
      return false;
    }
    try (StateView view = store.view(store.height())) {
      return plans(new Branch(view), store.height(), rules(current())).doneAt(plan).isPresent();
    }
  }

  /** Every plan that the committed state records as over, in order of heights; any thread. */
  public List<PastPlan> past() {
    if (store.height() < 0) {
      return List.of();
    }
    try (StateView view = store.view(store.height())) {
      return plans(new Branch(view), store.height(), rules(current())).past();
    }
  }

  /** What the committed state says about upgrades. */
  UpgradeParams upgradeParams() {
    try (StateView view = store.view(store.height())) {
      return plans(new Branch(view), store.height(), rules(current())).params();
    }
  }

  /** Starts the chain; see docs/adr/0004. */
  InitChainResponse initChain(InitChainRequest request) {
    if (request.initialHeight() < 1) {
      throw new IllegalArgumentException(
          "initial_height "
              + request.initialHeight()
              + " is refused: the first block of a chain has height 1 or a later one");
    }
    if (store.height() >= request.initialHeight()) {
      throw new IllegalStateException(
          "the chain is at height " + store.height() + " already; it starts once");
    }
    ConsensusBounds.checkGenesisTime(request.time());
    AppState appState = AppState.read(request.appState());
    PlanGenesis upgrades = appState.upgrades();
    ConsensusParams params =
        ConsensusBounds.check(
            withAppVersion(request.consensusParams(), Math.max(1, upgrades.protocolVersion())));
    if (store.height() >= 0) {
      store.clear();
    }
    String distribution = current().digest();
    Generation first = first(upgrades, request.initialHeight());
    List<IndexChange> index =
        first.modules().stores().stream().<IndexChange>map(IndexChange.Add::new).toList();
    try (StateView view = store.view(index)) {
      Branch branch = new Branch(view);
      GenesisResult result =
          new BlockExecutor(first.modules(), rules(first), steps)
              .initChain(branch, request, appState);
      Staged staged = store.stage(index, branch.changes());
      byte[] appHash = staged.appHash();
      ChainFacts next =
          new ChainFacts(
              request.chainId(), request.time(), params, distribution, request.initialHeight());
      store.commit(staged, request.initialHeight() - 1, next.write());
      facts = next;
      genesisEvents = result.events();
      return new InitChainResponse(params, result.validators(), appHash);
    }
  }

  /**
   * Makes a state the first one of this node that comes from a node ahead of it.
   *
   * @param height of the state
   * @param next facts of its block
   */
  public void restored(Staged staged, long height, ChainFacts next) {
    store.commit(staged, height, next.write());
    facts = next;
    genesisEvents = List.of();
  }

  /** The loads that the new generation's handler asks for. */
  List<StoreLoad> prepare(
      Plan plan, Generation next, UpgradeHandler handler, FinalizeBlockRequest request) {
    try (StateView view = store.view(store.height())) {
      return UpgradeExecution.prepare(
          handler,
          next.modules(),
          next.platform(),
          rules(next),
          plan,
          header(request),
          view,
          steps);
    }
  }

  /**
   * The handler's work, and the record of the plan as done.
   *
   * @return the events of it; never empty
   */
  List<Event> handle(
      Plan plan,
      Generation next,
      UpgradeHandler handler,
      Branch branch,
      FinalizeBlockRequest request) {
    List<Event> events = new ArrayList<>();
    events.addAll(
        UpgradeExecution.handle(
            handler,
            next.modules(),
            next.platform(),
            rules(next),
            plan,
            header(request),
            branch,
            steps));
    if (upgradeParams().checkInvariants()) {
      UpgradeExecution.checkInvariants(
          next.modules(), rules(next), plan, header(request), branch, steps);
    }
    plans(branch, request.height(), rules(next))
        .applied(plan, request.height(), HexFormat.of().parseHex(next.digest()));
    events.addAll(
        BlockExecutor.asBeginBlock(
            List.of(
                Event.of(
                    "upgrade_applied",
                    "name",
                    plan.name(),
                    "height",
                    Long.toString(request.height()),
                    "digest",
                    next.digest()))));
    return events;
  }

  /**
   * Records a plan as ended without its code, on a branch of the state before.
   *
   * @param reason why, for the event
   * @return the event of it
   */
  List<Event> end(
      Plan plan, PlanOutcome outcome, String reason, Branch branch, FinalizeBlockRequest request) {
    plans(branch, request.height(), rules(current())).ended(plan, request.height(), outcome);
    return BlockExecutor.asBeginBlock(
        List.of(
            Event.of(
                "upgrade_" + outcome.name().toLowerCase(Locale.ROOT),
                "name",
                plan.name(),
                "height",
                Long.toString(request.height()),
                "reason",
                reason)));
  }

  /**
   * Runs the block on the branch; the app hash of the response is still empty.
   *
   * @param upgrade events of the plan that ended in this block; empty where none did
   */
  FinalizeBlockResponse execute(
      Generation generation, List<Event> upgrade, Branch branch, FinalizeBlockRequest request) {
    BlockResult result =
        new BlockExecutor(generation.modules(), rules(generation), steps)
            .execute(branch, header(request), request.txs(), !upgrade.isEmpty());
    List<Event> events = new ArrayList<>(genesisEvents);
    events.addAll(upgrade);
    events.addAll(result.events());
    Optional<ConsensusParams> updates =
        generation == current()
            ? result.paramUpdates()
            : Optional.of(
                result
                    .paramUpdates()
                    .orElse(NO_CHANGES)
                    .with(
                        version(
                            plans(branch, request.height(), rules(generation)).protocolVersion())));
    return new FinalizeBlockResponse(
        events, result.txResults(), result.validatorUpdates(), updates, new byte[0]);
  }

  /** Makes the block durable. */
  void commit(Staged staged, FinalizeBlockRequest request, FinalizeBlockResponse response) {
    ConsensusParams params =
        response.consensusParamUpdates().map(facts.params()::with).orElse(facts.params());
    ChainFacts next = facts.next(request.time(), params);
    store.commit(staged, request.height(), next.write());
    facts = next;
    genesisEvents = List.of();
  }

  /** Makes a generation the current one from this height on, if it is another than before. */
  void publish(Generation generation, long height) {
    if (generation != current()) {
      generations.publish(generation, height);
    }
    generations.retain(store.oldestHeight());
  }

  /** The kernel rules that a generation runs on. */
  public static KernelRules rules(Generation generation) {
    return KernelRules.of(generation.rules());
  }

  private BlockHeader header(FinalizeBlockRequest request) {
    return new BlockHeader(
        facts.chainId(),
        request.height(),
        request.time(),
        request.proposerAddress(),
        facts.params(),
        request.decidedLastCommit(),
        request.misbehavior());
  }

  private static PlanState plans(Branch branch, long height, KernelRules rules) {
    return new PlanState(branch.store(ModuleSet.UPGRADE), height, rules.plans());
  }

  /**
   * The generation that the first state is for: that of the last plan the genesis says was applied,
   * else the distribution's first one.
   *
   * @throws IllegalArgumentException where the genesis is bound to bytes that this node does not
   *     have
   */
  private Generation first(PlanGenesis upgrades, long initialHeight) {
    Generation current = current();
    String plan = upgrades.current().map(DonePlan::name).orElse(PlanRules.GENESIS);
    String bound =
        upgrades
            .current()
            .map(DonePlan::generation)
            .orElse(upgrades.generation())
            .map(HexFormat.of()::formatHex)
            .orElse(current.digest());
    if (bound.equals(current.digest())) {
      return current;
    }
    if (plan.equals(PlanRules.GENESIS)) {
      if (allowUnbound) {
        return current;
      }
      throw new IllegalArgumentException(
          "genesis.json binds the chain to generation "
              + bound
              + ", this node's genesis is "
              + current.digest()
              + "; start it with the distribution that the chain was made for, or put the bundles"
              + " of that one into the folder genesis of this home; segue start --allow-unbound"
              + " runs what is here, which leads to other roots at the next upgrade");
    }
    try {
      return generations.begin(bound, Math.max(2, initialHeight - 1));
    } catch (GenerationException e) {
      throw new IllegalArgumentException(
          "genesis.json goes on with generation "
              + plan
              + " "
              + bound
              + ", which this node can't start: "
              + e.getMessage()
              + ". Copy the files in data/artifacts of the node that exported it into this node's"
              + " data/artifacts, and start again",
          e);
    }
  }

  private static ConsensusParams withAppVersion(ConsensusParams params, long app) {
    return ConsensusParams.defaults(app).with(params).with(version(app));
  }

  private static ConsensusParams version(long app) {
    return new ConsensusParams(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(new VersionParams(app)));
  }
}
