package io.segue.bundles.consensus.solo;

import io.segue.bundles.consensus.solo.chain.Genesis;
import io.segue.bundles.consensus.solo.config.ConfigException;
import io.segue.bundles.consensus.solo.config.GenesisFile;
import io.segue.bundles.consensus.solo.config.KeyFile;
import io.segue.bundles.consensus.solo.store.BlockStore;
import io.segue.bundles.consensus.solo.store.TxIndex;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine;
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

  private final @Nullable SoloEngine engine;
  private final ServiceRegistration<?> registration;
  private final List<ServiceRegistration<HoldingPart>> parts = new ArrayList<>();

  @Activate
  public SoloComponent(
      BundleContext context,
      @Reference Application application,
      @Reference Node node,
      SoloSettings settings) {
    SoloEngine opened = null;
    ServiceRegistration<?> published;
    try {
      Supplier<Optional<String>> heldFor = () -> node.status().heldFor();
      opened = open(application, heldFor, Path.of(context.getProperty("segue.home")), settings);
      opened.start();
      published = context.registerService(Engine.class, opened, null);
    } catch (IOException e) {
      published = failed(context, "data/blocks can't be opened: " + e.getMessage());
    } catch (ConfigException e) {
      published = failed(context, String.valueOf(e.getMessage()));
    }
    engine = opened;
    registration = published;
    if (opened != null) {
      for (HoldingPart part : opened.parts()) {
        parts.add(context.registerService(HoldingPart.class, part, null));
      }
    }
  }

  private static ServiceRegistration<?> failed(BundleContext context, String reason) {
    PartFailure failure = new PartFailure("the engine", reason);
    log.error("{}", failure.text());
    return context.registerService(PartFailure.class, failure, null);
  }

  @Deactivate
  public void deactivate() {
    registration.unregister();
    parts.forEach(ServiceRegistration::unregister);
    if (engine != null) {
      engine.close();
    }
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
