package io.segue.kernel.core.assembly;

import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.Loading;
import io.segue.kernel.core.generation.BundleSpace;
import io.segue.kernel.core.hold.GenerationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bundles of all generations. A bundle that several generations share is installed once for
 * each number of the kernel rules, as it is loaded under, and counted; it goes when the last of
 * them gives it back.
 *
 * <p>Thread safety: any thread; calls wait for each other.
 */
final class BundlePool {
  private final BundleSpace space;
  private final Map<Key, Pooled> bundles = new HashMap<>();

  /** A bundle, and the kernel rules that it is loaded under. */
  private record Key(String sha256, long rules) {}

  /** A bundle with the number of generations that hold it. */
  private static final class Pooled {
    private final BundleSpace.Installed installed;
    private int holders;

    Pooled(BundleSpace.Installed installed) {
      this.installed = installed;
    }
  }

  BundlePool(BundleSpace space) {
    this.space = space;
  }

  /**
   * Installs and resolves bundles, or counts those that are there. Either all of them are acquired,
   * or none.
   *
   * @param loading how their classes are loaded, but for what is there
   * @param complete whether to load all their classes
   * @return what was acquired, by digest
   */
  synchronized Map<String, BundleSpace.Installed> acquire(
      Collection<BundleFile> files, Loading loading, boolean complete) throws GenerationException {
    Map<String, BundleSpace.Installed> acquired = new HashMap<>();
    boolean done = false;
    try {
      for (BundleFile file : files) {
        acquired.put(file.sha256(), acquire(file, loading));
      }
      space.resolve(acquired.values());
      if (complete) {
        space.loadClasses(acquired.values());
      }
      done = true;
      return acquired;
    } finally {
      if (!done) {
        release(acquired.keySet(), loading.rules());
      }
    }
  }

  /**
   * Gives bundles back, by digest; uninstalls those that nobody holds any longer.
   *
   * @param rules number of the kernel rules
   */
  synchronized void release(Collection<String> digests, long rules) {
    List<BundleSpace.Installed> unused = new ArrayList<>();
    for (String sha256 : digests) {
      Key key = new Key(sha256, rules);
      Pooled pooled = bundles.get(key);
      if (pooled == null) {
        throw new IllegalStateException("bundle " + sha256 + " is given back but not held");
      }
      if (--pooled.holders == 0) {
        bundles.remove(key);
        unused.add(pooled.installed);
      }
    }
    if (!unused.isEmpty()) {
      space.uninstall(unused);
    }
  }

  Set<String> platformNames() {
    return space.platformNames();
  }

  private BundleSpace.Installed acquire(BundleFile file, Loading loading)
      throws GenerationException {
    Key key = new Key(file.sha256(), loading.rules());
    Pooled pooled = bundles.get(key);
    if (pooled == null) {
      pooled = new Pooled(space.install(file, loading));
      bundles.put(key, pooled);
    }
    pooled.holders++;
    return pooled.installed;
  }
}
