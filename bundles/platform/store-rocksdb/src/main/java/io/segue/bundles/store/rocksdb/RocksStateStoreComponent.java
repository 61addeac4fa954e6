package io.segue.bundles.store.rocksdb;

import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.node.PartFailure;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StoreFullException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
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
 * configuration {@value #PID}. {@link StoreSettings} lists the settings. Where the disk does not
 * let it be opened, why is published in its place, and it is tried again every {@value #RETRY_MS}
 * ms.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = RocksStateStoreComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class RocksStateStoreComponent {
  static final String PID = "io.segue.store";
  static final String HOME_PROPERTY = "segue.home";

  /** Pause between two tries of what a disk refused. */
  static final long RETRY_MS = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(RocksStateStoreComponent.class);

  private final BundleContext context;
  private final Map<String, Object> properties;
  private final Path folder;
  private final Thread opener = new Thread(this::openLater, "segue-store-open");

  private @Nullable RocksStateStore store;
  private ServiceRegistration<?> registration;
  private boolean stopped;

  @Activate
  public RocksStateStoreComponent(BundleContext context, Map<String, Object> properties) {
    this.context = context;
    this.properties = Map.copyOf(properties);
    String home = context.getProperty(HOME_PROPERTY);
    if (home == null) {
      throw new IllegalStateException(
          "the framework property "
              + HOME_PROPERTY
              + " is not set, so there is no place for state");
    }
    folder = Path.of(home, "data", "state");
    try {
      store = open();
      registration = context.registerService(StateStore.class, store, null);
    } catch (RuntimeException e) {
      PartFailure failure = new PartFailure("the state store", FailureText.of(e));
      LOG.error("{}", failure.text(), e.getCause());
      registration = context.registerService(PartFailure.class, failure, null);
      if (mayPass(e)) {
        opener.setDaemon(true);
        opener.start();
      }
    }
  }

  private RocksStateStore open() {
    RocksStateStore opened = RocksStateStore.open(folder, StoreSettings.read(properties));
    LOG.info("state in {} at height {}", folder, opened.height());
    return opened;
  }

  /** Whether room on the disk, or another node that stops, makes it possible. */
  private static boolean mayPass(RuntimeException e) {
    return e instanceof UncheckedIOException || e instanceof StoreFullException;
  }

  private void openLater() {
    try {
      while (true) {
        Thread.sleep(RETRY_MS);
        if (opened()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the state store is not opened: the node stops");
    }
  }

  /** Tries once; nothing waits for a lock of this while parts start that waited for the store. */
  private boolean opened() {
    RocksStateStore opened;
    try {
      opened = open();
    } catch (RuntimeException | Error e) {
      LOG.debug("the state store can't be opened yet: {}", e.getMessage());
      return false;
    }
    ServiceRegistration<?> failure;
    synchronized (this) {
      if (stopped) {
        opened.close();
        return true;
      }
      failure = registration;
      store = opened;
    }
    ServiceRegistration<?> published = context.registerService(StateStore.class, opened, null);
    failure.unregister();
    boolean late;
    synchronized (this) {
      registration = published;
      late = stopped;
    }
    if (late) {
      published.unregister(); // the store is closed by who stopped this
    }
    return true;
  }

  @Deactivate
  void deactivate() {
    opener.interrupt();
    RocksStateStore open;
    ServiceRegistration<?> published;
    synchronized (this) {
      stopped = true;
      open = store;
      published = registration;
    }
    try {
      published.unregister();
    } catch (IllegalStateException e) {
      LOG.debug("what was published is gone already: the store was opened meanwhile");
    }
    if (open != null) {
      open.close();
    }
  }
}
