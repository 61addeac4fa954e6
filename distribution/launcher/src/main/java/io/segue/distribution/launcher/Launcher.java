package io.segue.distribution.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code segue start}: runs a node in the foreground until it is told to stop.
 *
 * <p>Exit codes: 0 after a clean stop, 1 where the node could not start, 2 where the command or the
 * home folder is not in order. SIGTERM and Ctrl-C stop the node cleanly and exit with 0.
 */
public final class Launcher {
  static final int STOPPED = 0;
  static final int FAILED = 1;
  static final int REFUSED = 2;

  private Launcher() {}

  /** See the class. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  private static int run(String[] args) {
    Home home;
    Path distribution;
    try {
      Arguments arguments = Arguments.parse(args);
      if (arguments.help()) {
        System.out.print(Arguments.USAGE);
        return STOPPED;
      }
      home = Home.open(arguments.home());
      distribution = distribution();
    } catch (StartException e) {
      System.err.println("segue: " + e.getMessage());
      return REFUSED;
    }
    System.setProperty("segue.home", home.folder().toString());
    System.setProperty("logback.configurationFile", home.logging(distribution).toString());
    return run(home, distribution);
  }

  /** Where {@code bin/segue} says the distribution is. */
  private static Path distribution() throws StartException {
    String folder = System.getProperty("segue.dist");
    if (folder == null) {
      throw new StartException("segue.dist is not set; start a node with bin/segue");
    }
    return Path.of(folder);
  }

  private static int run(Home home, Path distribution) {
    Logger log = LoggerFactory.getLogger(Launcher.class);
    for (String missing : home.missingSettings(distribution)) {
      log.warn(
          "etc/{} is missing, so what it configures does not start; to have it, copy {} to {}",
          missing,
          distribution.resolve("etc").resolve(missing),
          home.folder().resolve("etc"));
    }
    try {
      Platform platform = new Platform(home, distribution);
      Thread onSignal = new Thread(() -> stopAndExit(platform, log), "stop");
      Runtime.getRuntime().addShutdownHook(onSignal);
      int bundles = platform.start();
      log.info("{} bundles started, {} ms after the process", bundles, sinceProcessStartMs());
      platform.awaitStop();
      return STOPPED;
    } catch (StartException e) {
      log.error("{}", e.getMessage(), e.getCause());
      return FAILED;
    } catch (BundleException e) {
      log.error("The framework does not start: {}", e.getMessage(), e);
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  /** The shutdown hook's work. Leaves by halt, as a hook has no other way to say "cleanly". */
  private static void stopAndExit(Platform platform, Logger log) {
    if (!platform.started()) {
      return;
    }
    long beginNs = System.nanoTime();
    boolean stopped = platform.stop();
    long tookMs = Duration.ofNanos(System.nanoTime() - beginNs).toMillis();
    if (stopped) {
      log.info("Stopped in {} ms", tookMs);
      Runtime.getRuntime().halt(STOPPED);
    }
    log.error("Not stopped cleanly within {} ms; the next start recovers", tookMs);
    Runtime.getRuntime().halt(FAILED);
  }

  private static long sinceProcessStartMs() {
    Instant now = Instant.now();
    return Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now)
        .toMillis();
  }
}
