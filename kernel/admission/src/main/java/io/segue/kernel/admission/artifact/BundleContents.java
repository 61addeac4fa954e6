package io.segue.kernel.admission.artifact;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bundle with what is in it, unpacked.
 *
 * @param classes the class files by their path in the jar, in the jar's order
 */
public record BundleContents(BundleFile file, Map<String, byte[]> classes) {
  private static final String CLASS = ".class";

  /**
   * Unpacks every entry of a jar, once, and checks it.
   *
   * @param what names the jar in errors
   */
  static BundleContents read(String what, Content jar, ZipDirectory.Budget budget)
      throws RefusedException {
    return read(what, jar, ZipArchive.open(what, jar.bytes(), budget));
  }

  /** As {@link #read(String, Content, ZipDirectory.Budget)}, of a jar that is open. */
  static BundleContents read(String what, Content jar, ZipArchive zip) throws RefusedException {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    for (ZipDirectory.Entry entry : zip.entries()) {
      if (entry.name().endsWith(CLASS)) {
        classes.put(entry.name(), zip.content(entry));
      } else if (!entry.name().equals(ManifestHeaders.ENTRY)) {
        zip.verify(entry);
      }
    }
    return new BundleContents(BundleFile.of(what, jar, zip), classes);
  }
}
