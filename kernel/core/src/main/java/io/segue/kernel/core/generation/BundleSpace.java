package io.segue.kernel.core.generation;

import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.Loading;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.util.Collection;
import java.util.Set;

/**
 * Where bundles become classes: the OSGi framework in a node, class loaders in tests. Calls come
 * from one thread at a time.
 */
public interface BundleSpace {
  /**
   * Installs a bundle beside whatever is there. Runs nothing of it.
   *
   * @param file what was checked of it; nothing else of its bytes is seen
   * @param loading how its classes are loaded
   * @throws GenerationException {@link HoldReason#INSTALL}
   */
  Installed install(BundleFile file, Loading loading) throws GenerationException;

  /**
   * Resolves installed bundles.
   *
   * @throws GenerationException {@link HoldReason#UNRESOLVED}, with the resolver's reason in words
   */
  void resolve(Collection<? extends Installed> bundles) throws GenerationException;

  /**
   * Loads every class of resolved bundles, initialising none: what is missing is found before the
   * upgrade's height, and what is there is not read from disk at that height.
   *
   * @throws GenerationException {@link HoldReason#UNRESOLVED} where one can't be loaded
   */
  void loadClasses(Collection<? extends Installed> bundles) throws GenerationException;

  /**
   * Removes bundles. Never throws: what can't be removed is logged and stays. Class loaders become
   * collectable unless the dependency closure of these bundles holds one that is in use; then the
   * bundles are uninstalled but not refreshed, and that is logged.
   */
  void uninstall(Collection<? extends Installed> bundles);

  /** Symbolic names of the bundles that are no part of any generation. */
  Set<String> platformNames();

  /** A bundle in this space. */
  interface Installed {
    /** The framework's number for it; differs between nodes. */
    long id();

    /** Its state in the framework's words, as {@code ACTIVE}. */
    String state();

    /**
     * Makes an object with the class's public no-argument constructor.
     *
     * @throws ReflectiveOperationException where there is no such class or constructor, or the
     *     constructor failed
     */
    Object newInstance(String className) throws ReflectiveOperationException;
  }
}
