package io.segue.kernel.admission.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds a bundle in memory: headers, capabilities, and classes compiled from their source. */
public final class TestBundle {
  private static final LocalDateTime WRITTEN = LocalDateTime.of(2026, 1, 1, 0, 0);

  private final Map<String, String> headers = new LinkedHashMap<>();
  private final List<String> provided = new ArrayList<>();
  private final Map<String, String> sources = new TreeMap<>();
  private final Map<String, byte[]> files = new TreeMap<>();

  private TestBundle(String symbolicName, String version) {
    headers.put("Manifest-Version", "1.0");
    headers.put("Bundle-ManifestVersion", "2");
    headers.put("Bundle-SymbolicName", symbolicName);
    headers.put("Bundle-Version", version);
    headers.put("Import-Package", "io.segue.kernel.api.module,io.segue.kernel.api.upgrade");
  }

  /** A bundle without anything in it. */
  public static TestBundle of(String symbolicName, String version) {
    return new TestBundle(symbolicName, version);
  }

  /** A bundle {@code x.<name>} with one module of this name, made by {@code x.<name>.Factory}. */
  public static TestBundle module(String name, String version) {
    return module(name, version, "return 1;");
  }

  /** As {@link #module(String, String)}; {@code body} is that of consensusVersion(). */
  public static TestBundle module(String name, String version, String body) {
    String format = name.equals("auth") ? TestSources.FORMAT : "";
    return of("x." + name, version)
        .provides(
            "io.segue.module;effective:=generation;name="
                + name
                + ";factory=x."
                + name
                + ".Factory")
        .source("x." + name + ".Factory", TestSources.factory("x." + name, name, body, format));
  }

  /** A bundle {@code x.<plan>} that declares a generation with a handler that does nothing. */
  public static TestBundle generation(String plan) {
    TestBundle bundle = of("x.gen." + plan, "1.0.0");
    if (plan.equals("genesis")) {
      return bundle.provides("io.segue.generation;effective:=generation;plan=genesis;rules:Long=1");
    }
    return bundle
        .provides(
            "io.segue.generation;effective:=generation;plan=" + plan + ";handler=x.gen.Handler")
        .source("x.gen.Handler", TestSources.HANDLER);
  }

  /** Declares where a module of the generation comes from: bundle {@code x.<name>}. */
  public TestBundle takes(String name, String version) {
    return provides(
        "io.segue.generation.module;effective:=generation;name="
            + name
            + ";bundle=x."
            + name
            + ";version=\""
            + version
            + "\"");
  }

  /** Adds a capability. */
  public TestBundle provides(String capability) {
    provided.add(capability);
    return this;
  }

  /** Sets a header. */
  public TestBundle header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Drops a header. */
  public TestBundle without(String name) {
    headers.remove(name);
    return this;
  }

  /** Adds a class. */
  public TestBundle source(String className, String source) {
    sources.put(className, source);
    return this;
  }

  /** Adds a file. */
  public TestBundle file(String path, byte[] bytes) {
    files.put(path, bytes);
    return this;
  }

  /** The jar. */
  public byte[] jar() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("META-INF/MANIFEST.MF", manifest().getBytes(UTF_8));
    TestSources.compile(sources)
        .forEach((name, bytes) -> entries.put(name.replace('.', '/') + ".class", bytes));
    entries.putAll(files);
    return zip(entries);
  }

  /** An archive of bundles, each in a folder of its own. */
  public static byte[] archive(TestBundle... bundles) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (TestBundle bundle : bundles) {
      entries.put(
          "bundles/"
              + bundle.headers.get("Bundle-SymbolicName")
              + "/"
              + bundle.headers.get("Bundle-Version")
              + ".jar",
          bundle.jar());
    }
    return zip(entries);
  }

  /** A zip file of these entries. */
  public static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry header = new ZipEntry(entry.getKey());
        header.setTimeLocal(WRITTEN);
        zip.putNextEntry(header);
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private String manifest() {
    StringBuilder text = new StringBuilder();
    headers.forEach((name, value) -> line(text, name, value));
    if (!provided.isEmpty()) {
      line(text, "Provide-Capability", String.join(",", provided));
    }
    return text.append("\r\n").toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    String line = name + ": " + value;
    while (line.length() > 70) {
      text.append(line, 0, 70).append("\r\n");
      line = " " + line.substring(70);
    }
    text.append(line).append("\r\n");
  }
}
