package io.segue.kernel.core.osgi;

import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.node.GrpcQueries;
import io.segue.kernel.api.node.HoldingPart;
import io.segue.kernel.api.node.Interfaces;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.NodeQueries;
import io.segue.kernel.api.node.RepeatedWork;
import io.segue.kernel.api.node.StateExport;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.core.block.BlockThread;
import io.segue.kernel.core.check.QueryLimits;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.Hold;
import io.segue.kernel.core.hold.HoldReason;
import io.segue.kernel.core.node.Kernel;
import io.segue.kernel.core.node.KernelSettings;
import io.segue.kernel.core.node.SnapshotSettings;
import io.segue.kernel.core.node.WaitingNode;
import io.segue.kernel.core.snapshot.SnapshotLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.connect.ConnectModule;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel in the framework: opens it when store, cryptography and settings are there, gives the
 * block loop a thread, and publishes {@link Application}, {@link GrpcQueries}, {@link Interfaces}
 * and {@link Node}.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = {"io.segue.kernel", "io.segue.upgrade"},
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class KernelComponent {
  /** Framework property with the node's folder. */
  private static final String HOME = "segue.home";

  /** Framework property with the distribution's folder. */
  private static final String DISTRIBUTION = "segue.dist";

  /** Marks the service {@code ObjLongConsumer<OutputStream>} that exports the state. */
  private static final String EXPORT_PROPERTY = "segue.export";

  /** Marks the service {@code Map<String, ConnectModule>} of the framework's connector. */
  private static final String CONTENTS_PROPERTY = "segue.contents";

  /** Pause between two tries to open a kernel that a disk kept from opening. */
  private static final long REOPEN_MS = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(KernelComponent.class);

  private final CommandLine commandLine;
  private final OsgiBundleSpace bundles;
  private final SidecarServices sidecars;
  private final ServiceTracker<HoldingPart, HoldingPart> parts;
  private final ServiceTracker<NodeQueries, NodeQueries> services;
  private final SidecarFolder sidecarFolder;
  private final BundleContext context;
  private final Path home;
  private final StateStore store;
  private final Crypto crypto;
  private final Path distribution;
  private final DeployFolder deployFolder;
  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
  private final BlockThread thread = new BlockThread();
  private final ScheduledExecutorService reopener =
      Executors.newSingleThreadScheduledExecutor(KernelComponent::daemon);
  private volatile @Nullable Node node;
  private KernelSettings settings;
  private @Nullable Kernel kernel;
  private @Nullable Hold failure;

  /** Settings; the keys are described in {@code etc/}. */
  @interface Settings {
    String minimumGasPrices() default "";

    String sidecars() default "fetch";

    long generationIdleMs() default KernelSettings.GENERATION_IDLE_MS;

    String skip$_$heights() default "";

    String halt$_$height() default "0";

    String halt$_$time() default "0";

    long factoryTimeoutMs() default KernelSettings.FACTORY_TIMEOUT_MS;

    String admit() default "";

    long unusedArtifactsKeptMs() default KernelSettings.UNUSED_ARTIFACTS_KEPT_MS;

    long slowStepMs() default KernelSettings.SLOW_STEP_MS;

    long stepTimeoutMs() default KernelSettings.STEP_TIMEOUT_MS;

    long upgradeStepTimeoutMs() default KernelSettings.UPGRADE_STEP_TIMEOUT_MS;

    long query$_$gas$_$limit() default QueryLimits.QUERY_GAS;

    long simulationGasLimit() default QueryLimits.SIMULATION_GAS;

    long queryTimeoutMs() default QueryLimits.TIMEOUT_MS;

    long queriesAtOnce() default QueryLimits.AT_ONCE;

    long min$_$retain$_$blocks() default 0;

    long snapshot$_$interval() default 0;

    int snapshot$_$keep$_$recent() default SnapshotSettings.KEEP_RECENT;
  }

  /** Opens the kernel, or where it does not open a node that holds and can have it opened. */
  @Activate
  public KernelComponent(
      BundleContext context,
      Settings settings,
      @Reference StateStore store,
      @Reference Crypto crypto) {
    this.context = context;
    this.store = store;
    this.crypto = crypto;
    home = Path.of(required(context, HOME));
    distribution = Path.of(required(context, DISTRIBUTION));
    commandLine = CommandLine.of(context);
    this.settings = commandLine.over(settings);
    bundles = OsgiBundleSpace.open(context, contents(context));
    sidecars = SidecarServices.open(context);
    parts = new ServiceTracker<>(context, HoldingPart.class, null);
    parts.open();
    services = new ServiceTracker<>(context, NodeQueries.class, null);
    services.open();
    sidecarFolder = SidecarFolder.open(context, home.resolve("sidecars"), sidecars);
    Optional<Hold> failed = open();
    if (failed.isPresent()) {
      WaitingNode waiting = new WaitingNode(parts(), failed.get(), this::open);
      node = waiting;
      registrations.add(context.registerService(Node.class, waiting, null));
      Future<?> unused =
          reopener.scheduleWithFixedDelay(
              () -> tryAgain(waiting), REOPEN_MS, REOPEN_MS, TimeUnit.MILLISECONDS);
    }
    deployFolder = DeployFolder.open(home.resolve("deploy"), () -> Objects.requireNonNull(node));
  }

  private Kernel.Parts parts() {
    return new Kernel.Parts(
        home,
        store,
        crypto,
        bundles,
        new ShippedArtifacts(genesisFolder(home, distribution), distribution.resolve("upgrades")),
        sidecars::find,
        settings,
        () -> List.of(parts.getServices(new HoldingPart[0])),
        () -> List.of(services.getServices(new NodeQueries[0])),
        SnapshotLimits.DEFAULT,
        thread::wake);
  }

  /** Opens the kernel and publishes it in place of what was published; else says why not. */
  private synchronized Optional<Hold> open() {
    if (kernel != null || reopener.isShutdown()) {
      return Optional.empty();
    }
    Kernel opened;
    try {
      opened = Kernel.open(parts());
    } catch (IOException e) {
      return failed(e, HoldReason.STORAGE);
    } catch (GenerationException | RuntimeException | Error e) {
      return failed(e, HoldReason.GENESIS);
    }
    kernel = opened;
    reopener.shutdown();
    Node running = opened.node();
    node = running;
    sidecars.onArrival(opened.loop()::retry);
    thread.start(opened.loop());
    unregister();
    registrations.add(context.registerService(Node.class, running, null));
    registrations.add(register(context, opened.export()));
    registrations.add(context.registerService(GrpcQueries.class, opened.queries(), null));
    registrations.add(context.registerService(Interfaces.class, opened.interfaces(), null));
    registrations.add(context.registerService(Application.class, opened.application(), null));
    return Optional.empty();
  }

  private Optional<Hold> failed(Throwable why, HoldReason otherwise) {
    Hold hold = Hold.ofStep(why, otherwise);
    if (!hold.equals(failure)) {
      LOG.error("The node holds: {}. Next: {}", hold.message(), hold.nextStep());
    }
    failure = hold;
    return Optional.of(hold);
  }

  /** A try that fails must not be the last one. */
  private static void tryAgain(WaitingNode waiting) {
    RepeatedWork.once(
        waiting::tryAgain,
        e -> LOG.warn("The kernel could not be opened; it is tried again in {} ms", REOPEN_MS, e));
  }

  /** Has changed settings count in the running kernel. */
  @Modified
  synchronized void modified(Settings changed) {
    settings = commandLine.over(changed);
    if (kernel != null) {
      kernel.settings(settings);
    }
  }

  /** Stops after the piece of work at hand; what is not committed is dropped. */
  @Deactivate
  void stop() throws InterruptedException {
    reopener.shutdownNow();
    deployFolder.close();
    synchronized (this) {
      unregister();
      if (kernel != null) {
        thread.close();
        kernel.close();
      }
    }
    close();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "segue-reopen");
    thread.setDaemon(true);
    return thread;
  }

  private void close() {
    sidecarFolder.close();
    sidecars.close();
    parts.close();
    services.close();
    bundles.close();
  }

  private void unregister() {
    registrations.forEach(ServiceRegistration::unregister);
    registrations.clear();
  }

  /** The launcher knows no types but those of the JDK, so it finds the export under such a one. */
  private static ServiceRegistration<?> register(BundleContext context, StateExport export) {
    ObjLongConsumer<OutputStream> plain =
        (out, height) -> {
          try {
            export.write(height, out);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    context.registerService(
        ObjLongConsumer.class, plain, new Hashtable<>(Map.of(EXPORT_PROPERTY, true)));
    return context.registerService(StateExport.class, export, null);
  }

  /** The home's own, for a chain that another distribution started; else the distribution's. */
  private static Path genesisFolder(Path home, Path distribution) {
    Path own = home.resolve("genesis");
    return Files.isDirectory(own) ? own : distribution.resolve("genesis");
  }

  /** Where the launcher's connector looks bundles of generations up; of a type that both know. */
  @SuppressWarnings("unchecked")
  private static Map<String, ConnectModule> contents(BundleContext context) {
    try {
      return context.getServiceReferences(Map.class, "(" + CONTENTS_PROPERTY + "=*)").stream()
          .findFirst()
          .map(context::getService)
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "the framework was started without the connector of generations; start the"
                          + " node with bin/segue"));
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String required(BundleContext context, String property) {
    String value = context.getProperty(property);
    if (value == null) {
      throw new IllegalStateException(
          "the framework property " + property + " is not set; start the node with bin/segue");
    }
    return value;
  }
}
