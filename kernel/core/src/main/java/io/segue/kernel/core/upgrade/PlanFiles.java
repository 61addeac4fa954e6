package io.segue.kernel.core.upgrade;

import io.segue.kernel.api.node.HoldingPart;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.core.hold.Hold;
import io.segue.kernel.core.hold.HoldReason;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the home keeps of plans outside the state: {@code data/upgrade-info.json}, and what
 * operators deployed for them. What can't be written is told as a hold and tried again; blocks go
 * on meanwhile.
 *
 * <p>Thread safety: block thread; {@link #hold} and {@link #retry} any thread.
 */
public final class PlanFiles implements HoldingPart {
  /** Pause between two tries. */
  static final long RETRY_MS = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(PlanFiles.class);

  private final UpgradeInfoFile infoFile;
  private final Repairs repairs;
  private final Set<String> forgotten = new TreeSet<>();
  private volatile @Nullable NodeHold hold;
  private volatile boolean asked;
  private Optional<Plan> announced = Optional.empty();
  private boolean infoFileIsStale;
  private long tryAtMs;

  /** Files of which nothing is to be changed yet. */
  public PlanFiles(UpgradeInfoFile infoFile, Repairs repairs) {
    this.infoFile = infoFile;
    this.repairs = repairs;
  }

  @Override
  public Optional<NodeHold> hold() {
    return Optional.ofNullable(hold);
  }

  @Override
  public void retry() {
    asked = true;
  }

  /** Has operators' watchers know of the pending plan, or that there is none. */
  void announce(Optional<Plan> plan, long nowMs) {
    announced = plan;
    infoFileIsStale = true;
    write(nowMs);
  }

  /** Forgets what was deployed for a plan. */
  void forget(String plan, long nowMs) {
    forgotten.add(plan);
    write(nowMs);
  }

  /** Tries again what could not be written, where it is time. */
  int poll(long nowMs) {
    if (hold == null || nowMs < tryAtMs && !asked) {
      return 0;
    }
    write(nowMs);
    return 1;
  }

  private void write(long nowMs) {
    asked = false;
    try {
      if (infoFileIsStale && announced.isPresent()) {
        infoFile.write(announced.get());
      } else if (infoFileIsStale) {
        infoFile.remove();
      }
      infoFileIsStale = false;
      for (String plan : Set.copyOf(forgotten)) {
        repairs.forget(plan);
        forgotten.remove(plan);
      }
      hold = null;
    } catch (IOException e) {
      Hold why =
          Hold.of(
              e, HoldReason.STORAGE, "the files of plans in data and config are not up to date");
      if (hold == null) {
        LOG.error("{}. Next: {}", why.message(), why.nextStep());
      }
      hold = new NodeHold("plan files", why.reason().name(), why.message(), why.nextStep(), false);
      tryAtMs = nowMs + RETRY_MS;
    }
  }
}
