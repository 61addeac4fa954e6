package io.segue.distribution.launcher;

import java.io.File;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.connect.ConnectModule;
import org.osgi.framework.connect.ModuleConnector;

/**
 * Gives the framework the bundles of generations as the kernel checked them, in place of bytes that
 * it would read once more (OSGi Core 8, Connect specification). The kernel finds the map of them as
 * a service.
 *
 * <p>Thread safety: any thread.
 */
public final class GenerationConnector implements ModuleConnector {
  /** What the location of a bundle of a generation starts with. */
  private static final String LOCATION = "segue:";

  /** Marks the service. */
  private static final String PROPERTY = "segue.contents";

  private final Map<String, ConnectModule> contents = new ConcurrentHashMap<>();

  @Override
  public void initialize(File storage, Map<String, String> configuration) {}

  /**
   * The bundle at a location; empty where it is none of a generation.
   *
   * @throws BundleException where the kernel has none there: without it the framework would ask the
   *     location for a jar
   */
  @Override
  public Optional<ConnectModule> connect(String location) throws BundleException {
    if (!location.startsWith(LOCATION)) {
      return Optional.empty();
    }
    ConnectModule module = contents.get(location);
    if (module == null) {
      throw new BundleException("the kernel has no bundle at " + location);
    }
    return Optional.of(module);
  }

  /** Offers the map to the kernel from the moment the framework is initialized. */
  @Override
  public Optional<BundleActivator> newBundleActivator() {
    return Optional.of(
        new BundleActivator() {
          @Override
          public void start(BundleContext context) {
            context.registerService(Map.class, contents, new Hashtable<>(Map.of(PROPERTY, true)));
          }

          @Override
          public void stop(BundleContext context) {}
        });
  }
}
