package io.segue.kernel.core.crash;

/**
 * Places of an upgrade at which a test can stop the process as {@code kill -9} does. The system
 * property {@value #PROPERTY} names the one to stop at; without it a place costs one look-up.
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
  /** The new generation stands ready. */
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

  /** Exit status of a process that stopped at a place, as after SIGKILL. */
  public static final int EXIT_STATUS = 137;

  /** Stops the process at once, without any clean-up, if this is the place asked for. */
  public void reached() {
    if (name().equals(System.getProperty(PROPERTY))) {
      Runtime.getRuntime().halt(EXIT_STATUS);
    }
  }
}
