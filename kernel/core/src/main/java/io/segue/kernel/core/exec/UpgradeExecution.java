package io.segue.kernel.core.exec;

import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.Platform;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeAborted;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.crash.CrashPoint;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.module.RegisteredModule;
import io.segue.kernel.core.module.Steps;
import io.segue.kernel.core.overlay.Branch;
import io.segue.kernel.core.overlay.ReadOnlyStore;
import io.segue.kernel.core.plan.PlanState;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The on-chain work of one plan: the handler's two calls, on the block thread.
 *
 * <ol>
 *   <li>{@link #prepare}: the handler reads the state of the height before and says what stores to
 *       load;
 *   <li>the kernel loads them;
 *   <li>{@link #handle}: the handler works on a branch of the loaded state, with the modules of the
 *       new generation; then their versions are recorded.
 * </ol>
 *
 * <p>What the handler throws goes on to the caller, who holds.
 */
public final class UpgradeExecution implements UpgradeContext {
  private final Platform platform;
  private final Plan plan;
  private final BlockHeader header;
  private final Branch branch;
  private final boolean handling;
  private final ExecutionContext run;
  private final PlanState plans;
  private final SortedMap<String, Long> versionsBefore;
  private final Map<String, byte[]> geneses = new HashMap<>();
  private boolean migrated;

  private UpgradeExecution(
      ModuleSet modules,
      Platform platform,
      KernelRules rules,
      Plan plan,
      BlockHeader header,
      Branch branch,
      boolean handling,
      Steps steps) {
    this.platform = platform;
    this.plan = plan;
    this.header = header;
    this.branch = branch;
    this.handling = handling;
    this.run = ExecutionContext.upgrade(modules, rules, branch, header, steps);
    this.plans = new PlanState(branch.store(ModuleSet.UPGRADE), header.height(), rules.plans());
    this.versionsBefore = Collections.unmodifiableSortedMap(plans.moduleVersions());
  }

  /**
   * Asks the handler which stores to load.
   *
   * @param modules of the new generation
   * @param platform of the new generation
   * @param view the state of the height before
   * @param steps is told what runs
   */
  public static List<StoreLoad> prepare(
      UpgradeHandler handler,
      ModuleSet modules,
      Platform platform,
      KernelRules rules,
      Plan plan,
      BlockHeader header,
      StateView view,
      Steps steps) {
    UpgradeExecution execution =
        new UpgradeExecution(
            modules, platform, rules, plan, header, new Branch(view), false, steps);
    try (ExecutionContext run = execution.run;
        Steps.Step step =
            steps.begin(Steps.Kind.UPGRADE, "prepare of the handler of " + plan.name(), "", "")) {
      return List.copyOf(handler.prepare(execution));
    }
  }

  /**
   * Lets the handler work and records the versions of the modules. Recording the plan as done is
   * the caller's.
   *
   * @param modules of the new generation
   * @param platform of the new generation
   * @param branch over the loaded state; keeps what the handler wrote
   * @param steps is told what runs
   * @return the events of it, marked as those of the begin of the block
   * @throws PhaseFailedException where a store or a migration is missing, or a module fails
   */
  public static List<Event> handle(
      UpgradeHandler handler,
      ModuleSet modules,
      Platform platform,
      KernelRules rules,
      Plan plan,
      BlockHeader header,
      Branch branch,
      Steps steps) {
    SortedSet<String> missing = modules.missingStores(branch.base().stores());
    if (!missing.isEmpty()) {
      throw new PhaseFailedException(
          "after the store loaders of plan "
              + plan.name()
              + " the state lacks stores that modules own: "
              + missing
              + "; the handler's prepare has to add or rename them");
    }
    UpgradeExecution execution =
        new UpgradeExecution(modules, platform, rules, plan, header, branch, true, steps);
    try (ExecutionContext run = execution.run;
        Steps.Step step = steps.begin(Steps.Kind.UPGRADE, "handler of " + plan.name(), "", "")) {
      handler.handle(execution);
    }
    if (!execution.migrated) {
      throw new PhaseFailedException(
          "the handler of plan " + plan.name() + " returned without calling runMigrations");
    }
    return BlockExecutor.asBeginBlock(execution.run.takeEvents());
  }

  /**
   * Checks the invariants of all modules, by name, on the branch that {@link #handle} left.
   *
   * @param steps is told what runs
   * @throws UpgradeAborted naming the first one that does not hold
   * @throws PhaseFailedException where one fails
   */
  public static void checkInvariants(
      ModuleSet modules,
      KernelRules rules,
      Plan plan,
      BlockHeader header,
      Branch branch,
      Steps steps) {
    try (ExecutionContext run = ExecutionContext.upgrade(modules, rules, branch, header, steps)) {
      checkInvariants(run, plan);
    }
  }

  private static void checkInvariants(ExecutionContext run, Plan plan) {
    for (RegisteredModule participant : run.modules.participants()) {
      for (Map.Entry<String, Module.Invariant> invariant :
          new TreeMap<>(participant.module.invariants()).entrySet()) {
        String name = participant.name + "/" + invariant.getKey();
        Optional<String> wrong =
            BlockExecutor.phase(run, participant, "invariant " + name, invariant.getValue()::check);
        if (wrong.isPresent()) {
          throw new UpgradeAborted(
              "after plan " + plan.name() + " invariant " + name + " is broken: " + wrong.get());
        }
      }
    }
  }

  @Override
  public Plan plan() {
    return plan;
  }

  @Override
  public String chainId() {
    return header.chainId();
  }

  @Override
  public Platform platform() {
    return platform;
  }

  @Override
  public Instant time() {
    return header.time();
  }

  @Override
  public KVStore store(String name) {
    run.gas.requireInCall();
    KVStore store = branch.store(name);
    return handling && !name.equals(ModuleSet.UPGRADE) ? store : new ReadOnlyStore(name, store);
  }

  @Override
  public SortedMap<String, Long> moduleVersions() {
    return versionsBefore;
  }

  @Override
  public void runMigrations() {
    requireHandling("runMigrations");
    if (migrated) {
      throw new IllegalStateException("runMigrations was called twice");
    }
    migrated = true;
    for (MigrationSteps.Step step : MigrationSteps.of(run.modules, versionsBefore).steps()) {
      take(step);
    }
    plans.setModuleVersions(run.modules.versions());
    CrashPoint.MIGRATED.reached();
  }

  @Override
  public void genesis(String module, byte[] genesisJson) {
    requireHandling("genesis");
    if (migrated) {
      throw new IllegalStateException("genesis of " + module + " comes after runMigrations");
    }
    if (versionsBefore.containsKey(module) || !run.modules.versions().containsKey(module)) {
      throw new IllegalArgumentException(
          "module " + module + " is not new with plan " + plan.name() + ": it takes no genesis");
    }
    geneses.put(module, genesisJson);
  }

  @Override
  public byte[] call(String typeUrl, byte[] message) {
    requireHandling("call");
    return run.call(null, typeUrl, message);
  }

  @Override
  public byte[] query(String path, byte[] request) {
    requireHandling("query");
    return run.query(path, request);
  }

  private void take(MigrationSteps.Step step) {
    RegisteredModule participant = step.participant();
    BlockExecutor.phase(
        run,
        participant,
        "upgrade " + plan.name() + ": " + step.describe(),
        context -> {
          if (step instanceof MigrationSteps.Migrate migrate) {
            migrate.migration().migrate(context);
          } else {
            initGenesis(participant, context);
          }
          return step;
        });
  }

  private void initGenesis(RegisteredModule participant, ModuleContext context) {
    byte[] given = geneses.get(participant.name);
    byte[] genesis = given == null ? participant.module.defaultGenesis() : given;
    if (!participant.module.initGenesis(context, genesis).isEmpty()) {
      throw new IllegalStateException(
          "module "
              + participant.name
              + " gives validators in an upgrade: only a chain's start may");
    }
  }

  private void requireHandling(String method) {
    run.gas.requireInCall();
    if (!handling) {
      throw new IllegalStateException(
          method + " is not there in prepare, which only reads; call it in handle");
    }
  }
}
