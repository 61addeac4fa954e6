package io.segue.kernel.core.node;

import io.segue.kernel.admission.artifact.Sha256;
import io.segue.kernel.core.block.HeightSettings;
import io.segue.kernel.core.check.QueryLimits;
import io.segue.kernel.core.module.Steps;
import java.util.Set;

/**
 * The operator's settings of the kernel. They change readiness and service, never state; but for
 * skipped heights, which all validators have to skip. A change counts in the running kernel.
 *
 * @param minimumGasPrices least fee for CheckTx, such as {@code 0.025stake}; empty asks for none
 * @param sidecars names of the sidecars that a plan may ask for
 * @param generationIdleMs how long the code of past heights stays loaded after the last query
 * @param heights heights that are skipped, and where the chain halts
 * @param factoryTimeoutMs how long the code of a new generation may take to be made and tried
 * @param admit digests of bundles whose code the operator vouches for: what the code check finds in
 *     them is told and refuses nothing
 * @param unusedArtifactsKeptMs how long the content store keeps what belongs to nothing; -1 for
 *     ever
 * @param slowStepMs how long a step of a block or a query may run before the status names it
 * @param stepTimeoutMs how long a step of a block may run before it is cancelled and the block is
 *     held; 0 for ever
 * @param upgradeStepTimeoutMs the same for a handler, a migration, a turn of a store load, and the
 *     genesis
 * @param queries what one query or simulation may use
 * @param minRetainBlocks how many blocks the engine has to keep at least; 0 for all
 * @param snapshots of which heights snapshots are made
 * @param allowUnbound whether to run a chain whose genesis is bound to other bundles than this
 *     node's
 */
public record KernelSettings(
    String minimumGasPrices,
    Set<String> sidecars,
    long generationIdleMs,
    HeightSettings heights,
    long factoryTimeoutMs,
    Set<String> admit,
    long unusedArtifactsKeptMs,
    long slowStepMs,
    long stepTimeoutMs,
    long upgradeStepTimeoutMs,
    QueryLimits queries,
    long minRetainBlocks,
    SnapshotSettings snapshots,
    boolean allowUnbound) {
  /** Ten minutes. */
  public static final long GENERATION_IDLE_MS = 600_000;

  /** Two minutes. */
  public static final long FACTORY_TIMEOUT_MS = 120_000;

  /** A day. */
  public static final long UNUSED_ARTIFACTS_KEPT_MS = 86_400_000;

  /** Five seconds. */
  public static final long SLOW_STEP_MS = 5_000;

  /** A minute: a step of a block takes milliseconds. */
  public static final long STEP_TIMEOUT_MS = 60_000;

  /** An hour: a handler may write every entry of a large state. */
  public static final long UPGRADE_STEP_TIMEOUT_MS = 3_600_000;

  /** No least fee; the sidecar fetch alone. */
  public static final KernelSettings DEFAULT =
      new KernelSettings("", Set.of("fetch"), GENERATION_IDLE_MS);

  /** Checks them; what is refused is named with its file. */
  public KernelSettings {
    requireAtLeast("generationIdleMs", generationIdleMs, 0);
    requireAtLeast("factoryTimeoutMs", factoryTimeoutMs, 1);
    admit = Set.copyOf(admit);
    for (String digest : admit) {
      if (!Sha256.isHex(digest)) {
        throw new IllegalArgumentException(
            "admit = "
                + digest
                + " in etc/io.segue.upgrade.cfg is refused: it is no SHA-256 of 64 lower-case hex"
                + " digits; upgrade:check shows the one of each bundle");
      }
    }
    requireAtLeast("unusedArtifactsKeptMs", unusedArtifactsKeptMs, -1);
    requireAtLeast("slowStepMs", slowStepMs, 1);
    requireAtLeast("stepTimeoutMs", stepTimeoutMs, 0);
    requireAtLeast("upgradeStepTimeoutMs", upgradeStepTimeoutMs, 0);
    requireAtLeast("query-gas-limit", queries.queryGas(), 0);
    requireAtLeast("simulationGasLimit", queries.simulationGas(), 0);
    requireAtLeast("queryTimeoutMs", queries.timeoutMs(), 0);
    requireAtLeast("queriesAtOnce", queries.atOnce(), 0);
    requireAtLeast("min-retain-blocks", minRetainBlocks, 0);
    requireAtLeast("snapshot-interval", snapshots.interval(), 0);
    requireAtLeast("snapshot-keep-recent", snapshots.keepRecent(), 0);
  }

  /** Settings of a node that skips nothing and does not halt. */
  public KernelSettings(String minimumGasPrices, Set<String> sidecars, long generationIdleMs) {
    this(
        minimumGasPrices,
        sidecars,
        generationIdleMs,
        HeightSettings.NONE,
        FACTORY_TIMEOUT_MS,
        Set.of(),
        UNUSED_ARTIFACTS_KEPT_MS,
        SLOW_STEP_MS,
        STEP_TIMEOUT_MS,
        UPGRADE_STEP_TIMEOUT_MS,
        QueryLimits.DEFAULT,
        0,
        SnapshotSettings.OFF,
        false);
  }

  /** How long a step of a kind may run; 0 for ever. */
  public long stepLimitMs(Steps.Kind kind) {
    return switch (kind) {
      case BLOCK -> stepTimeoutMs;
      case UPGRADE -> upgradeStepTimeoutMs;
      case QUERY -> queries.timeoutMs();
      case KERNEL -> 0;
    };
  }

  /** The same with other heights. */
  public KernelSettings withHeights(HeightSettings other) {
    Copy copy = new Copy(this);
    copy.heights = other;
    return copy.settings();
  }

  /** The same with other limits of queries. */
  public KernelSettings withQueries(QueryLimits other) {
    Copy copy = new Copy(this);
    copy.queries = other;
    return copy.settings();
  }

  /** The same with another number of blocks that are kept. */
  public KernelSettings withMinRetainBlocks(long other) {
    Copy copy = new Copy(this);
    copy.minRetainBlocks = other;
    return copy.settings();
  }

  /** The same with other snapshots. */
  public KernelSettings withSnapshots(SnapshotSettings other) {
    Copy copy = new Copy(this);
    copy.snapshots = other;
    return copy.settings();
  }

  /** The same with another limit of steps. */
  public KernelSettings withSlowStepMs(long other) {
    Copy copy = new Copy(this);
    copy.slowStepMs = other;
    return copy.settings();
  }

  /** The same with other limits of steps. */
  public KernelSettings withStepTimeoutsMs(long block, long upgrade) {
    Copy copy = new Copy(this);
    copy.stepTimeoutMs = block;
    copy.upgradeStepTimeoutMs = upgrade;
    return copy.settings();
  }

  /** The same with other sidecars. */
  public KernelSettings withSidecars(Set<String> other) {
    Copy copy = new Copy(this);
    copy.sidecars = other;
    return copy.settings();
  }

  /** The same with another limit. */
  public KernelSettings withFactoryTimeoutMs(long other) {
    Copy copy = new Copy(this);
    copy.factoryTimeoutMs = other;
    return copy.settings();
  }

  /** The same with other bundles vouched for. */
  public KernelSettings withAdmit(Set<String> other) {
    Copy copy = new Copy(this);
    copy.admit = other;
    return copy.settings();
  }

  /** The same for a node that may run other bundles than its chain is bound to. */
  public KernelSettings allowingUnbound() {
    Copy copy = new Copy(this);
    copy.allowUnbound = true;
    return copy.settings();
  }

  /** What may be another one in a copy. */
  private static final class Copy {
    private final KernelSettings from;
    private Set<String> sidecars;
    private HeightSettings heights;
    private long factoryTimeoutMs;
    private Set<String> admit;
    private long slowStepMs;
    private long stepTimeoutMs;
    private long upgradeStepTimeoutMs;
    private QueryLimits queries;
    private long minRetainBlocks;
    private SnapshotSettings snapshots;
    private boolean allowUnbound;

    Copy(KernelSettings from) {
      this.from = from;
      sidecars = from.sidecars;
      heights = from.heights;
      factoryTimeoutMs = from.factoryTimeoutMs;
      admit = from.admit;
      slowStepMs = from.slowStepMs;
      stepTimeoutMs = from.stepTimeoutMs;
      upgradeStepTimeoutMs = from.upgradeStepTimeoutMs;
      queries = from.queries;
      minRetainBlocks = from.minRetainBlocks;
      snapshots = from.snapshots;
      allowUnbound = from.allowUnbound;
    }

    KernelSettings settings() {
      return new KernelSettings(
          from.minimumGasPrices,
          sidecars,
          from.generationIdleMs,
          heights,
          factoryTimeoutMs,
          admit,
          from.unusedArtifactsKeptMs,
          slowStepMs,
          stepTimeoutMs,
          upgradeStepTimeoutMs,
          queries,
          minRetainBlocks,
          snapshots,
          allowUnbound);
    }
  }

  private static void requireAtLeast(String setting, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          setting
              + " = "
              + value
              + " in etc/io.segue.kernel.cfg is refused: legal is "
              + least
              + " and above");
    }
  }
}
