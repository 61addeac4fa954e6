package io.segue.kernel.api.node;

import io.segue.kernel.api.upgrade.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a running node says about itself, and what an operator may ask of it. The kernel publishes
 * it as a service; the shell and the servers call it, from any thread.
 */
@ProviderType
public interface Node extends StateInspection {
  /** How the node is. */
  Status status();

  /**
   * Everything that holds the node now: its block, the start of its chain, and what its {@link
   * HoldingPart}s wait for; empty where nothing does.
   */
  default List<NodeHold> holds() {
    return List.of();
  }

  /** Where the pending or last upgrade is in its life; empty where there never was one. */
  Optional<UpgradeStatus> upgrade();

  /** Every generation this node has loaded or ran, oldest first. */
  List<GenerationStatus> generations();

  /**
   * Deploys an upgrade's artifact into the running node: copies it to the content store, admits,
   * installs and resolves its bundles beside the running ones. A node that holds for it goes on at
   * once. Changing or deleting the file afterwards does nothing.
   *
   * @param artifact one bundle or an archive of bundles
   * @return what was deployed
   * @throws DeployException with what was refused, why, and what to do
   */
  Deployed deploy(Path artifact, DeployOptions options) throws DeployException;

  /**
   * Deploys an artifact without any option.
   *
   * @throws DeployException as {@link #deploy(Path, DeployOptions)}
   */
  default Deployed deploy(Path artifact) throws DeployException {
    return deploy(artifact, DeployOptions.NONE);
  }

  /**
   * Tries again, now, what the node waits for: the preparation of the pending plan, its sidecar
   * included, the block that is held, and what {@link #holds} names. Returns at once; {@link
   * #upgrade} tells what comes of it.
   *
   * @throws DeployException where nothing waits for another try
   */
  void retry() throws DeployException;

  /**
   * Drops what was prepared or deployed for a plan, which may be pending or never come. A plan that
   * is pending is then not ready; {@link #retry} prepares it again, and so does its height.
   *
   * @throws DeployException where there is nothing of that name to drop, or it executes by now
   */
  void cancelPrepared(String name) throws DeployException;

  /** What became of the plans of this chain, in order of heights. */
  List<PastUpgrade> history();

  /**
   * Says what {@link #deploy} would find in an artifact, all of it at once. Where its bytes show
   * nothing that is refused, its modules and its handler are made, as a deployment does within
   * {@code factoryTimeoutMs}. Nothing of it is kept.
   *
   * @param artifact one bundle or an archive of bundles
   * @throws DeployException where there is no such file, or it can't be read
   */
  CheckReport check(Path artifact) throws DeployException;

  /**
   * The steps of blocks and queries that run now and for longer than the operator's {@code
   * slowStepMs}, the longest first.
   */
  default List<SlowStep> slowSteps() {
    return List.of();
  }

  /**
   * A step that runs for long.
   *
   * @param step in words, such as {@code end of block}
   * @param module whose code runs; empty where it is none's
   * @param message type of the message, or path of the query; empty where there is none
   * @param ageMs how long it runs
   */
  record SlowStep(String step, String module, String message, long ageMs) {}

  /**
   * How the node is.
   *
   * @param height last committed height
   * @param appHash its root, hex
   * @param generation name of the current generation
   * @param generationDigest its digest, hex
   * @param uptimeMs since the kernel started
   * @param heldFor why the node holds, and what to do; empty where it does not hold
   */
  record Status(
      String chainId,
      NodeState state,
      long height,
      String appHash,
      String generation,
      String generationDigest,
      long appVersion,
      long pid,
      long uptimeMs,
      Optional<String> heldFor) {}

  /**
   * Where an upgrade is.
   *
   * @param hold what keeps the plan from being ready or its block from being executed, and what the
   *     operator does about it; empty where nothing does
   */
  record UpgradeStatus(
      Plan plan,
      UpgradeState state,
      Optional<NodeHold> hold,
      Progress progress,
      Code code,
      Change change) {

    /**
     * What happened so far.
     *
     * @param timelineMs milliseconds since the epoch, in order: scheduled, fetched, ready, due,
     *     loaded, handled, applied, firstBlock
     * @param now what runs now, in words; empty where nothing does
     */
    public record Progress(Map<String, Long> timelineMs, String now) {}

    /**
     * Which code runs for the plan.
     *
     * @param bound whether the plan says which bytes run
     * @param before digest of the generation before it, hex; empty before the height
     * @param after digest of the plan's generation, hex; empty until it is ready
     * @param insteadOf digest in the plan in place of which this node runs other bytes, because its
     *     operator decided so; empty where it does not
     */
    public record Code(boolean bound, String before, String after, String insteadOf) {}

    /**
     * What the plan's block did to the state.
     *
     * @param loads the store loads, in words and in order
     * @param rootBefore app hash of the height before, hex; empty before
     * @param rootAfter app hash of the plan's height, hex; empty before
     * @param pauseMs from the last commit of the old code to the first of the new; -1 before
     */
    public record Change(List<String> loads, String rootBefore, String rootAfter, double pauseMs) {}
  }

  /**
   * A plan of this chain that is over.
   *
   * @param height of the block in which it ended
   * @param generationDigest of the generation that runs from it on, hex; empty where none does
   * @param insteadOf digest in the plan in place of which this node ran other bytes; empty where it
   *     did not
   */
  record PastUpgrade(
      String name,
      long height,
      UpgradeOutcome outcome,
      String generationDigest,
      String insteadOf) {}

  /** A bundle of a generation. */
  record BundleStatus(String symbolicName, String version, String sha256, String state, long id) {}

  /**
   * A generation.
   *
   * @param firstHeight first height it executed; 0 where it executed none yet
   * @param lastHeight last height it executed; 0 where it is current or executed none yet
   * @param carriedOver symbolic names of bundles it shares with the generation before
   * @param insteadOf digest in its plan in place of which this node runs other bytes; empty where
   *     it does not
   */
  record GenerationStatus(
      String name,
      String digest,
      GenerationState state,
      long firstHeight,
      long lastHeight,
      List<BundleStatus> bundles,
      List<String> carriedOver,
      String insteadOf) {
    /** A generation of the bytes that its plan asks for. */
    public GenerationStatus(
        String name,
        String digest,
        GenerationState state,
        long firstHeight,
        long lastHeight,
        List<BundleStatus> bundles,
        List<String> carriedOver) {
      this(name, digest, state, firstHeight, lastHeight, bundles, carriedOver, "");
    }

    /** The same generation, run in place of the bytes that its plan asks for. */
    public GenerationStatus insteadOf(String digest) {
      return new GenerationStatus(
          name, this.digest, state, firstHeight, lastHeight, bundles, carriedOver, digest);
    }
  }

  /**
   * How to deploy.
   *
   * @param insteadOf digest in the pending plan in place of which the artifact is to run: a repair
   *     that the operator decides, and that every validator has to decide alike. The node keeps it
   *     on disk and tells of it ever after
   */
  record DeployOptions(Optional<String> insteadOf) {
    /** The artifact has to be the one that the plan asks for. */
    public static final DeployOptions NONE = new DeployOptions(Optional.empty());
  }

  /** What {@link #deploy(Path, DeployOptions)} did. */
  record Deployed(String plan, String sha256, String generationDigest, List<String> bundles) {}

  /** What an operator asked for is refused; the message names what, why, and what to do. */
  final class DeployException extends Exception {
    private static final long serialVersionUID = 1L;

    public DeployException(String message) {
      super(message);
    }
  }
}
