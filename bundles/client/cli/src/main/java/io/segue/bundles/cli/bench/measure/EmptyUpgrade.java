package io.segue.bundles.cli.bench.measure;

import io.segue.bundles.cli.console.CliException;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Makes the bundle of a plan that changes no module and no data: what is left is the switch. */
public final class EmptyUpgrade {
  private static final String HANDLER = EmptyHandler.class.getName();
  private static final String CLASS_FILE = HANDLER.replace('.', '/') + ".class";

  private EmptyUpgrade() {}

  /** Writes the bundle of a plan into a folder; answers with the file. */
  public static Path write(Path folder, String plan) {
    Path file = folder.resolve(plan + ".jar");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest(plan));
        InputStream bytes = EmptyUpgrade.class.getClassLoader().getResourceAsStream(CLASS_FILE)) {
      if (bytes == null) {
        throw new CliException("the class " + HANDLER + " is not on the class path");
      }
      jar.putNextEntry(new ZipEntry(CLASS_FILE));
      bytes.transferTo(jar);
      jar.closeEntry();
      return file;
    } catch (IOException e) {
      throw new CliException(file + " can't be written: " + FailureText.of(e), e);
    }
  }

  private static Manifest manifest(String plan) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "io.segue.bench." + plan);
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue("Import-Package", "io.segue.kernel.api.upgrade;version=\"[1.0,2)\"");
    main.putValue(
        "Provide-Capability",
        "io.segue.generation;effective:=generation;plan=" + plan + ";handler=\"" + HANDLER + "\"");
    return manifest;
  }
}
