package io.segue.kernel.core.crash;

import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Places of an upgrade at which a test can stop the process as {@code kill -9} does. The system
 * property {@value #PROPERTY} names the one to stop at, or several with commas between them;
 * without it a place costs one look-up.
 *
 * <p>The system property {@value #ACTION} has something else happen there, once at each place:
 *
 * <table>
 * <caption>Actions</caption>
 * <tr><td>{@code kill:FILE}<td>the process whose number is in the file is killed, and this one goes
 * on: the engine's, for one
 * <tr><td>{@code pause:MS}<td>the thread waits for so many milliseconds
 * </table>
 */
public enum CrashPoint {
  /** The block that scheduled the plan is committed. */
  SCHEDULED,
  /** The sidecar is about to run. */
  FETCHING,
  /** The artifact is in the content store. */
  FETCHED,
  /** The new bundles are admitted; none is installed. */
  ADMITTED,
  /** The new bundles are installed and resolved beside the running ones. */
  INSTALLED,
  /** The new generation's bundles and manifest are in the content store. */
  KEPT,
  /** The new generation is ready. */
  STAGED,
  /** The block of the plan's height arrived. */
  DUE,
  /** The handler has said which stores to load; none is loaded. */
  LOAD_STARTED,
  /** Part of a store is rewritten. */
  LOAD_HALF,
  /** All entries of a store were given; it is not complete. */
  LOAD_FILLED,
  /** A store is complete; nothing refers to it. */
  LOAD_COMPLETE,
  /** All stores are loaded; nothing refers to them. */
  LOADED,
  /** The modules are migrated, in memory. */
  MIGRATED,
  /** The handler is done, in memory. */
  HANDLED,
  /** The block's transactions ran on the new code. */
  EXECUTED,
  /** The root is known and about to be answered. */
  SEALED,
  /** The engine asked for the commit. */
  COMMITTING,
  /** The commit is durable; the new generation is not published. */
  COMMITTED,
  /** The new generation serves. */
  PUBLISHED,
  /** No height of the old generation can be read any more. */
  PRUNED,
  /** The bundles of the old generation are removed. */
  RETIRED;

  /** System property with the name of the place to stop at. */
  public static final String PROPERTY = "segue.crashAt";

  private static final Logger LOG = LoggerFactory.getLogger(CrashPoint.class);

  /** Exit status of a process that stopped at a place, as after SIGKILL. */
  public static final int EXIT_STATUS = 137;

  /** System property with what happens at the places; without it the process stops. */
  public static final String ACTION = "segue.crashBy";

  private static final String KILL = "kill:";
  private static final String PAUSE = "pause:";

  private final AtomicBoolean acted = new AtomicBoolean();

  /** Stops this process at once, without any clean-up, if this is a place asked for. */
  public void reached() {
    String asked = System.getProperty(PROPERTY);
    if (asked != null && List.of(asked.split(",")).contains(name())) {
      act(System.getProperty(ACTION, ""));
    }
  }

  private void act(String action) {
    if (action.isEmpty()) {
      Runtime.getRuntime().halt(EXIT_STATUS);
    } else if (!acted.getAndSet(true)) {
      LOG.warn("{} is reached: {}", this, action);
      if (action.startsWith(KILL)) {
        kill(Path.of(action.substring(KILL.length())));
      } else if (action.startsWith(PAUSE)) {
        pause(Long.parseLong(action.substring(PAUSE.length())));
      } else {
        throw new IllegalArgumentException(ACTION + " " + action);
      }
    }
  }

  private static void pause(long ms) {
    long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
    for (long leftNs = endNs - System.nanoTime(); leftNs > 0; leftNs = endNs - System.nanoTime()) {
      LockSupport.parkNanos(leftNs);
    }
  }

  private static void kill(Path pidFile) {
    try {
      ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
          .ifPresent(ProcessHandle::destroyForcibly);
    } catch (IOException e) {
      LOG.warn("no process to kill: {}", FailureText.of(e));
    }
  }
}
