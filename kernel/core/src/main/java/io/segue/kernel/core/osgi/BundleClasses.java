package io.segue.kernel.core.osgi;

import io.segue.kernel.admission.artifact.BundleEntries;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Loads classes of a bundle to learn whether it is complete. */
final class BundleClasses {
  private static final String NO_SUCH_CLASS = "no.such.Class";
  private static final String SUFFIX = ".class";

  private BundleClasses() {}

  /**
   * Loads every class of a resolved bundle, initialising none.
   *
   * @throws GenerationException {@link HoldReason#UNRESOLVED} where one can't be loaded
   */
  static void load(Bundle bundle, BundleEntries entries) throws GenerationException {
    for (String path : entries.names()) {
      if (path.endsWith(SUFFIX)) {
        load(bundle, path.substring(0, path.length() - SUFFIX.length()).replace('/', '.'));
      }
    }
  }

  /**
   * Why a bundle does not resolve, in the resolver's words. Asking for a class makes the framework
   * resolve the bundle and say what is missing, and starts nothing.
   */
  static String whyUnresolved(Bundle bundle) {
    try {
      bundle.loadClass(NO_SUCH_CLASS);
      return "it resolves by now; try again";
    } catch (ClassNotFoundException e) {
      return e.getCause() instanceof BundleException cause
          ? String.valueOf(cause.getMessage())
          : "another bundle of the generation does not";
    }
  }

  private static void load(Bundle bundle, String className) throws GenerationException {
    try {
      bundle.loadClass(className);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new GenerationException(
          HoldReason.UNRESOLVED,
          "bundle "
              + bundle.getSymbolicName()
              + " "
              + bundle.getVersion()
              + " is not complete: class "
              + className
              + " can't be loaded: "
              + e
              + "; build it with all the classes it uses");
    }
  }
}
