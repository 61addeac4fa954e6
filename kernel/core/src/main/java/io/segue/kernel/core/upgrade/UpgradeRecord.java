package io.segue.kernel.core.upgrade;

import io.segue.kernel.api.node.Node.UpgradeStatus;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.PlanInfo;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.core.hold.Hold;
import io.segue.kernel.core.plan.PlanInfos;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is told of one plan, from its scheduling to its end. Block thread only. */
final class UpgradeRecord {
  final Plan plan;
  final PlanInfo info;
  private final Map<String, Long> timelineMs = new LinkedHashMap<>();
  private String progress = "";
  private List<String> loads = List.of();
  private double pauseMs = -1;
  private String rootBefore = "";
  private String rootAfter = "";
  private String generationBefore = "";
  private String generationAfter = "";
  private String insteadOf = "";

  UpgradeRecord(Plan plan) {
    this.plan = plan;
    this.info = PlanInfos.parse(plan.info());
  }

  /** Whether the plan says which bytes run. */
  boolean bound() {
    return info.kind() != PlanInfo.Kind.NOT_BOUND;
  }

  /** Something happened; only the first time counts. */
  void stamp(String event, long ms) {
    timelineMs.putIfAbsent(event, ms);
  }

  /** The generation is ready; what was deployed ahead of its plan was there when it came. */
  void ready(Preparation.Ready came) {
    stamp("fetched", sinceScheduled(came.fetchedMs()));
    stamp("ready", sinceScheduled(came.readyMs()));
    generationAfter = came.generation().digest();
    insteadOf = came.insteadOf();
  }

  /** What was ready is no longer. */
  void dropped() {
    timelineMs.remove("fetched");
    timelineMs.remove("ready");
    generationAfter = "";
    insteadOf = "";
  }

  void loading(List<StoreLoad> storeLoads, String before, String after) {
    loads = storeLoads.stream().map(LoadPlan::describe).toList();
    generationBefore = before;
    generationAfter = after;
  }

  /** What runs now, in words; whether it is news. */
  boolean progress(String text) {
    boolean news = !text.equals(progress);
    progress = text;
    return news;
  }

  void applied(double pauseOfBlocksMs, String before, String after) {
    pauseMs = pauseOfBlocksMs;
    rootBefore = before;
    rootAfter = after;
  }

  UpgradeStatus status(UpgradeState state, @Nullable Hold hold) {
    return new UpgradeStatus(
        plan,
        state,
        Optional.ofNullable(hold).map(why -> asHold(why, state)),
        new UpgradeStatus.Progress(new LinkedHashMap<>(timelineMs), progress),
        new UpgradeStatus.Code(bound(), generationBefore, generationAfter, insteadOf),
        new UpgradeStatus.Change(loads, rootBefore, rootAfter, pauseMs));
  }

  private static NodeHold asHold(Hold why, UpgradeState state) {
    return new NodeHold(
        "upgrade", why.reason().name(), why.message(), why.nextStep(), state.atHeight());
  }

  private long sinceScheduled(long ms) {
    return Math.max(ms, timelineMs.getOrDefault("scheduled", ms));
  }
}
