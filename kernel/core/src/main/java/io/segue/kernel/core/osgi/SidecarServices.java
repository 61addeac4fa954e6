package io.segue.kernel.core.osgi;

import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.api.upgrade.SidecarException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * The sidecars that bundles offer at the moment. Of several with one name that of the highest
 * bundle version is found, so a newer one takes over from the next run on; a run in progress ends
 * on the one it began with, whose bundle is {@link #inUse} until then. Any thread.
 */
final class SidecarServices
    implements ServiceTrackerCustomizer<Sidecar, SidecarServices.Offer>, AutoCloseable {
  private static final Comparator<Offer> NEWEST =
      Comparator.comparing(Offer::version).thenComparing(Offer::bundleId);

  private final BundleContext context;
  private final Map<ServiceReference<Sidecar>, Offer> offers = new ConcurrentHashMap<>();
  private final Map<Long, AtomicInteger> runs = new ConcurrentHashMap<>();
  private final ServiceTracker<Sidecar, Offer> tracker;
  private volatile Runnable arrived = () -> {};

  private SidecarServices(BundleContext context) {
    this.context = context;
    this.tracker = new ServiceTracker<>(context, Sidecar.class, this);
  }

  /**
   * Follows what comes and goes from now on.
   *
   * @param context the kernel's
   */
  static SidecarServices open(BundleContext context) {
    SidecarServices services = new SidecarServices(context);
    services.tracker.open();
    return services;
  }

  /** What a bundle offers. */
  record Offer(Sidecar sidecar, Version version, long bundleId) {}

  /** Has {@code action} run, on the thread of the bundle that offers it, when a sidecar comes. */
  void onArrival(Runnable action) {
    arrived = action;
  }

  /** The newest sidecar of a name. */
  Optional<Sidecar> find(String name) {
    return offers.values().stream()
        .filter(offer -> offer.sidecar().name().equals(name))
        .max(NEWEST)
        .map(Counted::new);
  }

  /** Whether a bundle offers a sidecar. */
  boolean offers(Bundle bundle) {
    return offers.values().stream().anyMatch(offer -> offer.bundleId() == bundle.getBundleId());
  }

  /** Whether a sidecar of this bundle runs. */
  boolean inUse(Bundle bundle) {
    AtomicInteger count = runs.get(bundle.getBundleId());
    return count != null && count.get() > 0;
  }

  @Override
  public Offer addingService(ServiceReference<Sidecar> reference) {
    Bundle bundle = reference.getBundle();
    Offer offer =
        new Offer(context.getService(reference), bundle.getVersion(), bundle.getBundleId());
    offers.put(reference, offer);
    arrived.run();
    return offer;
  }

  @Override
  public void modifiedService(ServiceReference<Sidecar> reference, Offer offer) {}

  @Override
  public void removedService(ServiceReference<Sidecar> reference, Offer offer) {
    offers.remove(reference);
    context.ungetService(reference);
  }

  @Override
  public void close() {
    tracker.close();
  }

  /** A sidecar whose runs are counted. */
  private final class Counted implements Sidecar {
    private final Offer offer;

    Counted(Offer offer) {
      this.offer = offer;
    }

    @Override
    public String name() {
      return offer.sidecar().name();
    }

    @Override
    public Path run(Task task, Progress progress) throws SidecarException, InterruptedException {
      AtomicInteger count = runs.computeIfAbsent(offer.bundleId(), bundle -> new AtomicInteger());
      count.incrementAndGet();
      try {
        return offer.sidecar().run(task, progress);
      } finally {
        count.decrementAndGet();
      }
    }
  }
}
