package io.segue.kernel.core.node;

import io.segue.kernel.admission.artifact.GenerationManifest;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.node.HoldingPart;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.node.NodeState;
import io.segue.kernel.api.node.StateInspection;
import io.segue.kernel.api.node.UpgradeOutcome;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.core.block.BlockLoop;
import io.segue.kernel.core.block.BlockState;
import io.segue.kernel.core.block.ChainOperations;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.Generations;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import io.segue.kernel.core.plan.PastPlan;
import io.segue.kernel.core.plan.PlanOutcome;
import io.segue.kernel.core.snapshot.SnapshotFolder;
import io.segue.kernel.core.snapshot.SnapshotMetadata;
import io.segue.kernel.core.upgrade.Deployments;
import io.segue.kernel.core.upgrade.Preparation;
import io.segue.kernel.core.upgrade.Repairs;
import io.segue.kernel.core.upgrade.UpgradeLife;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a node says about itself, and deployment by hand. Thread safety: any thread. */
final class KernelNode implements Node {
  /** What an operator does about a step that was cancelled and does not end. */
  private static final String STUCK =
      "restart the node; where the code of a plan does so on every validator, restart it with"
          + " skip-heights in etc/io.segue.kernel.cfg, or with a fixed artifact deployed";

  private final StateStore store;
  private final ChainOperations chain;
  private final Generations generations;
  private final BlockLoop loop;
  private final UpgradeLife life;
  private final Deployments deployments;
  private final PastArtifacts pastArtifacts;
  private final Repairs repairs;
  private final Supplier<List<HoldingPart>> parts;
  private final StateInspection state;
  private final SnapshotFolder snapshots;
  private final Supplier<KernelSettings> settings;
  private final long startNs = System.nanoTime();

  KernelNode(
      StateStore store,
      ChainOperations chain,
      Generations generations,
      BlockLoop loop,
      UpgradeLife life,
      Deployments deployments,
      Repairs repairs,
      PastArtifacts pastArtifacts,
      StateInspection state,
      SnapshotFolder snapshots,
      Supplier<KernelSettings> settings,
      Supplier<List<HoldingPart>> parts) {
    this.store = store;
    this.state = state;
    this.snapshots = snapshots;
    this.chain = chain;
    this.generations = generations;
    this.loop = loop;
    this.life = life;
    this.deployments = deployments;
    this.pastArtifacts = pastArtifacts;
    this.repairs = repairs;
    this.settings = settings;
    this.parts = parts;
  }

  @Override
  public Status status() {
    Generation current = chain.current();
    Optional<NodeHold> hold = holds().stream().filter(NodeHold::stopsBlocks).findFirst();
    return new Status(
        chain.facts().chainId(),
        state(hold.isPresent()),
        Math.max(0, store.height()),
        chain.appHash(store.height()),
        current.name(),
        current.digest(),
        chain.facts().appVersion(),
        ProcessHandle.current().pid(),
        (System.nanoTime() - startNs) / 1_000_000,
        hold.map(NodeHold::text));
  }

  private NodeState state(boolean held) {
    if (held) {
      return NodeState.HELD;
    }
    BlockState state = loop.state();
    return state == BlockState.IDLE && store.height() < 0 ? NodeState.STARTING : state.shown();
  }

  @Override
  public List<SlowStep> slowSteps() {
    return chain.steps().runningFor(settings.get().slowStepMs());
  }

  @Override
  public List<NodeHold> holds() {
    List<NodeHold> holds = new ArrayList<>();
    loop.hold().ifPresent(hold -> holds.add(hold.as("block")));
    loop.refusedGenesis().ifPresent(hold -> holds.add(hold.as("genesis")));
    for (String stuck : chain.steps().stuck(settings.get()::stepLimitMs)) {
      holds.add(new NodeHold("block", HoldReason.RUNAWAY.name(), stuck, STUCK, true));
    }
    parts.get().forEach(part -> part.hold().ifPresent(holds::add));
    return holds;
  }

  @Override
  public Optional<UpgradeStatus> upgrade() {
    return life.status();
  }

  @Override
  public List<GenerationStatus> generations() {
    return generations.status().stream()
        .map(status -> status.insteadOf(repairs.insteadOf(status.digest())))
        .toList();
  }

  @Override
  public List<PastUpgrade> history() {
    return chain.past().stream().map(this::past).toList();
  }

  @Override
  public CheckReport check(Path artifact) throws DeployException {
    requireFile(artifact);
    try {
      Deployments.Brought brought = deployments.look(artifact);
      return pastArtifacts
          .check(artifact, brought.verdict())
          .orElseGet(() -> deployments.check(brought, chain.pendingPlan(), chain::done));
    } catch (GenerationException e) {
      throw new DeployException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new DeployException(
          artifact + " can't be read: " + FailureText.of(e) + "; check the file");
    }
  }

  @Override
  public Deployed deploy(Path artifact, DeployOptions options) throws DeployException {
    requireFile(artifact);
    try {
      Deployments.Brought brought = deployments.take(artifact);
      Optional<Deployed> past = pastArtifacts.take(artifact, brought.verdict());
      if (past.isPresent()) {
        return past.get();
      }
      Preparation.Ready ready =
          deployments.deploy(brought, options, chain.pendingPlan(), chain::done);
      Generation generation = ready.generation();
      life.offer(ready);
      loop.wake();
      return new Deployed(
          generation.name(),
          ready.sha256(),
          generation.digest(),
          generation.manifest().lines().stream().map(GenerationManifest.Line::toString).toList());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeployException(artifact + " is not deployed: the command was interrupted");
    } catch (GenerationException e) {
      throw new DeployException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new DeployException(
          artifact
              + " can't be read or kept: "
              + FailureText.of(e)
              + "; check the file and the disk");
    }
  }

  @Override
  public void retry() throws DeployException {
    if (!life.waits() && holds().isEmpty()) {
      throw new DeployException(
          "nothing waits for another try: no block is held, and no pending plan lacks anything; see"
              + " upgrade:status");
    }
    loop.retry();
    parts.get().forEach(HoldingPart::retry);
  }

  @Override
  public void cancelPrepared(String name) throws DeployException {
    if (!life.hasPrepared(name)) {
      throw new DeployException(
          "nothing is prepared for a plan " + name + "; upgrade:generations lists what is READY");
    }
    if (life.executes(name)) {
      throw new DeployException(
          "plan " + name + " executes by now; what is prepared for it can't be dropped any more");
    }
    life.cancelPrepared(name);
    loop.wake();
  }

  @Override
  public List<StoreStatus> stores(long height) {
    return state.stores(height);
  }

  @Override
  public List<StoreCheck> verifyStores(long height, VerifyProgress progress) {
    return state.verifyStores(height, progress);
  }

  @Override
  public List<SnapshotStatus> snapshots() {
    return snapshots.list().stream()
        .map(
            one ->
                new SnapshotStatus(
                    one.height(),
                    SnapshotMetadata.FORMAT,
                    one.chunks(),
                    one.size(),
                    HexFormat.of().formatHex(one.hash())))
        .toList();
  }

  @Override
  public void checkpoint(Path directory) throws IOException {
    state.checkpoint(directory);
  }

  private PastUpgrade past(PastPlan plan) {
    String digest = plan.generation().map(HexFormat.of()::formatHex).orElse("");
    return new PastUpgrade(
        plan.name(), plan.height(), outcome(plan.outcome()), digest, repairs.insteadOf(digest));
  }

  private static UpgradeOutcome outcome(PlanOutcome outcome) {
    return switch (outcome) {
      case APPLIED -> UpgradeOutcome.APPLIED;
      case SKIPPED -> UpgradeOutcome.SKIPPED;
      case ABORTED -> UpgradeOutcome.ABORTED;
      case REPLACED -> UpgradeOutcome.REPLACED;
      case CANCELLED -> UpgradeOutcome.CANCELLED;
    };
  }

  private static void requireFile(Path artifact) throws DeployException {
    if (!Files.isRegularFile(artifact)) {
      throw new DeployException(
          artifact + " is no file; name a bundle (.jar) or an archive of bundles (.zip)");
    }
  }
}
