package io.segue.bundles.store.rocksdb;

import io.segue.kernel.api.store.StateStore;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the node's {@link StateStore}, in {@code data/state} of its home, once there is a
 * configuration {@value #PID}. {@link StoreSettings} lists the settings.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = RocksStateStoreComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class RocksStateStoreComponent {
  static final String PID = "io.segue.store";
  static final String HOME_PROPERTY = "segue.home";

  private static final Logger LOG = LoggerFactory.getLogger(RocksStateStoreComponent.class);

  private final RocksStateStore store;
  private final ServiceRegistration<StateStore> registration;

  @Activate
  public RocksStateStoreComponent(BundleContext context, Map<String, Object> properties) {
    String home = context.getProperty(HOME_PROPERTY);
    if (home == null) {
      throw new IllegalStateException(
          "the framework property "
              + HOME_PROPERTY
              + " is not set, so there is no place for state");
    }
    Path folder = Path.of(home, "data", "state");
    store = open(folder, properties);
    registration = context.registerService(StateStore.class, store, new Hashtable<>());
    LOG.info("state in {} at height {}", folder, store.height());
  }

  private static RocksStateStore open(Path folder, Map<String, Object> properties) {
    try {
      return RocksStateStore.open(folder, StoreSettings.read(properties));
    } catch (RuntimeException e) {
      // In one line, before the stack trace of who called.
      LOG.error("there is no state store: {}", e.getMessage());
      throw e;
    }
  }

  @Deactivate
  void deactivate() {
    registration.unregister();
    store.close();
  }
}
