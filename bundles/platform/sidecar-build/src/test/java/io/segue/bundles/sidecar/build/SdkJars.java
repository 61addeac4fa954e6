package io.segue.bundles.sidecar.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Jars of the sdk, as a distribution has them. */
final class SdkJars {
  private SdkJars() {}

  /** The sdk of this build, under a version. */
  static Path current(Path folder, String version) throws IOException {
    return write(folder, version, bytes -> bytes);
  }

  /** One in which every class has other bytes: each says that it comes of another source file. */
  static Path changed(Path folder, String version) throws IOException {
    return write(
        folder,
        version,
        bytes ->
            new String(bytes, StandardCharsets.ISO_8859_1)
                .replace(".java", ".javb")
                .getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Path write(Path folder, String version, UnaryOperator<byte[]> change)
      throws IOException {
    SortedMap<String, byte[]> files = classes();
    files.replaceAll((path, bytes) -> change.apply(bytes));
    Path jar = folder.resolve("io.segue.bundles.sdk-" + version + ".jar");
    return Files.write(jar, StableZip.of(files));
  }

  private static SortedMap<String, byte[]> classes() throws IOException {
    Path sdk =
        Arrays.stream(System.getProperty("java.class.path").split(":"))
            .filter(entry -> entry.contains("libraries/sdk"))
            .map(Path::of)
            .findFirst()
            .orElseThrow();
    SortedMap<String, byte[]> classes = new TreeMap<>();
    if (Files.isDirectory(sdk)) {
      try (Stream<Path> files = Files.walk(sdk)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          classes.put(sdk.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    } else {
      try (InputStream in = Files.newInputStream(sdk);
          ZipInputStream zip = new ZipInputStream(in)) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          if (!entry.isDirectory()) {
            classes.put(entry.getName(), zip.readAllBytes());
          }
        }
      }
    }
    classes.keySet().removeIf(path -> !path.endsWith(".class"));
    return classes;
  }
}
