package io.segue.distribution.launcher;

import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;

/**
 * The framework with the platform's bundles: every {@code platform/<n>/*.jar} of the distribution,
 * started at start level n, in order of file names. The set is made again at each start and never
 * persisted; the bundles of generations are the kernel's, which rebuilds them from the chain's
 * state.
 */
final class PlatformFramework {
  /** How long a stop may take before the process ends all the same. */
  private static final long STOP_TIMEOUT_MS = 10_000;

  /** How the names of bundles begin that make blocks, bring upgrades or listen. */
  private static final List<String> SERVERS =
      List.of(
          "io.segue.bundles.consensus",
          "io.segue.bundles.grpc",
          "io.segue.bundles.metrics",
          "io.segue.bundles.rest",
          "io.segue.bundles.rpc",
          "io.segue.bundles.shell",
          "io.segue.bundles.sidecar");

  private final FileLock lock;
  private final FrameworkLog log = new FrameworkLog();
  private final Framework framework;
  private final Path folder;
  private final boolean offline;

  /**
   * A platform that is not started.
   *
   * @param lock the home's, let go by {@link #stop}
   * @param offline whether only the state is wanted: neither blocks are made nor anybody served
   */
  PlatformFramework(Home home, Path distribution, FileLock lock, boolean offline) {
    this.lock = lock;
    this.offline = offline;
    this.framework = new Felix(properties(home, distribution), new GenerationConnector());
    this.folder = distribution.resolve("platform");
  }

  /** Whether {@link #start} got as far as running bundles. */
  boolean started() {
    return framework.getState() == Bundle.ACTIVE || framework.getState() == Bundle.STARTING;
  }

  /**
   * Starts every bundle; offline, those that serve are only there.
   *
   * @return how many
   * @throws StartException where one of them does not run; nothing is left running then
   */
  int start() throws BundleException, StartException {
    framework.init();
    BundleContext context = framework.getBundleContext();
    log.register(context);
    List<Bundle> bundles = new ArrayList<>();
    for (int level = 1; Files.isDirectory(folder.resolve("" + level)); level++) {
      for (Path jar : jars(folder.resolve("" + level))) {
        Bundle bundle = context.installBundle("reference:" + jar.toUri());
        bundle.adapt(BundleStartLevel.class).setStartLevel(level);
        if (!offline || !serves(bundle)) {
          bundle.start(Bundle.START_ACTIVATION_POLICY);
          bundles.add(bundle);
        }
      }
    }
    framework.start();
    for (Bundle bundle : bundles) {
      if (bundle.getState() != Bundle.ACTIVE) {
        stop();
        throw new StartException(
            "The platform is not complete: bundle %s %s does not start; the reason is logged above"
                .formatted(bundle.getSymbolicName(), bundle.getVersion()));
      }
    }
    return bundles.size();
  }

  /** The service of a JDK type that has a property; empty where no bundle offers it. */
  <T> Optional<T> service(Class<T> type, String property) {
    BundleContext context = framework.getBundleContext();
    try {
      return context.getServiceReferences(type, "(" + property + "=*)").stream()
          .findFirst()
          .map(context::getService);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(property + " is no name of a property", e);
    }
  }

  /** Whether some bundle offers a service. */
  boolean offers(String service) {
    return framework.getBundleContext().getServiceReference(service) != null;
  }

  /** Waits until the framework is stopped, by {@link #stop} or from inside. */
  void awaitStop() throws InterruptedException {
    framework.waitForStop(0);
  }

  /**
   * Stops every bundle, in reverse order of start levels, and lets the home go.
   *
   * @return whether all of them stopped in time
   */
  boolean stop() {
    try {
      framework.stop();
      if (framework.waitForStop(STOP_TIMEOUT_MS).getType() == FrameworkEvent.WAIT_TIMEDOUT) {
        return false;
      }
      lock.release();
      return true;
    } catch (BundleException | IOException e) {
      log.log(FrameworkLog.LOG_ERROR, "The framework does not stop", e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Map<String, Object> properties(Home home, Path distribution) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("felix.log.logger", log);
    properties.put("segue.home", home.folder().toString());
    properties.put("segue.dist", distribution.toString());
    properties.put(Constants.FRAMEWORK_STORAGE, home.cache().toString());
    properties.put(
        Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "100");
    properties.put(
        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
        loggingPackages() + ",org.osgi.service.log;version=1.5");
    // A bundle whose class is a flight recorder event needs them; no bundle knows that it does.
    properties.put(Constants.FRAMEWORK_BOOTDELEGATION, "jdk.jfr,jdk.jfr.*");
    properties.put("felix.bootdelegation.implicit", "false");
    return properties;
  }

  private static boolean serves(Bundle bundle) {
    String name = bundle.getSymbolicName();
    return SERVERS.stream()
        .anyMatch(prefix -> name.equals(prefix) || name.startsWith(prefix + "."));
  }

  /** One logger context for the launcher and all bundles. */
  private static String loggingPackages() {
    Stream<String> slf4j =
        Stream.of("org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi")
            .map(name -> exported(name, Logger.class));
    String logback = exported("ch.qos.logback.classic", LoggerContext.class);
    return Stream.concat(slf4j, Stream.of(logback)).collect(Collectors.joining(","));
  }

  private static String exported(String name, Class<?> member) {
    return name + ";version=\"" + member.getPackage().getImplementationVersion() + "\"";
  }

  private static List<Path> jars(Path folder) throws StartException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new StartException("The distribution's folder " + folder + " can't be read", e);
    }
  }
}
