package io.segue.kernel.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Archives of built bundles, for tests that deploy them. */
public final class Bundles {
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private Bundles() {}

  /**
   * An archive of these bundles.
   *
   * @param bundles each a jar, or the folder of classes of one that is being built: {@code
   *     target/classes}, with its manifest
   */
  public static byte[] archive(Path... bundles) throws IOException {
    return archive(Arrays.asList(bundles));
  }

  /** An archive of all jars in a folder, in order of their names. */
  public static byte[] archiveOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return archive(files.filter(file -> file.toString().endsWith(".jar")).sorted().toList());
    }
  }

  private static byte[] archive(List<Path> bundles) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (Path bundle : bundles) {
      boolean folder = Files.isDirectory(bundle);
      String name = folder ? "bundle" + entries.size() + ".jar" : bundle.getFileName().toString();
      entries.put(name, folder ? jar(bundle) : Files.readAllBytes(bundle));
    }
    return Jars.zip(entries);
  }

  /** A jar of a folder's files, the manifest first. */
  private static byte[] jar(Path folder) throws IOException {
    Path manifest = folder.resolve(MANIFEST);
    if (!Files.exists(manifest)) {
      throw new IOException(
          "there is no " + manifest + "; build the bundle first, as mvn process-classes does");
    }
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(MANIFEST, Files.readAllBytes(manifest));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        entries.put(
            folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    return Jars.zip(entries);
  }
}
