package io.segue.kernel.core.osgi;

import io.segue.kernel.core.generation.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder {@code sidecars/}: a bundle that is put there is installed and started, once it is
 * complete, that is the same in two looks. What became of {@code my.jar} is written beside it, to
 * {@code my.jar.deployed} or {@code my.jar.refused}.
 *
 * <p>A bundle of the same name and no lower version takes over when its sidecar is there; the one
 * before, and one whose file is gone, is uninstalled when its last run has ended. Only the owner
 * may write to the folder: while others may, nothing in it is looked at.
 *
 * <p>Thread safety: one thread calls {@link #doWork}.
 */
final class SidecarFolder implements AutoCloseable {
  /** How often the folder is looked at. */
  static final long LOOK_EVERY_MS = 500;

  /** What the location of a bundle from the folder starts with; its digest follows. */
  static final String LOCATION = "sidecar:";

  private static final Logger LOG = LoggerFactory.getLogger(SidecarFolder.class);
  private static final Set<PosixFilePermission> OTHERS_WRITE =
      PosixFilePermissions.fromString("----w--w-");

  private final BundleContext context;
  private final Path folder;
  private final SidecarServices services;
  private final Map<Path, Look> looks = new HashMap<>();
  private final Map<Path, Bundle> current = new TreeMap<>();
  private final List<Bundle> retiring = new ArrayList<>();
  private @Nullable Thread thread;
  private String lastProblem = "";
  private volatile boolean closed;

  SidecarFolder(BundleContext context, Path folder, SidecarServices services) {
    this.context = context;
    this.folder = folder;
    this.services = services;
  }

  /** Removes what a run before left installed, and looks at the folder from now on. */
  static SidecarFolder open(BundleContext context, Path folder, SidecarServices services) {
    SidecarFolder sidecars = new SidecarFolder(context, folder, services);
    Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getLocation().startsWith(LOCATION))
        .forEach(SidecarFolder::uninstall);
    Thread thread = new Thread(sidecars::watch, "segue-sidecars");
    thread.setDaemon(true);
    sidecars.thread = thread;
    thread.start();
    return sidecars;
  }

  /** A file at one look. */
  private record Look(long sizeBytes, FileTime modified, boolean done) {
    static Look at(Path file) throws IOException {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new Look(found.size(), found.lastModifiedTime(), false);
    }

    Look handled() {
      return new Look(sizeBytes, modified, true);
    }
  }

  /** Looks at the folder once: installs what is complete and new, uninstalls what is over. */
  void doWork() {
    try {
      if (Files.isDirectory(folder) && isPrivate()) {
        look();
      }
      retire();
    } catch (IOException e) {
      problem(folder + " can't be looked at: " + e + "; mend the folder's rights");
    }
  }

  /** The thread's work is over; bundles stay until the framework stops. */
  @Override
  public void close() {
    closed = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void watch() {
    while (!closed) {
      doWork();
      try {
        Thread.sleep(LOOK_EVERY_MS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void look() throws IOException {
    Set<Path> gone = new TreeSet<>(current.keySet());
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[!.]*.jar")) {
      for (Path file : files) {
        gone.remove(file);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          look(file);
        }
      }
    }
    lastProblem = "";
    for (Path file : gone) {
      looks.remove(file);
      Bundle bundle = current.remove(file);
      if (!current.containsValue(bundle)) {
        retiring.add(bundle);
      }
      LOG.info("{} is gone; its sidecar ends with the run in progress", file);
    }
  }

  private void look(Path file) throws IOException {
    Look now = Look.at(file);
    Look before = looks.get(file);
    if (before != null && before.equals(now.handled())) {
      return;
    }
    looks.put(file, now.equals(before) ? now.handled() : now);
    if (now.equals(before)) {
      deploy(file);
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
      Files.deleteIfExists(marker(file, "refused"));
      Files.writeString(marker(file, "deployed"), what + "\n");
    } catch (BundleException | IllegalStateException e) {
      if (bundle != null) {
        uninstall(bundle);
      }
      String why =
          file + " is not started: " + e.getMessage() + ". Next: mend it and put it there again";
      LOG.error("{}", why);
      Files.writeString(marker(file, "refused"), why + "\n");
    }
  }

  private static void refuseOthers(Bundle bundle) throws BundleException {
    if (bundle.getSymbolicName() == null) {
      throw new BundleException("it is no bundle: Bundle-SymbolicName is missing");
    }
    if (StrayBundles.isStray(bundle)) {
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

  private boolean isPrivate() throws IOException {
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(folder);
    if (rights.stream().noneMatch(OTHERS_WRITE::contains)) {
      return true;
    }
    problem(
        "Others may write to " + folder + ", so nothing in it is started; chmod go-w " + folder);
    return false;
  }

  private void problem(String text) {
    if (!text.equals(lastProblem)) {
      LOG.error("{}", text);
      lastProblem = text;
    }
  }

  private static Path marker(Path file, String kind) {
    return file.resolveSibling(file.getFileName() + "." + kind);
  }

  private static void uninstall(Bundle bundle) {
    try {
      bundle.uninstall();
    } catch (BundleException | IllegalStateException e) {
      LOG.warn("bundle {} could not be uninstalled", bundle, e);
    }
  }
}
