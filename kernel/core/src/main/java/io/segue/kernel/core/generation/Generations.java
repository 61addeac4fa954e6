package io.segue.kernel.core.generation;

import io.segue.kernel.api.node.GenerationState;
import io.segue.kernel.api.node.Node.GenerationStatus;
import io.segue.kernel.api.store.HeightUnavailableException;
import io.segue.kernel.core.assembly.GenerationAssembler;
import io.segue.kernel.core.crash.CrashPoint;
import io.segue.kernel.core.hold.GenerationException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which generation executed which heights. The life of a generation here:
 *
 * <ol>
 *   <li>{@link #stage}: it is ready beside the running one ({@code READY}); {@link #discard} ends
 *       it before it ever ran.
 *   <li>{@link #publish}: from its first height on it is the current one ({@code CURRENT}), in one
 *       volatile write; the one before serves its past heights ({@code SERVING}).
 *   <li>{@link #unloadIdle}: where nobody asked for a past height for a while its bundles are
 *       removed ({@code UNLOADED}). The next one who asks {@link #at} such a height has it loaded
 *       again; who asks meanwhile waits for the same load.
 *   <li>{@link #retain}: when its last height is no longer readable it is taken out of the schedule
 *       ({@code RETIRED}), and when its last lease is back its bundles are removed.
 * </ol>
 *
 * Loading and removing run on the executor, one after the other; the current generation is never
 * unloaded.
 *
 * <p>Thread safety: {@link #current} from any thread, without waiting; {@link #at} from any thread
 * but the block thread, for it may wait for a load; the rest from any thread, one at a time.
 */
public final class Generations implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Generations.class);

  /** How many retired generations {@link #status} still tells of. */
  static final int RETIRED_TOLD = 100;

  private final GenerationSource source;
  private final Executor executor;
  private final LongSupplier clockNs;
  private final Set<Generation> staged = new LinkedHashSet<>();
  private final Deque<GenerationStatus> retired = new ArrayDeque<>();
  private volatile NavigableMap<Long, ScheduledGeneration> schedule =
      Collections.emptyNavigableMap();

  /**
   * No generation yet.
   *
   * @param source loads generations and removes their bundles; see {@link GenerationAssembler}
   * @param executor runs both, off the block thread
   * @param clockNs tells how long a generation has been idle; any origin
   */
  public Generations(GenerationSource source, Executor executor, LongSupplier clockNs) {
    this.source = source;
    this.executor = executor;
    this.clockNs = clockNs;
  }

  /**
   * A lease on the generation of the last committed height.
   *
   * @throws IllegalStateException where none is published
   */
  public Lease current() {
    while (true) {
      Map.Entry<Long, ScheduledGeneration> last = schedule.lastEntry();
      if (last == null) {
        throw new IllegalStateException("no generation is published");
      }
      LoadedGeneration loadedGeneration = last.getValue().loadedGeneration();
      if (loadedGeneration == null) {
        throw new IllegalStateException("generation " + last.getValue().name() + " is not loaded");
      }
      Lease lease = loadedGeneration.lease();
      if (lease != null) {
        return lease;
      }
    }
  }

  /**
   * A lease on the generation that executed a height, which is loaded where it is not.
   *
   * @throws HeightUnavailableException where none did, or it is retired
   * @throws GenerationException where it can't be had; names digest and plan, and says what to do
   */
  public Lease at(long height) throws GenerationException {
    while (true) {
      NavigableMap<Long, ScheduledGeneration> now = schedule;
      Map.Entry<Long, ScheduledGeneration> entry = now.floorEntry(height);
      if (entry == null) {
        throw new HeightUnavailableException(
            height, now.isEmpty() ? 0 : now.firstKey(), Long.MAX_VALUE);
      }
      LoadedGeneration loadedGeneration = entry.getValue().loadedGeneration();
      Lease lease =
          (loadedGeneration == null ? load(entry.getValue(), height) : loadedGeneration).lease();
      if (lease != null) {
        return lease;
      }
    }
  }

  /**
   * Loads a generation by its digest, so that it is ready; waits for its load.
   *
   * @throws GenerationException where it can't be had
   */
  public Generation ready(String digest) throws GenerationException {
    Generation generation = source.restore(digest);
    stage(generation);
    return generation;
  }

  /** Takes a generation in that is ready. */
  public synchronized void stage(Generation generation) {
    staged.add(generation);
  }

  /** Whether a generation of this plan is ready and was neither published nor discarded. */
  public synchronized boolean staged(String plan) {
    return staged.stream().anyMatch(generation -> generation.name().equals(plan));
  }

  /** Ends a staged generation that never ran; nothing happens where it is not staged. */
  public synchronized void discard(Generation generation) {
    if (staged.remove(generation)) {
      LOG.info("generation {} {} is discarded", generation.name(), generation.digest());
      dispose(generation);
    }
  }

  /**
   * Takes a generation in that executed past heights and is not loaded; called in ascending order
   * of heights, before {@link #publish}.
   *
   * @param name its plan
   */
  public synchronized void expect(String name, String digest, long firstHeight) {
    add(new ScheduledGeneration(name, digest), firstHeight);
  }

  /**
   * Makes a generation the current one, staged before or not.
   *
   * @param firstHeight the first height it executes; greater than that of the current one
   */
  public synchronized void publish(Generation generation, long firstHeight) {
    ScheduledGeneration scheduled = new ScheduledGeneration(generation.name(), generation.digest());
    scheduled.loaded(new LoadedGeneration(generation, this::retire, clockNs));
    add(scheduled, firstHeight);
    staged.remove(generation);
    LOG.info(
        "generation {} {} is current from height {}",
        generation.name(),
        generation.digest(),
        firstHeight);
  }

  /**
   * Makes the generation current that the first state of a chain goes on with, where the state
   * comes from a chain that upgraded before; waits for its load.
   *
   * @param firstHeight as {@link #publish}
   * @throws GenerationException where it can't be had
   */
  public Generation begin(String digest, long firstHeight) throws GenerationException {
    Generation generation = source.restore(digest);
    publish(generation, firstHeight);
    return generation;
  }

  /** Retires what only executed heights below {@code oldestHeight}, the oldest readable one. */
  public synchronized void retain(long oldestHeight) {
    NavigableMap<Long, ScheduledGeneration> before = schedule;
    Long needed = before.floorKey(oldestHeight);
    if (needed == null || needed.equals(before.firstKey())) {
      return;
    }
    for (Map.Entry<Long, ScheduledGeneration> entry : before.headMap(needed, false).entrySet()) {
      tell(status(before, entry, GenerationState.RETIRED));
    }
    schedule = Collections.unmodifiableNavigableMap(new TreeMap<>(before.tailMap(needed, true)));
    CrashPoint.PRUNED.reached();
    before.headMap(needed, false).values().forEach(Generations::end);
  }

  /** Unloads the generations of past heights for which nobody held a lease for a while. */
  public synchronized void unloadIdle(long idleNs) {
    NavigableMap<Long, ScheduledGeneration> now = schedule;
    if (now.isEmpty()) {
      return;
    }
    for (ScheduledGeneration scheduled : now.headMap(now.lastKey(), false).values()) {
      LoadedGeneration loadedGeneration = scheduled.loadedGeneration();
      if (loadedGeneration != null && loadedGeneration.endIfIdle(idleNs)) {
        scheduled.unloaded();
        LOG.info(
            "generation {} {} is unloaded, nobody asks for it",
            scheduled.name(),
            scheduled.digest());
        dispose(loadedGeneration.generation());
      }
    }
  }

  /** Looks at what the modules of the current generation keep in memory. */
  public void sample() {
    if (!schedule.isEmpty()) {
      try (Lease lease = current()) {
        lease.generation().fingerprint().sample();
      }
    }
  }

  /** All generations, oldest first: retired, those of readable heights, current, staged. */
  public List<GenerationStatus> status() {
    List<GenerationStatus> all;
    List<Generation> ready;
    NavigableMap<Long, ScheduledGeneration> now;
    synchronized (this) {
      all = new ArrayList<>(retired);
      ready = List.copyOf(staged);
      now = schedule;
    }
    // Reads manifests from the disk: not under the lock that the block thread wants.
    for (Map.Entry<Long, ScheduledGeneration> entry : now.entrySet()) {
      boolean last = entry.getKey().equals(now.lastKey());
      boolean loaded = entry.getValue().loadedGeneration() != null;
      all.add(
          status(
              now,
              entry,
              last
                  ? GenerationState.CURRENT
                  : loaded ? GenerationState.SERVING : GenerationState.UNLOADED));
    }
    for (Generation generation : ready) {
      all.add(
          new GenerationStatus(
              generation.name(),
              generation.digest(),
              GenerationState.READY,
              0,
              0,
              generation.bundles(),
              generation.carriedOver()));
    }
    return all;
  }

  /** Digests of the generations that are ready and of those of readable heights. */
  public synchronized Set<String> digests() {
    Set<String> digests = new LinkedHashSet<>();
    schedule.values().forEach(scheduled -> digests.add(scheduled.digest()));
    staged.forEach(generation -> digests.add(generation.digest()));
    return digests;
  }

  /** Ends all of them, as their leases come back; for the end of the node. */
  @Override
  public synchronized void close() {
    List.copyOf(staged).forEach(this::discard);
    NavigableMap<Long, ScheduledGeneration> before = schedule;
    schedule = Collections.emptyNavigableMap();
    before.values().forEach(Generations::end);
  }

  private void add(ScheduledGeneration scheduled, long firstHeight) {
    NavigableMap<Long, ScheduledGeneration> before = schedule;
    if (!before.isEmpty() && before.lastKey() >= firstHeight) {
      throw new IllegalArgumentException(
          "generation "
              + scheduled.name()
              + " can't start at height "
              + firstHeight
              + ": "
              + before.lastEntry().getValue().name()
              + " started at "
              + before.lastKey());
    }
    TreeMap<Long, ScheduledGeneration> after = new TreeMap<>(before);
    after.put(firstHeight, scheduled);
    schedule = Collections.unmodifiableNavigableMap(after);
  }

  /** Has a slot loaded, or waits for the load that runs. */
  private LoadedGeneration load(ScheduledGeneration scheduled, long height)
      throws GenerationException {
    try {
      return startOrJoin(scheduled).get();
    } catch (ExecutionException e) {
      throw scheduled.unavailable(height, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw scheduled.unavailable(height, e);
    }
  }

  private synchronized CompletableFuture<LoadedGeneration> startOrJoin(
      ScheduledGeneration scheduled) {
    LoadedGeneration loaded = scheduled.loadedGeneration();
    if (loaded != null) {
      return CompletableFuture.completedFuture(loaded);
    }
    CompletableFuture<LoadedGeneration> running = scheduled.loading();
    if (running != null) {
      return running;
    }
    CompletableFuture<LoadedGeneration> started = scheduled.startLoading();
    try {
      executor.execute(() -> restore(scheduled, started));
    } catch (RejectedExecutionException e) {
      scheduled.unloaded();
      started.completeExceptionally(new IllegalStateException("the node stops"));
    }
    return started;
  }

  private void restore(ScheduledGeneration scheduled, CompletableFuture<LoadedGeneration> answer) {
    LoadedGeneration loadedGeneration;
    try {
      loadedGeneration =
          new LoadedGeneration(source.restore(scheduled.digest()), this::retire, clockNs);
    } catch (GenerationException | RuntimeException | Error e) {
      synchronized (this) {
        scheduled.unloaded();
      }
      answer.completeExceptionally(e);
      return;
    }
    synchronized (this) {
      scheduled.loaded(loadedGeneration);
      if (!schedule.containsValue(scheduled)) {
        end(scheduled);
      }
    }
    answer.complete(loadedGeneration);
  }

  private static void end(ScheduledGeneration scheduled) {
    LoadedGeneration loadedGeneration = scheduled.loadedGeneration();
    if (loadedGeneration != null) {
      loadedGeneration.end();
    }
  }

  private void retire(Generation generation) {
    LOG.info("generation {} {} is retired", generation.name(), generation.digest());
    executor.execute(
        () -> {
          source.dispose(generation);
          CrashPoint.RETIRED.reached();
        });
  }

  private void dispose(Generation generation) {
    executor.execute(() -> source.dispose(generation));
  }

  private void tell(GenerationStatus status) {
    if (retired.size() == RETIRED_TOLD) {
      retired.removeFirst();
    }
    retired.addLast(status);
  }

  private GenerationStatus status(
      NavigableMap<Long, ScheduledGeneration> slots,
      Map.Entry<Long, ScheduledGeneration> entry,
      GenerationState state) {
    Long next = slots.higherKey(entry.getKey());
    ScheduledGeneration scheduled = entry.getValue();
    return new GenerationStatus(
        scheduled.name(),
        scheduled.digest(),
        state,
        entry.getKey(),
        next == null ? 0 : next - 1,
        scheduled.bundles(source),
        scheduled.carriedOver());
  }
}
