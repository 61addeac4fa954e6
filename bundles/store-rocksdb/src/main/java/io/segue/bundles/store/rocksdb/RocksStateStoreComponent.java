package io.segue.bundles.store.rocksdb;

import io.segue.kernel.api.node.PartFailure;
import io.segue.kernel.api.store.StateStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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

  private final @Nullable RocksStateStore store;
  private final ServiceRegistration<?> registration;

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
    RocksStateStore opened = null;
    ServiceRegistration<?> published;
    try {
      opened = RocksStateStore.open(folder, StoreSettings.read(properties));
      published = context.registerService(StateStore.class, opened, null);
      LOG.info("state in {} at height {}", folder, opened.height());
    } catch (RuntimeException e) {
      PartFailure failure =
          new PartFailure("the state store", Objects.requireNonNullElse(e.getMessage(), "" + e));
      LOG.error("{}", failure.text(), e.getCause());
      published = context.registerService(PartFailure.class, failure, null);
    }
    store = opened;
    registration = published;
  }

  @Deactivate
  void deactivate() {
    registration.unregister();
    if (store != null) {
      store.close();
    }
  }
}
