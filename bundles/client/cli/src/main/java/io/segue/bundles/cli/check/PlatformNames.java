package io.segue.bundles.cli.check;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.nodes.Distribution;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;

/** Symbolic names of the bundles that a node of this distribution has besides its generations. */
final class PlatformNames {
  private static final String NAME = "Bundle-SymbolicName";

  private PlatformNames() {}

  /** The names; none where the distribution's folder is not known. */
  static Set<String> read() {
    Set<String> names = new TreeSet<>();
    if (Distribution.isKnown()) {
      Path folder = Distribution.folder();
      add(names, folder.resolve("platform").resolve("1"), "*.jar");
      add(names, folder.resolve("platform").resolve("2"), "*.jar");
      add(names, folder.resolve("lib"), "org.apache.felix.framework-*.jar");
    }
    return names;
  }

  private static void add(Set<String> names, Path folder, String files) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, files)) {
      for (Path path : jars) {
        try (JarFile jar = new JarFile(path.toFile())) {
          String name = jar.getManifest().getMainAttributes().getValue(NAME);
          if (name != null) {
            names.add(name.split(";", 2)[0].strip());
          }
        }
      }
    } catch (IOException e) {
      throw new CliException(folder + " can't be read: " + FailureText.of(e), e);
    }
  }
}
