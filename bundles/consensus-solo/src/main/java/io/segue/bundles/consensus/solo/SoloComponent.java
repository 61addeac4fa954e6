package io.segue.bundles.consensus.solo;

import io.segue.bundles.consensus.solo.chain.Genesis;
import io.segue.bundles.consensus.solo.config.ConfigException;
import io.segue.bundles.consensus.solo.config.GenesisFile;
import io.segue.bundles.consensus.solo.config.KeyFile;
import io.segue.bundles.consensus.solo.store.BlockStore;
import io.segue.bundles.consensus.solo.store.TxIndex;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.node.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
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

  private final SoloEngine engine;
  private final ServiceRegistration<Engine> registration;

  @Activate
  public SoloComponent(
      BundleContext context,
      @Reference Application application,
      @Reference Node node,
      SoloSettings settings) {
    try {
      Supplier<Optional<String>> heldFor = () -> node.status().heldFor();
      engine = open(application, heldFor, Path.of(context.getProperty("segue.home")), settings);
    } catch (IOException e) {
      log.error("the engine does not start: {}", e.getMessage());
      throw new ConfigException("data/blocks can't be opened: " + e.getMessage(), e);
    } catch (ConfigException e) {
      log.error("the engine does not start: {}", e.getMessage());
      throw e;
    }
    engine.start();
    registration = context.registerService(Engine.class, engine, null);
  }

  @Deactivate
  public void deactivate() {
    registration.unregister();
    engine.close();
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
    try {
      return new SoloEngine(
          new SoloEngine.Parts(
              application,
              genesis,
              () -> Files.readAllBytes(genesisFile),
              validatorKey,
              nodeKey,
              store,
              new TxIndex(data.resolve("index")),
              config,
              InstantSource.system(),
              heldFor));
    } catch (IOException e) {
      store.close();
      throw e;
    }
  }
}
