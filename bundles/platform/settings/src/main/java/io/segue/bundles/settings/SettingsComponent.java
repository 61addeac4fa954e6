package io.segue.bundles.settings;

import io.segue.kernel.api.node.NodeSettings;
import io.segue.kernel.api.node.RepeatedWork;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the parts their settings through the Configuration Admin. It starts before any of them, so
 * that each finds its settings when it starts.
 */
@Component(
    service = {},
    immediate = true)
public final class SettingsComponent {
  /** Pause between two looks. */
  static final long PAUSE_MS = 250;

  private static final Logger LOG = LoggerFactory.getLogger(SettingsComponent.class);

  /** A part may take its settings wherever its bundle lies. */
  private static final String ANY_LOCATION = "?";

  private final CountDownLatch closed = new CountDownLatch(1);
  private final ServiceRegistration<NodeSettings> registration;

  @Activate
  public SettingsComponent(BundleContext context, @Reference ConfigurationAdmin admin) {
    SettingsFolder folder =
        new SettingsFolder(
            Path.of(context.getProperty("segue.home"), "etc"),
            Path.of(context.getProperty("segue.dist"), "etc"),
            (part, values) -> {
              Dictionary<String, Object> properties = new Hashtable<>(values);
              admin.getConfiguration(part, ANY_LOCATION).update(properties);
            });
    registration = context.registerService(NodeSettings.class, folder, null);
    folder.look();
    Thread watcher = new Thread(() -> watch(folder), "segue-settings");
    watcher.setDaemon(true);
    watcher.start();
  }

  @Deactivate
  void stop() {
    closed.countDown();
    registration.unregister();
  }

  private void watch(SettingsFolder folder) {
    try {
      while (!closed.await(PAUSE_MS, TimeUnit.MILLISECONDS)) {
        RepeatedWork.once(
            folder::look, e -> LOG.error("A look at the settings failed; the next one follows", e));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
