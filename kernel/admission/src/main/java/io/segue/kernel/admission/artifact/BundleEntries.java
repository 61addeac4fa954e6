package io.segue.kernel.admission.artifact;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files of a bundle that can be reached once it is installed: those that were checked, and
 * nothing else of the jar. Left out are folders, whatever is in {@code META-INF}, and a module
 * descriptor. The jar stays packed; a file is unpacked when it is asked for.
 *
 * <p>Thread safety: any thread.
 */
public final class BundleEntries {
  private static final String CLASS = ".class";
  private static final String META_INF = "META-INF/";
  private static final String MODULE_INFO = "module-info.class";

  private final ZipArchive jar;
  private final Map<String, ZipDirectory.Entry> entries;

  private BundleEntries(ZipArchive jar, Map<String, ZipDirectory.Entry> entries) {
    this.jar = jar;
    this.entries = entries;
  }

  static BundleEntries of(ZipArchive jar) {
    Map<String, ZipDirectory.Entry> entries = new LinkedHashMap<>();
    for (ZipDirectory.Entry entry : jar.entries()) {
      String path = entry.name();
      if (!entry.isFolder() && !path.startsWith(META_INF) && !path.equals(MODULE_INFO)) {
        entries.put(path, entry);
      }
    }
    return new BundleEntries(jar, Collections.unmodifiableMap(entries));
  }

  /** The paths, in the order of the jar. */
  public Set<String> names() {
    return entries.keySet();
  }

  /** Whether there is a file at a path. */
  public boolean has(String path) {
    return entries.containsKey(path);
  }

  /**
   * The bytes of a file as they are loaded; empty where there is none. A class is the one that
   * {@link Loading} makes of it.
   *
   * @param loading how the classes of the bundle are loaded
   * @throws ClassFormatError where it is a class that can't be loaded
   * @throws IllegalStateException where they are not those that were checked: somebody changed the
   *     array that the jar was read from
   */
  public Optional<byte[]> read(String path, Loading loading) {
    ZipDirectory.Entry entry = entries.get(path);
    if (entry == null) {
      return Optional.empty();
    }
    try {
      byte[] content = jar.content(entry);
      return Optional.of(path.endsWith(CLASS) ? loaded(path, content, loading) : content);
    } catch (RefusedException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static byte[] loaded(String path, byte[] admitted, Loading loading) {
    try {
      return loading.apply(admitted);
    } catch (RuntimeException e) { // whatever a damaged file makes ASM stumble over
      throw (ClassFormatError) new ClassFormatError(path + " can't be loaded: " + e).initCause(e);
    }
  }
}
