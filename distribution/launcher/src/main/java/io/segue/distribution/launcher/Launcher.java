package io.segue.distribution.launcher;

import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code segue start}: runs a node in the foreground until it is told to stop. {@code segue export}
 * is {@link Export}'s.
 *
 * <p>Exit codes: 0 after a clean stop, 1 where the node could not start, 2 where the command or the
 * home folder is not in order. SIGTERM and Ctrl-C stop the node cleanly and exit with 0.
 */
public final class Launcher {
  static final int STOPPED = 0;
  static final int FAILED = 1;
  static final int REFUSED = 2;

  /** The service of a kernel that runs. */
  private static final String NODE = "io.segue.kernel.api.node.Node";

  private Launcher() {}

  /** See the class. */
  public static void main(String[] args) {
    System.exit(
        args.length > 0 && args[0].equals(Export.COMMAND)
            ? Export.run(Arrays.copyOfRange(args, 1, args.length))
            : run(args));
  }

  private static int run(String[] args) {
    PlatformFramework platform;
    try {
      StartArguments arguments = StartArguments.parse(args);
      if (arguments.help()) {
        System.out.print(StartArguments.USAGE);
        return STOPPED;
      }
      arguments.properties().forEach(System::setProperty);
      platform = prepare(Home.open(arguments.home()), distribution(), false);
    } catch (StartException e) {
      System.err.println("segue: " + e.getMessage());
      return REFUSED;
    }
    return run(platform, LoggerFactory.getLogger(Launcher.class));
  }

  /** Where {@code bin/segue} says the distribution is. */
  static Path distribution() throws StartException {
    String folder = System.getProperty("segue.dist");
    if (folder == null) {
      throw new StartException("segue.dist is not set; start a node with bin/segue");
    }
    return Path.of(folder);
  }

  /** What must be in order before the first line goes to the node's log. */
  static PlatformFramework prepare(Home home, Path distribution, boolean offline)
      throws StartException {
    Pins.require();
    FileLock lock = home.lock();
    System.setProperty("segue.home", home.folder().toString());
    System.setProperty("logback.configurationFile", home.logging(distribution).toString());
    Logger log = LoggerFactory.getLogger(Launcher.class);
    Pins.tell(Runtime.version(), log);
    home.warnOfMissingSettings(distribution, log);
    return new PlatformFramework(home, distribution, lock, offline);
  }

  private static int run(PlatformFramework platform, Logger log) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndExit(platform, log), "stop"));
    try {
      int bundles = platform.start();
      log.info("{} bundles started, {} ms after the process", bundles, sinceProcessStartMs());
      if (!platform.offers(NODE)) {
        log.error(
            "The kernel does not run; fix what is named above. Settings count as soon as their"
                + " file is saved, and segue shell -c scr:list shows what waits for what");
      }
      platform.awaitStop();
      return STOPPED;
    } catch (StartException | BundleException e) {
      log.error("The node does not start: {}", e.getMessage(), e.getCause());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  /** The shutdown hook's work. Leaves by halt, as a hook has no other way to say "cleanly". */
  private static void stopAndExit(PlatformFramework platform, Logger log) {
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
