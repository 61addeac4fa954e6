package io.segue.kernel.testkit;

import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.BundleManifest;
import io.segue.kernel.admission.artifact.Content;
import io.segue.kernel.admission.artifact.Loading;
import io.segue.kernel.admission.artifact.RefusedException;
import io.segue.kernel.admission.load.LoadRules;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.ModuleFactory;
import io.segue.kernel.api.module.Platform;
import io.segue.kernel.testkit.internal.JarLoader;
import io.segue.kernel.testkit.internal.Jars;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Archives of built bundles, for tests that deploy them. */
public final class Bundles {
  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final String CAPABILITY = "Provide-Capability";

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

  /**
   * A module as the bytes of its bundle make it, with classes of its own.
   *
   * @param jar whose manifest offers {@code io.segue.module}
   * @param platform what the module is made with
   * @throws IOException where the jar can't be read, or the module can't be made
   */
  public static Module module(Path jar, Platform platform) throws IOException {
    BundleFile file;
    try {
      file = BundleFile.kept("the bundle " + jar, Content.of(Files.readAllBytes(jar)));
    } catch (RefusedException e) {
      throw new IOException(e.text(), e);
    }
    String factory =
        file.manifest().modules().values().stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new IOException(jar + " offers no " + BundleManifest.MODULE + " with factory"));
    try {
      Object made =
          new JarLoader(file.entries(), new Loading(LoadRules.NEWEST))
              .loadClass(factory)
              .getConstructor()
              .newInstance();
      return ((ModuleFactory) made).create(platform);
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      throw new IOException("the module of " + jar + " can't be made by " + factory, e);
    }
  }

  /** An archive of all jars in a folder, whose declaration names these modules, too. */
  static byte[] genesis(Path folder, Path... modules) throws IOException {
    Map<String, byte[]> archive = Jars.entries(archiveOf(folder));
    StringBuilder declared = new StringBuilder();
    for (Path module : modules) {
      Map<String, byte[]> entries = Jars.entries(Files.readAllBytes(module));
      Attributes headers = headers(entries);
      declared
          .append(",io.segue.generation.module;effective:=generation;name=")
          .append(attribute(module, entries, "name"))
          .append(";bundle=\"")
          .append(headers.getValue("Bundle-SymbolicName"))
          .append("\";version:Version=\"")
          .append(headers.getValue("Bundle-Version"))
          .append('"');
      archive.put(module.getFileName().toString(), Files.readAllBytes(module));
    }
    if (modules.length > 0) {
      archive.replaceAll((name, jar) -> declaring(jar, declared.toString()));
    }
    return Jars.zip(archive);
  }

  /** The bundle, with more in its declaration where it is the one that declares. */
  private static byte[] declaring(byte[] jar, String more) {
    Map<String, byte[]> entries = Jars.entries(jar);
    Map<String, String> headers = new LinkedHashMap<>();
    headers(entries).forEach((name, value) -> headers.put(name.toString(), value.toString()));
    String capability = headers.getOrDefault(CAPABILITY, "");
    if (!capability.contains("io.segue.generation;")) {
      return jar;
    }
    headers.put(CAPABILITY, capability + more);
    entries.put(MANIFEST, Jars.manifest(headers));
    return Jars.zip(entries);
  }

  private static String attribute(Path jar, Map<String, byte[]> entries, String name)
      throws IOException {
    String capability = String.valueOf(headers(entries).getValue(CAPABILITY));
    Matcher module = Pattern.compile("io\\.segue\\.module;([^,]*)").matcher(capability);
    if (module.find()) {
      Matcher value =
          Pattern.compile("(?:^|;)" + name + "=\"?([^\";]+)\"?").matcher(module.group(1));
      if (value.find()) {
        return value.group(1);
      }
    }
    throw new IOException(jar + " offers no io.segue.module with " + name);
  }

  private static Attributes headers(Map<String, byte[]> entries) {
    try {
      return new Manifest(new ByteArrayInputStream(entries.getOrDefault(MANIFEST, new byte[0])))
          .getMainAttributes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] archive(List<Path> bundles) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (Path bundle : bundles) {
      boolean folder = Files.isDirectory(bundle);
      String name = folder ? "bundle" + entries.size() + ".jar" : bundle.getFileName().toString();
      entries.put(name, bundle(bundle));
    }
    return Jars.zip(entries);
  }

  /** A bundle as a jar, which it is or which is made of its classes. */
  static byte[] bundle(Path bundle) throws IOException {
    return Files.isDirectory(bundle) ? jar(bundle) : Files.readAllBytes(bundle);
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
