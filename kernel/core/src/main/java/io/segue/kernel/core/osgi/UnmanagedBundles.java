package io.segue.kernel.core.osgi;

import java.util.Arrays;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.wiring.BundleRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports modules and upgrade handlers that somebody put into the framework directly, as with
 * {@code felix:install}: the kernel does not run them, and says how it would.
 */
final class UnmanagedBundles implements BundleListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UnmanagedBundles.class);

  private final BundleContext context;

  private UnmanagedBundles(BundleContext context) {
    this.context = context;
  }

  static UnmanagedBundles start(BundleContext context) {
    UnmanagedBundles strays = new UnmanagedBundles(context);
    context.addBundleListener(strays);
    Arrays.stream(context.getBundles())
        .filter(UnmanagedBundles::isStray)
        .forEach(UnmanagedBundles::report);
    return strays;
  }

  /** Whether a bundle declares a module or a generation and was not put in by the kernel. */
  static boolean isStray(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null || OsgiBundleSpace.isOfGeneration(bundle)) {
      return false;
    }
    return revision.getDeclaredCapabilities(null).stream()
        .anyMatch(c -> c.getNamespace().matches("io\\.segue\\.(module|generation)(\\..*)?"));
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    if (event.getType() == BundleEvent.INSTALLED && isStray(event.getBundle())) {
      report(event.getBundle());
    }
  }

  @Override
  public void close() {
    context.removeBundleListener(this);
  }

  private static void report(Bundle bundle) {
    LOG.warn(
        "bundle {} {} [{}] belongs to a generation, but was put in beside the kernel, which does not"
            + " run it; uninstall it and deploy it: upgrade:deploy {}",
        bundle.getSymbolicName(),
        bundle.getVersion(),
        bundle.getBundleId(),
        bundle.getLocation());
  }
}
