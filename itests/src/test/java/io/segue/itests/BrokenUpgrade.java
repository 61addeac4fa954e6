package io.segue.itests;

import io.segue.kernel.api.upgrade.UpgradeHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Makes the artifact of a plan that brings nothing but a handler. */
final class BrokenUpgrade {
  private BrokenUpgrade() {}

  static Path write(Path jar, String plan, Class<? extends UpgradeHandler> handler)
      throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", handler.getPackageName());
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue("Import-Package", "io.segue.kernel.api.upgrade;version=\"[1.0,2)\"");
    main.putValue(
        "Provide-Capability",
        "io.segue.generation;effective:=generation;plan="
            + plan
            + ";handler=\""
            + handler.getName()
            + "\";rules:Long=1");
    String entry = handler.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        InputStream bytes = handler.getClassLoader().getResourceAsStream(entry)) {
      out.putNextEntry(new ZipEntry(entry));
      bytes.transferTo(out);
    }
    return jar;
  }
}
