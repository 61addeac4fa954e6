package io.segue.kernel.core.osgi;

import io.segue.kernel.admission.artifact.BundleEntries;
import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.Loading;
import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.core.generation.BundleSpace;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.connect.ConnectModule;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bundles of generations in the OSGi framework, each at the location {@code
 * segue:<sha256>:<kernel rules>}, with the {@link BundleContent} that was checked (OSGi Core 8,
 * Connect specification). Versions stand side by side, and so does a bundle that is loaded under
 * two numbers of the kernel rules; nothing is ever updated, and nothing is refreshed that anybody
 * uses.
 *
 * <p>A bundle that is ready is started, though it has no activator: operators read {@code ACTIVE}
 * as "well". It is started for this run only; what a generation consists of is in the chain's state
 * and not in the framework's cache.
 */
public final class OsgiBundleSpace implements BundleSpace, AutoCloseable {
  /** What the location of a bundle of a generation starts with. */
  public static final String LOCATION = "segue:";

  private static final Logger LOG = LoggerFactory.getLogger(OsgiBundleSpace.class);
  private static final long REFRESH_TIMEOUT_MS = 10_000;
  private static final int START_LEVEL = 1;

  private final BundleContext context;
  private final Map<String, ConnectModule> contents;
  private final Bundle system;
  private final FrameworkWiring framework;
  private final Isolation isolation;
  private final UnmanagedBundles strays;

  private OsgiBundleSpace(BundleContext context, Map<String, ConnectModule> contents) {
    this.context = context;
    this.contents = contents;
    this.system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    this.framework = system.adapt(FrameworkWiring.class);
    this.isolation = Isolation.start(context);
    this.strays = UnmanagedBundles.start(context);
  }

  /**
   * Opens the space of a framework, the only one in it, and removes what a run before left: no
   * generation stands yet.
   *
   * @param context the kernel's
   * @param contents where the framework's connector looks a location up
   */
  public static OsgiBundleSpace open(BundleContext context, Map<String, ConnectModule> contents) {
    OsgiBundleSpace space = new OsgiBundleSpace(context, contents);
    List<Bundle> left =
        Arrays.stream(context.getBundles()).filter(OsgiBundleSpace::isOfGeneration).toList();
    if (!left.isEmpty()) {
      LOG.info("removing {} bundles of generations that a run before left", left.size());
      space.remove(left);
    }
    return space;
  }

  /** Whether a bundle belongs to a generation. */
  static boolean isOfGeneration(Bundle bundle) {
    return bundle.getLocation().startsWith(LOCATION);
  }

  @Override
  public Installed install(BundleFile file, Loading loading) throws GenerationException {
    String location = LOCATION + file.sha256() + ":" + loading.rules();
    BundleContent content = new BundleContent(file, loading);
    contents.put(location, content);
    Bundle bundle;
    try {
      // Without a stream: the framework would take its bytes in place of the connector's.
      bundle = context.installBundle(location);
    } catch (BundleException | IllegalStateException e) {
      contents.remove(location);
      throw new GenerationException(
          HoldReason.INSTALL,
          "the framework refuses bundle " + file.sha256() + ": " + FailureText.of(e),
          e);
    }
    if (!content.isConnected()) {
      remove(List.of(bundle));
      throw new GenerationException(
          HoldReason.INSTALL,
          "the framework has another bundle at " + location + ", which is removed; deploy again");
    }
    bundle.adapt(BundleStartLevel.class).setStartLevel(START_LEVEL);
    return new OsgiBundle(bundle, file.entries());
  }

  @Override
  public void resolve(Collection<? extends Installed> installed) throws GenerationException {
    List<Bundle> fresh =
        bundles(installed).stream().filter(b -> b.getState() != Bundle.ACTIVE).toList();
    if (!framework.resolveBundles(fresh)) {
      for (Bundle bundle : fresh) {
        refuseUnresolved(bundle);
      }
    }
    for (Bundle bundle : fresh) {
      start(bundle);
    }
  }

  @Override
  public void loadClasses(Collection<? extends Installed> installed) throws GenerationException {
    for (Installed one : installed) {
      OsgiBundle bundle = (OsgiBundle) one;
      BundleClasses.load(bundle.bundle(), bundle.entries());
    }
  }

  @Override
  public void uninstall(Collection<? extends Installed> installed) {
    remove(bundles(installed));
  }

  @Override
  public Set<String> platformNames() {
    Set<String> names = new HashSet<>();
    names.add(Constants.SYSTEM_BUNDLE_SYMBOLICNAME);
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getSymbolicName() != null
          && !isOfGeneration(bundle)
          && !UnmanagedBundles.isStray(bundle)) {
        names.add(bundle.getSymbolicName());
      }
    }
    return names;
  }

  /** Stops watching the framework. Bundles stay until the framework stops or a space opens. */
  @Override
  public void close() {
    isolation.close();
    strays.close();
  }

  private void refuseUnresolved(Bundle bundle) throws GenerationException {
    if (bundle.getState() != Bundle.INSTALLED) {
      return;
    }
    throw new GenerationException(
        HoldReason.UNRESOLVED,
        "bundle "
            + bundle.getSymbolicName()
            + " "
            + bundle.getVersion()
            + " does not resolve: "
            + BundleClasses.whyUnresolved(bundle)
            + "; fix its imports, or restart the node with a distribution that has what it imports");
  }

  private static void start(Bundle bundle) throws GenerationException {
    try {
      bundle.start(Bundle.START_TRANSIENT);
    } catch (BundleException | IllegalStateException e) {
      throw new GenerationException(
          HoldReason.INSTALL,
          "bundle "
              + bundle.getSymbolicName()
              + " "
              + bundle.getVersion()
              + " does not start: "
              + FailureText.of(e),
          e);
    }
  }

  private void remove(Collection<Bundle> bundles) {
    if ((system.getState() & (Bundle.STARTING | Bundle.ACTIVE)) == 0) {
      LOG.debug("{} go with the framework, which stops", bundles);
      return;
    }
    Set<Bundle> users = new HashSet<>(framework.getDependencyClosure(bundles));
    users.removeAll(bundles);
    for (Bundle bundle : bundles) {
      try {
        bundle.uninstall();
      } catch (BundleException | IllegalStateException e) {
        LOG.warn("bundle {} can't be uninstalled and stays", bundle, e);
      }
      contents.remove(bundle.getLocation());
    }
    if (users.isEmpty()) {
      refresh(bundles);
    } else {
      LOG.warn(
          "{} are uninstalled but not refreshed, so that their memory stays taken: {} use them;"
              + " a restart of the node frees it",
          bundles,
          users);
    }
  }

  private void refresh(Collection<Bundle> bundles) {
    CountDownLatch refreshed = new CountDownLatch(1);
    framework.refreshBundles(
        bundles,
        event -> {
          if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
            refreshed.countDown();
          }
        });
    try {
      if (!refreshed.await(REFRESH_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
        LOG.warn("the framework still refreshes {} after {} ms", bundles, REFRESH_TIMEOUT_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Bundle> bundles(Collection<? extends Installed> installed) {
    List<Bundle> bundles = new ArrayList<>();
    for (Installed one : installed) {
      bundles.add(((OsgiBundle) one).bundle());
    }
    return bundles;
  }

  /** A bundle of the framework. */
  private record OsgiBundle(Bundle bundle, BundleEntries entries) implements Installed {
    @Override
    public long id() {
      return bundle.getBundleId();
    }

    @Override
    public String state() {
      return switch (bundle.getState()) {
        case Bundle.UNINSTALLED -> "UNINSTALLED";
        case Bundle.INSTALLED -> "INSTALLED";
        case Bundle.RESOLVED -> "RESOLVED";
        case Bundle.STARTING -> "STARTING";
        case Bundle.STOPPING -> "STOPPING";
        case Bundle.ACTIVE -> "ACTIVE";
        default -> "UNKNOWN";
      };
    }

    @Override
    public Object newInstance(String className) throws ReflectiveOperationException {
      return bundle.loadClass(className).getConstructor().newInstance();
    }
  }
}
