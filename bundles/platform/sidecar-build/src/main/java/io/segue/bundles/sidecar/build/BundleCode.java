package io.segue.bundles.sidecar.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.osgi.framework.Bundle;

/**
 * The class path of this sidecar for a Java without a framework: its bundle, which carries bnd, as
 * a jar in the bundle's own data area, and of the distribution what bnd and the sidecar import.
 */
final class BundleCode {
  /** What the names of those jars begin with. */
  private static final List<String> IMPORTED =
      List.of("io.segue.kernel.api-", "org.apache.felix.framework-", "org.osgi.", "slf4j-api-");

  private static final List<String> FOLDERS = List.of("lib", "platform/1", "platform/2");
  private static final String JAR = "compiler.jar";

  private final Bundle bundle;
  private final Path distribution;

  BundleCode(Bundle bundle, Path distribution) {
    this.bundle = bundle;
    this.distribution = distribution;
  }

  /** Writes the bundle's jar where it is not there yet. */
  synchronized List<Path> classPath() throws IOException {
    List<Path> classPath = new ArrayList<>();
    Path jar = bundle.getDataFile(JAR).toPath();
    if (!Files.exists(jar)) {
      Path incomplete = jar.resolveSibling(JAR + ".incomplete");
      write(incomplete);
      Files.move(incomplete, jar);
    }
    classPath.add(jar);
    for (String folder : FOLDERS) {
      try (Stream<Path> files = Files.list(distribution.resolve(folder))) {
        files.filter(BundleCode::isImported).sorted().forEach(classPath::add);
      }
    }
    return classPath;
  }

  private void write(Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.setLevel(0);
      Enumeration<URL> entries = bundle.findEntries("/", "*", true);
      while (entries.hasMoreElements()) {
        URL entry = entries.nextElement();
        String name = entry.getPath().substring(1);
        if (!name.endsWith("/") && !name.startsWith("META-INF/")) {
          zip.putNextEntry(new ZipEntry(name));
          try (InputStream in = entry.openStream()) {
            in.transferTo(zip);
          }
        }
      }
    }
  }

  private static boolean isImported(Path jar) {
    String name = String.valueOf(jar.getFileName());
    return name.endsWith(".jar") && IMPORTED.stream().anyMatch(name::startsWith);
  }
}
