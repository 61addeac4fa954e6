package io.segue.bundles.consensus.solo;

import io.segue.bundles.consensus.solo.chain.Genesis;
import io.segue.bundles.consensus.solo.config.ConfigException;
import io.segue.bundles.consensus.solo.config.GenesisFile;
import io.segue.bundles.consensus.solo.config.KeyFile;
import io.segue.bundles.consensus.solo.store.BlockStore;
import io.segue.bundles.consensus.solo.store.TxIndex;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.node.HoldingPart;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.PartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a {@link SoloEngine} on the node's application for as long as its settings are there, and
 * publishes it once its files are read and open.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = SoloConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class SoloComponent {
  private static final Logger log = LoggerFactory.getLogger(SoloComponent.class);

  /** Pause between two tries to open files that a disk refused. */
  static final long RETRY_MS = 2_000;

  private final BundleContext context;
  private final Application application;
  private final Node node;
  private final SoloSettings settings;
  private final ScheduledExecutorService opener =
      Executors.newSingleThreadScheduledExecutor(SoloComponent::daemon);
  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
  private @Nullable SoloEngine engine;
  private @Nullable PartFailure published;

  @Activate
  public SoloComponent(
      BundleContext context,
      @Reference Application application,
      @Reference Node node,
      SoloSettings settings) {
    this.context = context;
    this.application = application;
    this.node = node;
    this.settings = settings;
    open();
  }

  @Deactivate
  public void deactivate() {
    opener.shutdownNow();
    synchronized (this) {
      unregister();
      if (engine != null) {
        engine.close();
      }
    }
  }

  /**
   * Opens the engine and publishes it; else publishes why not, and tries again where it may help.
   */
  private synchronized void open() {
    if (opener.isShutdown()) {
      return;
    }
    try {
      Supplier<Optional<String>> heldFor = () -> node.status().heldFor();
      Path home = Path.of(context.getProperty("segue.home"));
      SoloEngine opened = open(application, heldFor, home, settings);
      opened.start();
      unregister();
      engine = opened;
      registrations.add(context.registerService(Engine.class, opened, null));
      for (HoldingPart part : opened.parts()) {
        registrations.add(context.registerService(HoldingPart.class, part, null));
      }
    } catch (ConfigException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException | Error e) {
      failed(
          "data/blocks can't be opened: " + FailureText.of(e) + "; the node tries again by itself");
      // It says itself why it fails, and goes on.
      Future<?> unused = opener.schedule((Runnable) this::open, RETRY_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void failed(String reason) {
    PartFailure failure = new PartFailure("the engine", reason);
    if (failure.equals(published)) {
      return;
    }
    log.error("{}", failure.text());
    unregister();
    published = failure;
    registrations.add(context.registerService(PartFailure.class, failure, null));
  }

  private void unregister() {
    registrations.forEach(ServiceRegistration::unregister);
    registrations.clear();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "segue-engine-open");
    thread.setDaemon(true);
    return thread;
  }

  /** An engine on the files of a home folder; not started. */
  static SoloEngine open(
      Application application, Supplier<Optional<String>> heldFor, Path home, SoloSettings settings)
      throws IOException {
    SoloConfig config = SoloConfig.of(settings);
    Path files = home.resolve("config");
    Path genesisFile = files.resolve("genesis.json");
    Genesis genesis = GenesisFile.read(genesisFile);
    KeyFile validatorKey = KeyFile.read(files.resolve("priv_validator_key.json"));
    KeyFile nodeKey = KeyFile.read(files.resolve("node_key.json"));
    Path data = home.resolve("data").resolve("blocks");
    BlockStore store = BlockStore.open(data.resolve("log"), config.blocksPerFile());
    return new SoloEngine(
        new SoloEngine.Parts(
            application,
            genesis,
            () -> Files.readAllBytes(genesisFile),
            validatorKey,
            nodeKey,
            store,
            TxIndex.closed(data.resolve("index")),
            config,
            InstantSource.system(),
            heldFor));
  }
}
