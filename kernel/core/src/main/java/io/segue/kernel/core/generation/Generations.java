package io.segue.kernel.core.generation;

import io.segue.kernel.api.node.Node.GenerationStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which generation executed which heights. The life of a generation here:
 *
 * <ol>
 *   <li>{@link #stage}: it stands ready beside the running one ({@code READY}); {@link #discard}
 *       ends it before it ever ran.
 *   <li>{@link #publish}: from its first height on it is the current one ({@code CURRENT}), in one
 *       volatile write; the one before serves its past heights ({@code SERVING}).
 *   <li>{@link #retain}: when its last height is no longer readable it is taken out of the schedule
 *       ({@code RETIRED}), and when its last lease is back its bundles are removed, on the executor
 *       for retirements.
 * </ol>
 *
 * <p>Thread safety: {@link #current} and {@link #at} from any thread, without waiting; the rest
 * from any thread, one at a time.
 */
public final class Generations implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Generations.class);

  /** How many retired generations {@link #status} still tells of. */
  static final int RETIRED_TOLD = 100;

  private final Consumer<Generation> dispose;
  private final Executor retirements;
  private final Set<Generation> staged = new LinkedHashSet<>();
  private final Deque<GenerationStatus> retired = new ArrayDeque<>();
  private volatile NavigableMap<Long, Tenure> schedule = Collections.emptyNavigableMap();

  /**
   * No generation yet.
   *
   * @param dispose removes a generation's bundles; see {@link GenerationAssembler#dispose}
   * @param retirements runs it, off the block thread
   */
  public Generations(Consumer<Generation> dispose, Executor retirements) {
    this.dispose = dispose;
    this.retirements = retirements;
  }

  /**
   * A lease on the generation of the last committed height.
   *
   * @throws IllegalStateException where none is published
   */
  public Lease current() {
    return lease(Long.MAX_VALUE);
  }

  /**
   * A lease on the generation that executed a height.
   *
   * @throws IllegalStateException where none did, or it is retired
   */
  public Lease at(long height) {
    return lease(height);
  }

  /** Takes a generation in that stands ready. */
  public synchronized void stage(Generation generation) {
    staged.add(generation);
  }

  /** Ends a staged generation that never ran; nothing happens where it is not staged. */
  public synchronized void discard(Generation generation) {
    if (staged.remove(generation)) {
      LOG.info("generation {} {} is discarded", generation.name(), generation.digest());
      retirements.execute(() -> dispose.accept(generation));
    }
  }

  /**
   * Makes a generation the current one, staged before or not.
   *
   * @param firstHeight the first height it executes; greater than that of the current one
   */
  public synchronized void publish(Generation generation, long firstHeight) {
    NavigableMap<Long, Tenure> before = schedule;
    if (!before.isEmpty() && before.lastKey() >= firstHeight) {
      throw new IllegalArgumentException(
          "generation "
              + generation.name()
              + " can't start at height "
              + firstHeight
              + ": "
              + before.lastEntry().getValue().generation().name()
              + " started at "
              + before.lastKey());
    }
    TreeMap<Long, Tenure> after = new TreeMap<>(before);
    after.put(firstHeight, new Tenure(generation, this::retire));
    schedule = Collections.unmodifiableNavigableMap(after);
    staged.remove(generation);
    LOG.info(
        "generation {} {} is current from height {}",
        generation.name(),
        generation.digest(),
        firstHeight);
  }

  /** Retires what only executed heights below {@code oldestHeight}, the oldest readable one. */
  public synchronized void retain(long oldestHeight) {
    NavigableMap<Long, Tenure> before = schedule;
    Long needed = before.floorKey(oldestHeight);
    if (needed == null || needed.equals(before.firstKey())) {
      return;
    }
    for (Map.Entry<Long, Tenure> entry : before.headMap(needed, false).entrySet()) {
      tell(status(before, entry, "RETIRED"));
    }
    schedule = Collections.unmodifiableNavigableMap(new TreeMap<>(before.tailMap(needed, true)));
    before.headMap(needed, false).values().forEach(Tenure::end);
  }

  /** All generations, oldest first: retired, serving, current, staged. */
  public synchronized List<GenerationStatus> status() {
    List<GenerationStatus> all = new ArrayList<>(retired);
    NavigableMap<Long, Tenure> now = schedule;
    for (Map.Entry<Long, Tenure> entry : now.entrySet()) {
      boolean last = entry.getKey().equals(now.lastKey());
      all.add(status(now, entry, last ? "CURRENT" : "SERVING"));
    }
    for (Generation generation : staged) {
      all.add(status(generation, "READY", 0, 0));
    }
    return all;
  }

  /** Ends all of them, as their leases come back; for the end of the node. */
  @Override
  public synchronized void close() {
    List.copyOf(staged).forEach(this::discard);
    NavigableMap<Long, Tenure> before = schedule;
    schedule = Collections.emptyNavigableMap();
    before.values().forEach(Tenure::end);
  }

  private Lease lease(long height) {
    while (true) {
      Map.Entry<Long, Tenure> entry = schedule.floorEntry(height);
      if (entry == null) {
        throw new IllegalStateException(
            height == Long.MAX_VALUE
                ? "no generation is published"
                : "no generation serves height " + height + "; ask for a later one");
      }
      Lease lease = entry.getValue().lease();
      if (lease != null) {
        return lease;
      }
    }
  }

  private void retire(Generation generation) {
    LOG.info("generation {} {} is retired", generation.name(), generation.digest());
    retirements.execute(() -> dispose.accept(generation));
  }

  private void tell(GenerationStatus status) {
    if (retired.size() == RETIRED_TOLD) {
      retired.removeFirst();
    }
    retired.addLast(status);
  }

  private static GenerationStatus status(
      NavigableMap<Long, Tenure> schedule, Map.Entry<Long, Tenure> entry, String state) {
    Long next = schedule.higherKey(entry.getKey());
    return status(
        entry.getValue().generation(), state, entry.getKey(), next == null ? 0 : next - 1);
  }

  private static GenerationStatus status(
      Generation generation, String state, long firstHeight, long lastHeight) {
    return new GenerationStatus(
        generation.name(),
        generation.digest(),
        state,
        firstHeight,
        lastHeight,
        generation.bundles(),
        generation.carriedOver());
  }
}
