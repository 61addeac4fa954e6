package io.segue.kernel.core.osgi;

import io.segue.kernel.admission.artifact.Sha256;
import io.segue.kernel.api.node.FailureText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder {@code sidecars/}: a bundle that is put there is installed and started.
 *
 * <p>A bundle of the same name and no lower version takes over when its sidecar is there; the one
 * before, and one whose file is gone, is uninstalled when its last run has ended.
 *
 * <p>Thread safety: one thread calls {@link #doWork}.
 */
final class SidecarFolder implements AutoCloseable {
  /** What the location of a bundle from the folder starts with; its digest follows. */
  static final String LOCATION = "sidecar:";

  private static final Logger LOG = LoggerFactory.getLogger(SidecarFolder.class);

  private final BundleContext context;
  private final WatchedFolder folder;
  private final SidecarServices services;
  private final Map<Path, Bundle> current = new TreeMap<>();
  private final List<Bundle> retiring = new ArrayList<>();

  SidecarFolder(BundleContext context, Path folder, SidecarServices services) {
    this.context = context;
    this.folder = new WatchedFolder(folder, "[!.]*.jar");
    this.services = services;
  }

  /** Removes what a run before left installed, and looks at the folder from now on. */
  static SidecarFolder open(BundleContext context, Path folder, SidecarServices services) {
    SidecarFolder sidecars = new SidecarFolder(context, folder, services);
    Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getLocation().startsWith(LOCATION))
        .forEach(SidecarFolder::uninstall);
    sidecars.folder.watch("segue-sidecars", sidecars::look);
    return sidecars;
  }

  /** Looks at the folder once: installs what is complete and new, uninstalls what is over. */
  void doWork() {
    folder.once(this::look);
  }

  /** The thread's work is over; bundles stay until the framework stops. */
  @Override
  public void close() {
    folder.close();
  }

  private void look() throws IOException {
    if (folder.isPrivate()) {
      lookAtFiles();
    }
    retire();
  }

  private void lookAtFiles() throws IOException {
    Set<Path> gone = new TreeSet<>(current.keySet());
    for (Path file : folder.files()) {
      gone.remove(file);
      folder.handOn(file, this::deploy);
    }
    for (Path file : gone) {
      Bundle bundle = current.remove(file);
      if (!current.containsValue(bundle)) {
        retiring.add(bundle);
      }
      LOG.info("{} is gone; its sidecar ends with the run in progress", file);
    }
  }

  private void deploy(Path file) throws IOException {
    byte[] jar = Files.readAllBytes(file);
    Bundle bundle = null;
    try {
      bundle = context.installBundle(LOCATION + Sha256.of(jar), new ByteArrayInputStream(jar));
      refuseOthers(bundle);
      bundle.start();
      Bundle before = current.put(file, bundle);
      if (before != null && !before.equals(bundle)) {
        retiring.add(before);
      }
      replaceOlder(bundle);
      String what = bundle.getSymbolicName() + " " + bundle.getVersion();
      LOG.info("Sidecar bundle {} is started from {}", what, file);
      folder.deployed(file, what);
    } catch (BundleException | IllegalStateException e) {
      if (bundle != null) {
        uninstall(bundle);
      }
      folder.refused(
          file,
          file + " is not started: " + FailureText.of(e),
          e,
          ". Next: fix it and put it there again");
    }
  }

  private static void refuseOthers(Bundle bundle) throws BundleException {
    if (bundle.getSymbolicName() == null) {
      throw new BundleException("it is no bundle: Bundle-SymbolicName is missing");
    }
    if (UnmanagedBundles.isStray(bundle)) {
      throw new BundleException("it belongs to a generation; deploy it with upgrade:deploy");
    }
  }

  /** Ends bundles of the same name from this folder that have a lower version. */
  private void replaceOlder(Bundle bundle) {
    for (Iterator<Bundle> all = current.values().iterator(); all.hasNext(); ) {
      Bundle other = all.next();
      if (other.getSymbolicName().equals(bundle.getSymbolicName())
          && other.getVersion().compareTo(bundle.getVersion()) <= 0
          && !other.equals(bundle)) {
        all.remove();
        retiring.add(other);
      }
    }
  }

  private void retire() {
    for (Iterator<Bundle> all = retiring.iterator(); all.hasNext(); ) {
      Bundle bundle = all.next();
      if (!services.inUse(bundle) && !awaitsSuccessor(bundle)) {
        all.remove();
        uninstall(bundle);
        LOG.info(
            "Sidecar bundle {} {} is uninstalled", bundle.getSymbolicName(), bundle.getVersion());
      }
    }
  }

  /**
   * Whether the bundle that follows has not offered its sidecar yet, so that none would be there.
   */
  private boolean awaitsSuccessor(Bundle bundle) {
    return current.values().stream()
        .anyMatch(
            other ->
                other.getSymbolicName().equals(bundle.getSymbolicName())
                    && !services.offers(other));
  }

  private static void uninstall(Bundle bundle) {
    try {
      bundle.uninstall();
    } catch (BundleException | IllegalStateException e) {
      LOG.warn("bundle {} could not be uninstalled", bundle, e);
    }
  }
}
