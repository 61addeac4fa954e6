package io.segue.itests;

import io.segue.kernel.api.module.ModuleFactory;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes the artifact of a plan from classes of the tests: a handler, and modules. */
final class BrokenUpgrade {
  private static final String IMPORTS =
      "io.segue.kernel.api.upgrade;version=\"[1.0,2)\","
          + "io.segue.kernel.api.module;version=\"[1.0,2)\","
          + "io.segue.kernel.api.abci;version=\"[1.0,2)\","
          + "org.slf4j;version=\"[2.0,3)\"";

  private BrokenUpgrade() {}

  /** A handler, and what its generation is made of beside what carries over. */
  static Path write(Path jar, String plan, Class<? extends UpgradeHandler> handler, String... more)
      throws IOException {
    List<String> capabilities = new ArrayList<>();
    capabilities.add(
        "io.segue.generation;effective:=generation;plan="
            + plan
            + ";handler=\""
            + handler.getName()
            + "\"");
    capabilities.addAll(List.of(more));
    return bundle(jar, handler.getPackageName(), String.join(",", capabilities), handler);
  }

  /** A bundle {@code name} with a module of that name. */
  static Path module(
      Path jar, String name, Class<? extends ModuleFactory> factory, Class<?>... more)
      throws IOException {
    String capability =
        "io.segue.module;effective:=generation;name="
            + name
            + ";factory=\""
            + factory.getName()
            + "\"";
    List<Class<?>> classes = new ArrayList<>(List.of(more));
    classes.add(factory);
    return bundle(jar, name, capability, classes.toArray(Class<?>[]::new));
  }

  /** A bundle that has nothing but its name. */
  static Path plain(Path jar, String name) throws IOException {
    return bundle(jar, name, "org.example");
  }

  /** An archive of bundles. */
  static Path zip(Path zip, Path... jars) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Path jar : jars) {
        out.putNextEntry(new ZipEntry(String.valueOf(jar.getFileName())));
        Files.copy(jar, out);
      }
    }
    return zip;
  }

  private static Path bundle(Path jar, String name, String capabilities, Class<?>... classes)
      throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name);
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue("Import-Package", IMPORTS);
    main.putValue("Provide-Capability", capabilities);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (Class<?> one : classes) {
        String entry = one.getName().replace('.', '/') + ".class";
        try (InputStream bytes = one.getClassLoader().getResourceAsStream(entry)) {
          out.putNextEntry(new ZipEntry(entry));
          bytes.transferTo(out);
        }
      }
    }
    return jar;
  }
}
