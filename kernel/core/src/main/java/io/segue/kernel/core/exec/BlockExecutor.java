package io.segue.kernel.core.exec;

import io.segue.kernel.api.abci.Abci.Attribute;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.InitChainRequest;
import io.segue.kernel.api.abci.Abci.ValidatorParams;
import io.segue.kernel.api.abci.ConsensusBounds;
import io.segue.kernel.api.guard.LimitError;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.api.upgrade.UpgradeAborted;
import io.segue.kernel.core.gas.BlockGas;
import io.segue.kernel.core.gas.ChangeLimit;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.module.MessageRouter.ExtensionRoute;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.module.RegisteredModule;
import io.segue.kernel.core.module.Steps;
import io.segue.kernel.core.overlay.Branch;
import io.segue.kernel.core.plan.PlanGenesis;
import io.segue.kernel.core.plan.PlanState;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Executes genesis and blocks of one generation, each on a branch that the caller gives and stages
 * afterwards. Keeps no state between calls. Called on the block thread.
 */
public final class BlockExecutor {
  private static final String MODE = "mode";
  private static final String BEGIN_BLOCK = "BeginBlock";
  private static final String END_BLOCK = "EndBlock";

  private final ModuleSet modules;
  private final KernelRules rules;
  private final Steps steps;

  /** An executor for one generation, whose steps nobody is told of. */
  public BlockExecutor(ModuleSet modules, KernelRules rules) {
    this(modules, rules, Steps.UNTOLD);
  }

  /**
   * An executor for one generation.
   *
   * @param steps is told what runs
   */
  public BlockExecutor(ModuleSet modules, KernelRules rules, Steps steps) {
    this.modules = modules;
    this.rules = rules;
    this.steps = steps;
  }

  /**
   * Writes the first state: each module's genesis in order, the modules' versions, and the plan
   * state that the genesis gives.
   *
   * @param appState that of the request
   * @param branch over empty stores, all of {@link ModuleSet#stores()}
   * @throws IllegalArgumentException where the app state is refused
   * @throws PhaseFailedException where a module refuses its part
   */
  public GenesisResult initChain(Branch branch, InitChainRequest request, AppState appState) {
    requireStores(branch);
    appState.requireKnown(moduleNames());
    PlanGenesis upgrades = appState.upgrades();
    requireVersions(upgrades.moduleVersions());
    BlockHeader header =
        new BlockHeader(
            request.chainId(),
            0,
            request.time(),
            new byte[0],
            withDefaults(request.consensusParams()));
    ValidatorUpdates validators = validatorUpdates(header);
    List<Event> events;
    try (ExecutionContext run = ExecutionContext.upgrade(modules, rules, branch, header, steps)) {
      for (RegisteredModule participant : modules.inOrder(Phase.GENESIS)) {
        byte[] genesis =
            appState.member(participant.name).orElseGet(participant.module::defaultGenesis);
        validators.addAllOfOne(
            participant.name,
            phase(
                run,
                participant,
                "genesis of module " + participant.name,
                context -> participant.module.initGenesis(context, genesis)));
      }
      events = run.takeEvents();
    }
    PlanState plans =
        new PlanState(branch.store(ModuleSet.UPGRADE), request.initialHeight() - 1, rules.plans());
    plans.setModuleVersions(modules.versions());
    plans.restore(upgrades);
    validators.requireSame(request.validators());
    return new GenesisResult(
        events.stream().map(BlockExecutor::notIndexed).toList(), validators.all());
  }

  /** As the other one, with the app state of the request. */
  public GenesisResult initChain(Branch branch, InitChainRequest request) {
    return initChain(branch, request, AppState.read(request.appState()));
  }

  /** Executes a block at whose height no plan is due; see the other one. */
  public BlockResult execute(Branch branch, BlockHeader header, List<byte[]> txs) {
    return execute(branch, header, txs, false);
  }

  /**
   * Executes a block: the proposer's entry, begin of the block, transactions, end of the block.
   *
   * @param branch over the state of the height before, with what an upgrade wrote in this block
   * @param planDue whether a plan ended in this block, which then has no entry
   * @throws PhaseFailedException where a module fails outside a transaction
   */
  public BlockResult execute(Branch branch, BlockHeader header, List<byte[]> txs, boolean planDue) {
    requireStores(branch);
    try (ExecutionContext run =
        new ExecutionContext(modules, rules, branch, header, ExecMode.FINALIZE, "", steps)) {
      return execute(run, txs, planDue);
    }
  }

  private BlockResult execute(ExecutionContext run, List<byte[]> txs, boolean planDue) {
    BlockHeader header = run.header;
    List<ExecTxResult> results = new ArrayList<>(txs.size());
    ExtensionRoute extended =
        planDue ? null : modules.voteExtension(header.consensusParams(), header.height() - 1);
    if (extended != null && !txs.isEmpty() && ProposedEntry.is(txs.get(0))) {
      results.add(TxRunner.deliver(run, extended, txs.get(0)));
    }
    List<Event> events = new ArrayList<>(beginBlock(run));
    TxRunner runner = new TxRunner(run, BlockGas.of(header.consensusParams()));
    for (byte[] tx : txs.subList(results.size(), txs.size())) {
      results.add(runner.deliver(tx));
    }
    run.branch.limitChanges(ChangeLimit.NONE);
    ValidatorUpdates validators = validatorUpdates(header);
    events.addAll(endBlock(run, validators));
    return new BlockResult(
        List.copyOf(events), List.copyOf(results), validators.all(), run.paramChanges().take());
  }

  /** Events with the mark of those that belong to the begin of a block. */
  public static List<Event> asBeginBlock(List<Event> events) {
    return events.stream().map(event -> event.with(MODE, BEGIN_BLOCK)).toList();
  }

  private List<Event> beginBlock(ExecutionContext run) {
    run.begin(Long.MAX_VALUE);
    for (RegisteredModule participant : modules.inOrder(Phase.BEGIN_BLOCK)) {
      phase(
          run,
          participant,
          "begin of block in module " + participant.name,
          context -> {
            participant.module.beginBlock(context);
            return participant;
          });
    }
    return asBeginBlock(run.takeEvents());
  }

  private List<Event> endBlock(ExecutionContext run, ValidatorUpdates validators) {
    run.begin(Long.MAX_VALUE);
    for (RegisteredModule participant : modules.inOrder(Phase.END_BLOCK)) {
      validators.add(
          participant.name,
          phase(
              run,
              participant,
              "end of block in module " + participant.name,
              participant.module::endBlock));
    }
    return run.takeEvents().stream().map(event -> event.with(MODE, END_BLOCK)).toList();
  }

  static <T> T phase(
      ExecutionContext run,
      RegisteredModule participant,
      String what,
      Function<ModuleContext, T> work) {
    try (Steps.Step step = run.step(what, participant.name, "")) {
      return work.apply(run.context(participant));
    } catch (UpgradeAborted e) {
      throw e;
    } catch (RuntimeException | LimitError e) {
      throw new PhaseFailedException(what + " failed", e);
    } finally {
      run.branch.closeIterators();
    }
  }

  private static ValidatorUpdates validatorUpdates(BlockHeader header) {
    return new ValidatorUpdates(
        header
            .consensusParams()
            .validator()
            .map(ValidatorParams::pubKeyTypes)
            .orElse(ConsensusBounds.KEY_TYPES));
  }

  private void requireStores(Branch branch) {
    SortedSet<String> missing = modules.missingStores(branch.base().stores());
    if (!missing.isEmpty()) {
      throw new PhaseFailedException(
          "the state lacks stores that modules own: "
              + missing
              + "; the upgrade handler's prepare has to add or rename them");
    }
  }

  /** An export of other versions of the modules would be read with another meaning. */
  private void requireVersions(SortedMap<String, Long> exported) {
    if (!exported.isEmpty() && !exported.equals(modules.versions())) {
      throw new IllegalArgumentException(
          "app_state was exported by modules of the versions "
              + exported
              + ", this generation has "
              + modules.versions()
              + "; start the chain on the generation that exported it");
    }
  }

  private SortedSet<String> moduleNames() {
    return new TreeSet<>(modules.versions().keySet());
  }

  private static ConsensusParams withDefaults(ConsensusParams given) {
    return ConsensusParams.defaults(1).with(given);
  }

  private static Event notIndexed(Event event) {
    return new Event(
        event.type(),
        event.attributes().stream()
            .map(attribute -> new Attribute(attribute.key(), attribute.value(), false))
            .toList());
  }
}
