package io.segue.kernel.core.node;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.guard.GuardedThread;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.node.GrpcQueries;
import io.segue.kernel.api.node.HoldingPart;
import io.segue.kernel.api.node.Interfaces;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.NodeQueries;
import io.segue.kernel.api.node.RepeatedWork;
import io.segue.kernel.api.node.StateExport;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.core.assembly.GenerationAssembler;
import io.segue.kernel.core.block.BlockLoop;
import io.segue.kernel.core.block.ChainOperations;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.content.ContentSweep;
import io.segue.kernel.core.generation.BundleSpace;
import io.segue.kernel.core.generation.Generations;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.module.RememberedSignatures;
import io.segue.kernel.core.plan.PlanRules;
import io.segue.kernel.core.snapshot.SnapshotFolder;
import io.segue.kernel.core.snapshot.SnapshotLimits;
import io.segue.kernel.core.upgrade.AllowedSidecars;
import io.segue.kernel.core.upgrade.Deployments;
import io.segue.kernel.core.upgrade.Fetching;
import io.segue.kernel.core.upgrade.PlanFiles;
import io.segue.kernel.core.upgrade.Preparation;
import io.segue.kernel.core.upgrade.Repairs;
import io.segue.kernel.core.upgrade.Staging;
import io.segue.kernel.core.upgrade.UpgradeInfoFile;
import io.segue.kernel.core.upgrade.UpgradeLife;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's kernel, its parts put together. Needs no framework: bundles become classes through the
 * {@link BundleSpace} it is given. Nothing is kept in statics, so several kernels run in one JVM.
 *
 * <p>The block loop has no thread of its own here; whoever opens a kernel gives it turns.
 */
public final class Kernel implements AutoCloseable {
  /** How long a kernel that closes waits for those who may be writing a file. */
  private static final long CLOSE_MS = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(Kernel.class);

  /** From which height on the first generation serves, whatever height the chain starts at. */
  static final long FIRST_HEIGHT = 1;

  /** How often steps are looked for that run longer than they may. */
  private static final long WATCH_MS = 100;

  /** How often generations are looked at that may be idle. */
  private static final long IDLE_LOOK_MS = 1_000;

  /** How often what modules keep in memory is compared; it takes a few milliseconds. */
  private static final long SAMPLE_MS = 1_000;

  private final StateStore store;
  private final LiveSettings settings;
  private final ExecutorService background;
  private final ExecutorService loader;
  private final ExecutorService snapshotter;
  private final ExecutorService watchdog;
  private final Staging staging;
  private final BlockLoop loop;
  private final KernelApplication application;
  private final KernelNode node;
  private final StateExport export;

  private Kernel(
      StateStore store,
      LiveSettings settings,
      ExecutorService background,
      ExecutorService loader,
      ExecutorService snapshotter,
      ExecutorService watchdog,
      Staging staging,
      BlockLoop loop,
      KernelApplication application,
      KernelNode node,
      StateExport export) {
    this.store = store;
    this.settings = settings;
    this.background = background;
    this.loader = loader;
    this.snapshotter = snapshotter;
    this.watchdog = watchdog;
    this.staging = staging;
    this.loop = loop;
    this.application = application;
    this.node = node;
    this.export = export;
  }

  /**
   * What a kernel is made of.
   *
   * @param home the node's folder; the kernel keeps bundles below {@code data/}
   * @param genesis the bundles of generation genesis; read only where the state needs them
   * @param sidecars finds a sidecar by name
   * @param parts the parts of the node that may hold besides the kernel
   * @param services what the platform answers beside the modules
   * @param snapshotLimits of the snapshots that are made and taken
   * @param wake wakes the thread that gives the block loop its turns
   */
  public record Parts(
      Path home,
      StateStore store,
      Crypto crypto,
      BundleSpace bundles,
      Genesis genesis,
      Function<String, Optional<Sidecar>> sidecars,
      KernelSettings settings,
      Supplier<List<HoldingPart>> parts,
      Supplier<List<NodeQueries>> services,
      SnapshotLimits snapshotLimits,
      Runnable wake) {}

  /** Reads the bundles of generation genesis. */
  @FunctionalInterface
  public interface Genesis {
    /** The bundles as an artifact. */
    ArtifactSource read() throws IOException;

    /** The artifact of a plan that the distribution ships; empty where it ships none. */
    default Optional<ArtifactSource> shipped(String plan) throws IOException {
      return plan.equals(PlanRules.GENESIS) ? Optional.of(read()) : Optional.empty();
    }
  }

  /**
   * Opens a kernel: the generations that the state asks for are put together, and a pending plan is
   * prepared again.
   *
   * @throws GenerationException where the current generation can't be had; says which digest is
   *     missing and what to do
   */
  public static Kernel open(Parts parts) throws IOException, GenerationException {
    StateStore store = parts.store();
    Path data = parts.home().resolve("data");
    Repairs repairs = Repairs.open(parts.home().resolve("config"));
    ContentStore contents = ContentStore.open(data.resolve("artifacts"));
    contents.takeFrom(data.resolve("state").resolve(StoredState.ARTIFACTS));
    LiveSettings settings = new LiveSettings(parts.settings());
    GenerationAssembler assembler =
        new GenerationAssembler(
            parts.bundles(),
            contents,
            new RememberedSignatures(parts.crypto()),
            () -> settings.get().admit());
    ExecutorService background =
        Executors.newSingleThreadExecutor(work -> daemon(work, "segue-prepare"));
    ExecutorService snapshotter =
        Executors.newSingleThreadExecutor(work -> daemon(work, "segue-snapshots"));
    ScheduledExecutorService loader =
        Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "segue-generations"));
    ScheduledExecutorService watchdog =
        Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "segue-watchdog"));
    Generations generations = new Generations(assembler, loader, System::nanoTime);
    repeat(
        loader,
        "Generations can't be looked at that may be idle",
        () -> generations.unloadIdle(MILLISECONDS.toNanos(settings.get().generationIdleMs())),
        IDLE_LOOK_MS,
        IDLE_LOOK_MS);
    repeat(
        loader,
        "What modules keep in memory can't be looked at",
        generations::sample,
        SAMPLE_MS,
        SAMPLE_MS);
    try {
      if (store.height() < 0) {
        generations.publish(
            assembler.assemble(Optional.empty(), parts.genesis().read()), FIRST_HEIGHT);
      }
      boolean allowUnbound = parts.settings().allowUnbound();
      ChainOperations chain = new ChainOperations(store, generations, allowUnbound);
      Supplier<GenerationSchedule> schedule =
          () -> new GenerationSchedule(store, chain.facts().genesisGeneration(), allowUnbound);
      repeat(
          watchdog,
          "Steps that do not end can't be looked for",
          () -> chain.steps().cancelOverdue(settings.get()::stepLimitMs),
          WATCH_MS,
          WATCH_MS);
      if (store.height() >= 0) {
        supply(schedule.get().all(), assembler, parts.genesis());
        schedule.get().requireBound(assembler::keeps);
        restore(schedule.get().readable(), assembler, generations);
      }
      Staging staging =
          new Staging(
              contents,
              assembler,
              generations,
              () -> settings.get().factoryTimeoutMs(),
              System::currentTimeMillis);
      Fetching fetching =
          new Fetching(
              contents,
              new AllowedSidecars(
                  parts.home().resolve("etc"), () -> settings.get().sidecars(), parts.sidecars()),
              System::currentTimeMillis);
      Preparation preparation =
          new Preparation(fetching, staging, repairs, background, System::currentTimeMillis);
      Deployments deployments =
          new Deployments(contents, repairs, staging, System::currentTimeMillis);
      PlanFiles planFiles = new PlanFiles(new UpgradeInfoFile(data), repairs);
      UpgradeLife life = new UpgradeLife(preparation, planFiles);
      PublishedState published =
          new PublishedState(store, chain, generations, () -> settings.get().minimumGasPrices());
      published.publish();
      BlockLoop loop =
          new BlockLoop(
              store, chain, life, () -> settings.get().heights(), published::publish, parts.wake());
      life.committed(chain.pendingPlan(), System.currentTimeMillis());
      SnapshotFolder snapshots =
          SnapshotFolder.open(data.resolve("snapshots"), parts.snapshotLimits(), store.height());
      SnapshotTaker taker =
          new SnapshotTaker(
              store, chain, contents, snapshots, () -> settings.get().snapshots(), snapshotter);
      published.onCommit((height, appHash) -> taker.committed(height));
      StateSync stateSync =
          new StateSync(
              store,
              snapshots,
              parts.home().resolve("config").resolve("genesis.json"),
              allowUnbound,
              loop,
              published,
              new StateRestore(store, chain, generations, contents, snapshots.limits()));
      KernelApplication application =
          new KernelApplication(
              store,
              chain,
              loop,
              published,
              () -> settings.get().queries(),
              () -> settings.get().minRetainBlocks(),
              snapshots,
              stateSync,
              parts.services());
      PastArtifacts past = new PastArtifacts(assembler, () -> schedule.get().all());
      ArtifactKeeper keeper =
          new ArtifactKeeper(
              new ContentSweep(contents, System::currentTimeMillis),
              () -> schedule.get().readable(),
              generations::digests,
              repairs::artifacts,
              chain::pendingPlan);
      repeat(
          loader,
          "The content store can't be cleaned",
          () -> keeper.sweep(settings.get().unusedArtifactsKeptMs()),
          0,
          ArtifactKeeper.SWEEP_INTERVAL_MS);
      KernelNode node =
          new KernelNode(
              store,
              chain,
              generations,
              loop,
              life,
              deployments,
              repairs,
              past,
              new StoredState(store, contents),
              snapshots,
              settings::get,
              () ->
                  Stream.concat(
                          Stream.of(planFiles, taker, stateSync), parts.parts().get().stream())
                      .toList());
      return new Kernel(
          store,
          settings,
          background,
          loader,
          snapshotter,
          watchdog,
          staging,
          loop,
          application,
          node,
          new GenesisDocument(store, published));
    } catch (GenerationException | IOException | RuntimeException e) {
      generations.close();
      background.shutdown();
      loader.shutdown();
      snapshotter.shutdown();
      watchdog.shutdown();
      throw e;
    }
  }

  /** Has other settings count from now on; any thread. */
  public void settings(KernelSettings next) {
    settings.set(next);
    loop.wake();
  }

  /** The agent to give turns to. */
  public BlockLoop loop() {
    return loop;
  }

  /** What engines call. */
  public Application application() {
    return application;
  }

  /** What servers of gRPC and REST ask. */
  public GrpcQueries queries() {
    return application.grpcQueries();
  }

  /** What servers are built from. */
  public Interfaces interfaces() {
    return application.interfaces();
  }

  /** What operators see. */
  public Node node() {
    return node;
  }

  /** What writes the state as a genesis. */
  public StateExport export() {
    return export;
  }

  /** The state; closed by whoever opened it. */
  public StateStore store() {
    return store;
  }

  /**
   * Ends what the kernel started, after the block loop got its last turn. Bundles stay where they
   * are: the framework stops with the node, and whoever opens a bundle space removes what is left.
   */
  @Override
  public void close() {
    application.close();
    background.shutdownNow();
    loader.shutdownNow();
    snapshotter.shutdownNow();
    watchdog.shutdownNow();
    try {
      background.awaitTermination(CLOSE_MS, MILLISECONDS);
      loader.awaitTermination(CLOSE_MS, MILLISECONDS);
      snapshotter.awaitTermination(CLOSE_MS, MILLISECONDS);
      staging.close(CLOSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Keeps what the distribution ships of the generations that the content store lacks: state may
   * come from another home, and the store may be lost.
   */
  private static void supply(
      List<GenerationSchedule.Entry> all, GenerationAssembler assembler, Genesis genesis) {
    Optional<String> before = Optional.empty();
    for (int i = 0; i < all.size(); i++) {
      GenerationSchedule.Entry entry = all.get(i);
      boolean current = i == all.size() - 1;
      if (current ? !assembler.keeps(entry.digest()) : assembler.lines(entry.digest()).isEmpty()) {
        try {
          Optional<ArtifactSource> shipped = genesis.shipped(entry.name());
          if (shipped.isPresent()) {
            assembler.keepPast(
                entry.digest(),
                before,
                GenerationAssembler.readable(assembler.ranVerdict(shipped.get())));
            LOG.info("generation {} is taken from the distribution", entry.name());
          }
        } catch (GenerationException | IOException e) {
          LOG.warn(
              "generation {} can't be taken from the distribution: {}",
              entry.name(),
              FailureText.of(e));
        }
      }
      before = Optional.of(entry.digest());
    }
  }

  /** The current generation is put together at once, those of past heights when they are asked. */
  private static void restore(
      List<GenerationSchedule.Entry> readable,
      GenerationAssembler assembler,
      Generations generations)
      throws GenerationException {
    GenerationSchedule.Entry current = readable.get(readable.size() - 1);
    for (GenerationSchedule.Entry past : readable.subList(0, readable.size() - 1)) {
      generations.expect(past.name(), past.digest(), past.firstHeight());
    }
    generations.publish(assembler.restore(current.digest()), current.firstHeight());
  }

  /** Work that an executor repeats: one that throws would never run again. */
  private static void repeat(
      ScheduledExecutorService thread, String failed, Runnable work, long firstMs, long pauseMs) {
    // It never ends by a failure, so nothing is to be heard of it.
    Future<?> unused =
        thread.scheduleWithFixedDelay(
            () -> RepeatedWork.once(work, e -> LOG.warn("{}; it is tried again later", failed, e)),
            firstMs,
            pauseMs,
            MILLISECONDS);
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new GuardedThread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
