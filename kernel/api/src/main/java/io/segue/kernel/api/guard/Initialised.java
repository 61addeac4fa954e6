package io.segue.kernel.api.guard;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;

/**
 * Which classes of generations are initialised. The kernel loads them with a call of {@link #done}
 * at the end of their initialisers, so that it can look at what their static fields keep without
 * initialising any. Keeps no class alive.
 *
 * <p>Thread safety: any thread.
 */
public final class Initialised {
  private static final Map<ClassLoader, List<WeakReference<Class<?>>>> CLASSES =
      new WeakHashMap<>();

  private Initialised() {}

  /** Called by the initialiser of a class, at its end. */
  public static void done(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    synchronized (CLASSES) {
      CLASSES.computeIfAbsent(loader, key -> new ArrayList<>()).add(new WeakReference<>(type));
    }
  }

  /** The classes of a loader that are initialised and have an initialiser, in that order. */
  public static List<Class<?>> of(ClassLoader loader) {
    synchronized (CLASSES) {
      List<Class<?>> classes = new ArrayList<>();
      for (WeakReference<Class<?>> reference : CLASSES.getOrDefault(loader, List.of())) {
        classes.add(Objects.requireNonNull(reference.get(), "a class whose loader is alive"));
      }
      return classes;
    }
  }
}
