package io.segue.bundles.sidecar.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a commit, by path from the folder that the plan names. In each folder with a file
 * {@code bnd.bnd} there are the sources of a bundle:
 *
 * <pre>
 * handler/bnd.bnd
 * handler/src/main/java/...         what is compiled
 * handler/src/main/resources/...    what goes into the bundle as it is
 * </pre>
 */
record SourceTree(SortedMap<String, byte[]> files) {
  static final String BND = "bnd.bnd";
  static final String JAVA = "src/main/java/";
  static final String RESOURCES = "src/main/resources/";

  /** Folders of bundles, each with a slash at its end, in order; "" is the root. */
  List<String> bundles() {
    List<String> folders = new ArrayList<>();
    for (String path : files.keySet()) {
      if (isBnd(path)) {
        folders.add(path.substring(0, path.length() - BND.length()));
      }
    }
    return folders;
  }

  /** A file that is known to be there. */
  byte[] content(String path) {
    return Objects.requireNonNull(files.get(path), path);
  }

  /** Files below a folder, by the rest of their path. */
  SortedMap<String, byte[]> below(String folder) {
    SortedMap<String, byte[]> below = new TreeMap<>();
    for (var file : files.tailMap(folder).entrySet()) {
      if (!file.getKey().startsWith(folder)) {
        break;
      }
      below.put(file.getKey().substring(folder.length()), file.getValue());
    }
    return below;
  }

  /** Whether a file matters to a build by javac; others are not even read. */
  static boolean matters(String path) {
    return isBnd(path)
        || ("/" + path).contains("/" + JAVA)
        || ("/" + path).contains("/" + RESOURCES);
  }

  private static boolean isBnd(String path) {
    return (path.equals(BND) || path.endsWith("/" + BND)) && !("/" + path).contains("/src/");
  }
}
