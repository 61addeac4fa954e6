package io.segue.kernel.core.fingerprint;

import io.segue.kernel.api.guard.Initialised;
import io.segue.kernel.core.module.ModuleSet;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the modules of one generation keep in memory: all that their objects reach, and the static
 * fields of their classes that are initialised. The first {@link #sample} remembers it, each later
 * one compares. Admission refuses fields that are written; this finds what no look at class files
 * does: an array, a collection or a captured object of a final field.
 *
 * <p>It reads while modules run. A change is found at the next sample, not in the moment it is
 * made.
 *
 * <p>Thread safety: any thread.
 */
public final class Fingerprint {
  private final Map<String, Object> roots;
  private final Set<ClassLoader> loaders = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Class<?>> classes = new LinkedHashSet<>();
  private final Map<Class<?>, List<Field>> fields = ObjectWalk.cache();
  private long @Nullable [] known;
  private volatile @Nullable String change;

  /** Of modules that may run already; code that shares the kernel's class loader is a test's. */
  public Fingerprint(ModuleSet modules) {
    roots = modules.callees();
    for (Object root : roots.values()) {
      ClassLoader loader = root.getClass().getClassLoader();
      if (loader != null && loader != Fingerprint.class.getClassLoader()) {
        loaders.add(loader);
      }
    }
  }

  /** What changed since the first sample, by its place; empty where nothing did. */
  public Optional<String> change() {
    return Optional.ofNullable(change);
  }

  /** Looks at it once, and compares. */
  public synchronized void sample() {
    if (change != null || loaders.isEmpty()) {
      return;
    }
    try {
      long[] now = walk(false).numbers();
      int first = known == null ? -1 : firstDifference(known, now);
      if (first < 0) {
        known = now;
      } else {
        change = walk(true).nameOf(first) + " has changed";
      }
    } catch (RuntimeException e) {
      change = "what modules keep can't be read: " + e;
    }
  }

  /** What may change without being seen, by its place and class. */
  public synchronized List<String> unknown() {
    return walk(true).unknown();
  }

  private ObjectWalk walk(boolean naming) {
    for (ClassLoader loader : loaders) {
      classes.addAll(Initialised.of(loader));
    }
    ObjectWalk walk =
        new ObjectWalk(type -> loaders.contains(type.getClassLoader()), fields, naming);
    roots.forEach(walk::from);
    classes.forEach(walk::fromStatics);
    return walk;
  }

  /** Classes that were initialised since are new at the end; anything else is a difference. */
  private static int firstDifference(long[] before, long[] now) {
    for (int i = 0; i < before.length; i++) {
      if (i == now.length || before[i] != now[i]) {
        return i;
      }
    }
    return -1;
  }
}
