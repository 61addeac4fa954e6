package io.segue.kernel.testkit.internal;

import io.segue.kernel.admission.artifact.BundleEntries;
import io.segue.kernel.admission.artifact.Loading;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Classes and resources of one jar in memory, and what bundles of a generation may import. */
public final class JarLoader extends ClassLoader {
  /** The last one: what the JDK generates for a method that is called by reflection often. */
  private static final List<String> IMPORTED =
      List.of(
          "java.",
          "io.segue.kernel.api.",
          "com.google.protobuf.",
          "org.slf4j.",
          "jdk.internal.reflect.");

  private static final String SUFFIX = ".class";

  private final BundleEntries entries;
  private final Loading loading;

  /**
   * Of the entries of a bundle.
   *
   * @param loading how the classes are loaded
   */
  public JarLoader(BundleEntries entries, Loading loading) {
    super(JarLoader.class.getClassLoader());
    this.entries = entries;
    this.loading = loading;
  }

  /** Loads every class; refused where one can't be. */
  void loadAll() throws GenerationException {
    for (String entry : new TreeSet<>(entries.names())) {
      if (entry.endsWith(SUFFIX)) {
        String name = entry.substring(0, entry.length() - SUFFIX.length()).replace('/', '.');
        try {
          loadClass(name);
        } catch (ClassNotFoundException | LinkageError e) {
          throw new GenerationException(
              HoldReason.UNRESOLVED, "class " + name + " can't be loaded: " + e);
        }
      }
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (IMPORTED.stream().anyMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes =
        entries
            .read(name.replace('.', '/') + SUFFIX, loading)
            .orElseThrow(() -> new ClassNotFoundException(name));
    return defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    return entries.read(name, loading).map(ByteArrayInputStream::new).orElse(null);
  }
}
