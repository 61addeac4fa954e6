package io.segue.bundles.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.MempoolSize;
import io.segue.kernel.api.engine.Engine.UnavailableException;
import io.segue.kernel.api.engine.Engine.ValidatorInfo;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.Node.SlowStep;
import io.segue.kernel.api.node.Node.Status;
import io.segue.kernel.api.node.Node.UpgradeStatus;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.node.UpgradeOutcome;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What the node is like at the moment of a scrape. Names are CometBFT's where it has such a metric,
 * with its labels; what only Segue has begins with {@code segue_}.
 *
 * <p>Thread safety: any thread.
 */
final class NodeMetrics implements MultiCollector {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final Sources sources;
  private final Supplier<Optional<BlockCounts>> counts;
  private final String version;

  NodeMetrics(Sources sources, Supplier<Optional<BlockCounts>> counts, String version) {
    this.sources = sources;
    this.counts = counts;
    this.version = version;
  }

  @Override
  public MetricSnapshots collect() {
    Optional<Engine> engine = sources.engine();
    Optional<Node> node = sources.node();
    String chainId =
        engine.map(Engine::chainId).or(() -> node.map(n -> n.status().chainId())).orElse("");
    Gauges gauges = new Gauges(Labels.of("chain_id", chainId));
    gauges.info("server", "The version of the node's software.", "version", version);
    gauges.add("segue_parts_failed", "Parts that do not run.", sources.failures().size());
    sources
        .settings()
        .ifPresent(
            settings ->
                gauges.add(
                    "segue_settings_faults",
                    "Settings in etc/ that can't be used.",
                    settings.faults().size()));
    node.ifPresent(present -> node(gauges, present));
    engine.ifPresent(present -> engine(gauges, present));
    counts.get().ifPresent(present -> present.addTo(gauges));
    return new MetricSnapshots(gauges.snapshots());
  }

  /** What an engine outside the process does not answer is left out. */
  private static void engine(Gauges gauges, Engine engine) {
    long height = engine.height();
    gauges.add("cometbft_consensus_height", "Height of the chain.", height + 1);
    gauges.add("cometbft_consensus_latest_block_height", "The latest block height.", height);
    boolean answers = true;
    try {
      blocks(gauges, engine, height);
    } catch (UnavailableException e) {
      answers = false;
    }
    gauges.add("segue_engine_answers", "1 while the engine answers, 0 else.", answers ? 1 : 0);
  }

  private static void blocks(Gauges gauges, Engine engine, long height) {
    gauges.add("cometbft_consensus_rounds", "Number of rounds.", 0);
    engine
        .meta(height)
        .ifPresent(
            block -> {
              gauges.add("cometbft_consensus_num_txs", "Number of transactions.", block.txCount());
              gauges.add(
                  "cometbft_consensus_block_size_bytes", "Size of the block.", block.sizeBytes());
              gauges.add(
                  "segue_latest_block_time_seconds",
                  "Time of the latest block, seconds since the epoch.",
                  block.header().time().toEpochMilli() / 1e3);
            });
    List<ValidatorInfo> validators = engine.validators(Math.max(1, height));
    gauges.add("cometbft_consensus_validators", "Number of validators.", validators.size());
    gauges.add(
        "cometbft_consensus_validators_power",
        "Total power of all validators.",
        validators.stream().mapToDouble(ValidatorInfo::power).sum());
    ValidatorInfo own = engine.validator();
    gauges.add(
        "cometbft_consensus_validator_power",
        "Power of this node's validator.",
        own.power(),
        "validator_address",
        HEX.formatHex(own.address()));
    MempoolSize mempool = engine.mempool();
    gauges.add(
        "cometbft_mempool_size",
        "Size of the mempool (number of uncommitted transactions).",
        mempool.count());
    gauges.add(
        "cometbft_mempool_size_bytes", "Total size of the mempool in bytes.", mempool.bytes());
  }

  private static void node(Gauges gauges, Node node) {
    Status status = node.status();
    gauges.add("segue_height", "Last committed height of the state.", status.height());
    gauges.add("segue_app_version", "Version of the application.", status.appVersion());
    gauges.add("segue_uptime_seconds", "Since the kernel started.", status.uptimeMs() / 1e3);
    gauges.info(
        "segue_generation",
        "The generation that runs.",
        "generation",
        status.generation(),
        "digest",
        status.generationDigest());
    gauges.info("segue_state", "The state of the node.", "state", status.state().name());
    List<NodeHold> holds = node.holds();
    gauges.add(
        "segue_held",
        "1 while no block can be made, 0 else.",
        holds.stream().anyMatch(NodeHold::stopsBlocks) ? 1 : 0);
    for (NodeHold hold : holds) {
      gauges.add(
          "segue_hold", "What holds a part.", 1, "part", hold.part(), "reason", hold.reason());
    }
    slowSteps(gauges, node.slowSteps());
    node.stores(0)
        .forEach(
            store ->
                gauges.add(
                    "segue_store_entries",
                    "Keys of a store.",
                    store.entries(),
                    "store",
                    store.name()));
    node.upgrade().ifPresent(upgrade -> upgrade(gauges, status, upgrade));
    gauges.add(
        "segue_upgrades_applied",
        "Upgrades that the chain went through.",
        node.history().stream().filter(past -> past.outcome() == UpgradeOutcome.APPLIED).count());
  }

  /** Of several alike, such as queries of one path, the one that runs longest. */
  private static void slowSteps(Gauges gauges, List<SlowStep> steps) {
    gauges.add("segue_slow_steps", "Steps that run for long.", steps.size());
    Map<List<String>, Long> longestMs = new TreeMap<>(Comparator.comparing(List::toString));
    steps.forEach(
        step ->
            longestMs.merge(
                List.of(step.step(), step.module(), step.message()), step.ageMs(), Math::max));
    longestMs.forEach(
        (step, ageMs) ->
            gauges.add(
                "segue_slow_step_seconds",
                "How long a step runs that runs for long.",
                ageMs / 1e3,
                "step",
                step.get(0),
                "module",
                step.get(1),
                "message",
                step.get(2)));
  }

  private static void upgrade(Gauges gauges, Status status, UpgradeStatus upgrade) {
    String plan = upgrade.plan().name();
    long height = upgrade.plan().height();
    gauges.info(
        "segue_upgrade_state",
        "Where the pending or last upgrade is.",
        "plan",
        plan,
        "state",
        upgrade.state().name());
    gauges.add("segue_upgrade_height", "Height of its plan.", height, "plan", plan);
    gauges.add(
        "segue_upgrade_blocks_left",
        "Blocks to its height; 0 from there on.",
        Math.max(0, height - status.height()),
        "plan",
        plan);
    if (upgrade.change().pauseMs() >= 0) {
      gauges.add(
          "segue_upgrade_pause_seconds",
          "From the last commit of the old code to the first of the new.",
          upgrade.change().pauseMs() / 1e3,
          "plan",
          plan);
    }
  }
}
