package io.segue.kernel.core.hold;

import io.segue.kernel.admission.artifact.RefusalReason;
import io.segue.kernel.api.node.CheckReport.Finding;
import java.util.Locale;

/**
 * What kind of obstacle keeps a generation from being ready, or a block from being executed or
 * committed. Each has its next step, which the status of the upgrade shows.
 */
public enum HoldReason {
  /** Bytes that a generation needs are not in the content store. */
  MISSING(Step.DEPLOY),
  /** Bytes have another digest than they are asked for by. */
  WRONG_DIGEST(
      "deploy the file with the digest in the plan; where all validators agree on other bytes,"
          + " upgrade:deploy --instead-of <digest in the plan> <file>"),
  /** The artifact is not a bundle or an archive of bundles, or passes a limit. */
  ARTIFACT(Step.REPAIR),
  /** A manifest can't be understood. */
  MANIFEST(Step.REPAIR),
  /** A bundle asks for what a bundle of a generation may not have. */
  ADMISSION(Step.REPAIR),
  /** What the generation declares and what is there do not fit together. */
  COMPOSITION(Step.REPAIR),
  /** The generation needs newer kernel rules than this node knows. */
  NEWER_KERNEL("restart the node with the newer distribution; it may be done at any height"),
  /** The generation runs on another version of Java. */
  OTHER_JAVA(
      "install the version of Java that is named, set JAVA_HOME to it, and restart the node; it"
          + " goes on where it is"),
  /** A bundle could not be installed. */
  INSTALL(Step.REPAIR),
  /** A bundle's imports can't be satisfied, or one of its classes can't be loaded. */
  UNRESOLVED(Step.REPAIR),
  /** A module factory is no factory, failed, or did not come back in time. */
  FACTORY(Step.REPAIR),
  /** The modules do not make a set, or one of them can't be read. */
  MODULES(Step.REPAIR),
  /** The upgrade handler can't be made, or failed. */
  HANDLER(Step.REPAIR),
  /** A store load failed. */
  LOADER(Step.REPAIR),
  /** The handler or an invariant refused the state, on a chain that does not allow abort. */
  ABORTED(Step.REPAIR),
  /** The sidecar that the plan asks for is not there, or its operator does not allow it. */
  SIDECAR_MISSING(
      "allow the sidecar in etc/io.segue.upgrade.cfg, or deploy the artifact by hand:"
          + " upgrade:deploy <file or url>"),
  /** The sidecar did not bring the artifact. */
  SIDECAR(
      "fix what the sidecar names, then upgrade:retry; or deploy the artifact by hand:"
          + " upgrade:deploy <file or url>"),
  /** Reading or writing the state or the content store failed. */
  STORAGE(
      "check the disk and the permissions of data/; the node tries again by itself, upgrade:retry"
          + " does it at once"),
  /** There is no room on the disk. */
  DISK_FULL("make room on the disk; the node tries again by itself, upgrade:retry does it at once"),
  /** This machine could not do it: memory, stack, or a class that could not be loaded. */
  MACHINE(
      "look into the log, and give the node more memory where it lacks some; the node tries again by"
          + " itself, upgrade:retry does it at once; where that does not help, restart the node,"
          + " which executes the block again; where the code of a plan fails so on every validator,"
          + " deploy a repaired artifact"),
  /** Code of a generation was cancelled: it did not end in time. */
  RUNAWAY(
      "upgrade:retry executes it again, and the node does so by itself; where this machine is only"
          + " slow, raise the limit that is named, in etc/io.segue.kernel.cfg; where the code of a plan"
          + " ends on no validator, deploy a fixed artifact, or all of them skip the plan by"
          + " skip-heights in etc/io.segue.kernel.cfg"),
  /** Code of the generation keeps state that is not in the store. */
  MODULE_STATE(
      "restart the node: what was kept is gone then, and the block is executed from the stored"
          + " state; tell the module's builder, and upgrade to a fixed module"),
  /** The chain could not be started. */
  GENESIS("fix what is named, in config/genesis.json or in data/artifacts, and restart the node"),
  /** The operator's settings ask for no further block. */
  HALTED(
      "raise or clear halt-height and halt-time in etc/io.segue.kernel.cfg, and the node goes on at"
          + " once; where they were given to segue start, start the node again without them"),
  /** The block failed outside its transactions. */
  EXECUTION(
      "upgrade:retry executes the block again; if it holds again at this height, report it with"
          + " the log"),
  /** The executed block could not be written. */
  COMMIT(
      "check the disk; the node tries again by itself, upgrade:retry does it at once; where that"
          + " does not help, restart the node, which executes the block again");

  private final String nextStep;

  HoldReason(String nextStep) {
    this.nextStep = nextStep;
  }

  /** What an artifact is refused for, as what keeps its generation from being ready. */
  static HoldReason of(RefusalReason reason) {
    return switch (reason) {
      case ARTIFACT -> ARTIFACT;
      case MANIFEST -> MANIFEST;
      case ADMISSION -> ADMISSION;
    };
  }

  /** What the operator does about it. */
  public String nextStep() {
    return nextStep;
  }

  /**
   * A finding of a check about what a deployment would be refused for.
   *
   * @param bundle symbolic name and version; empty where it is about the whole artifact
   */
  public Finding finding(String bundle, String what) {
    return Finding.refused(name().toLowerCase(Locale.ROOT).replace('_', '-'), bundle, what);
  }

  /** Whether time alone, or a hand on the machine, may fix it, so that it is tried again. */
  public boolean passing() {
    return switch (this) {
      case STORAGE, DISK_FULL, MACHINE, RUNAWAY, COMMIT, SIDECAR_MISSING -> true;
      default -> false;
    };
  }

  /** Whether the bundles of the plan are not there, so that somebody has to bring them. */
  public boolean bundlesMissing() {
    return switch (this) {
      case MISSING, WRONG_DIGEST, SIDECAR_MISSING, SIDECAR -> true;
      default -> false;
    };
  }

  /** Steps that several share. */
  private static final class Step {
    static final String DEPLOY = "deploy the artifact of the plan: upgrade:deploy <file or url>";
    static final String REPAIR =
        "deploy a fixed artifact; where the plan names a digest, the same on every validator, with"
            + " upgrade:deploy --instead-of <digest in the plan> <file>; or all of them skip the"
            + " plan by skip-heights in etc/io.segue.kernel.cfg";
  }
}
