package io.segue.bundles.cli.project;

import io.segue.bundles.cli.console.CliException;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * The bundle of a module as a chain runs it.
 *
 * @param jar its bytes
 * @param symbolicName by which generations name it, in every version
 * @param version its version
 */
record BuiltBundle(Path jar, String symbolicName, String version) {
  /**
   * Reads a jar's manifest.
   *
   * @throws CliException where it is no bundle
   */
  static BuiltBundle read(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
      String name = headers.getValue("Bundle-SymbolicName");
      String version = headers.getValue("Bundle-Version");
      if (name == null || version == null) {
        throw new CliException(
            jar + " is no bundle: its manifest names no symbolic name or version");
      }
      return new BuiltBundle(jar, name.split(";", 2)[0].strip(), version.strip());
    } catch (IOException e) {
      throw new CliException(jar + " can't be read: " + FailureText.of(e), e);
    }
  }

  /** The version of the module's next bundle: the next major one. */
  String nextVersion() {
    return Integer.parseInt(version.split("\\.", 2)[0]) + 1 + ".0.0";
  }
}
