package io.segue.kernel.core.generation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the kernel needs of a bundle's manifest. Read from the jar's bytes before the framework sees
 * them.
 *
 * @param symbolicName without directives
 * @param version in the form {@code major.minor.micro[.qualifier]}
 * @param modules factory class by module name: the capabilities {@code io.segue.module}
 * @param headers the main section, names matched without regard to case
 */
record BundleManifest(
    String symbolicName, String version, Map<String, String> modules, Map<String, String> headers) {
  static final String MODULE = "io.segue.module";

  /** Longest name of a bundle, a module or a class; patterns are matched against no longer text. */
  static final int MAX_NAME_LENGTH = 512;

  private static final Pattern SYMBOLIC_NAME =
      Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
  private static final Pattern MODULE_NAME = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Pattern CLASS_NAME =
      Pattern.compile("([\\p{L}_$][\\p{L}\\p{N}_$]*\\.)+[\\p{L}_$][\\p{L}\\p{N}_$]*");

  /**
   * Reads the manifest of a bundle.
   *
   * @param what names the jar in errors
   * @throws GenerationException {@link HoldReason#ARTIFACT} where the jar is no bundle, {@link
   *     HoldReason#MANIFEST} where its manifest can't be understood
   */
  static BundleManifest read(String what, ZipArchive jar) throws GenerationException {
    Map<String, String> headers = headers(what, jar);
    String name = header(what, headers, "Bundle-SymbolicName", "name the bundle");
    String symbolicName = name.split(";", 2)[0].strip();
    if (!matches(SYMBOLIC_NAME, symbolicName)) {
      throw refused(what + ": Bundle-SymbolicName: " + name + " is not a symbolic name");
    }
    String version = header(what, headers, "Bundle-Version", "give the bundle a version");
    String normal =
        BundleVersion.normalise(version)
            .orElseThrow(
                () ->
                    refused(
                        what
                            + ": Bundle-Version: "
                            + version
                            + " is not of the form major.minor.micro[.qualifier]"));
    String bundle = "bundle " + symbolicName + " " + normal;
    return new BundleManifest(symbolicName, normal, modules(bundle, headers), headers);
  }

  /** Whether a jar is a bundle by its manifest. */
  static boolean isBundle(String what, ZipArchive jar) throws GenerationException {
    return jar.entry(ManifestHeaders.ENTRY).isPresent()
        && headers(what, jar).containsKey("Bundle-SymbolicName");
  }

  /** Symbolic name and version, as errors call the bundle. */
  String bundle() {
    return "bundle " + symbolicName + " " + version;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The clauses of a header; none where it is absent or empty. */
  List<Capability> clauses(String header) throws GenerationException {
    return clauses(bundle(), headers, header);
  }

  static boolean isModuleName(String name) {
    return matches(MODULE_NAME, name);
  }

  static boolean isClassName(String name) {
    return matches(CLASS_NAME, name);
  }

  /** A pattern with groups needs a deeper stack the longer the text is. */
  private static boolean matches(Pattern pattern, String name) {
    return name.length() <= MAX_NAME_LENGTH && pattern.matcher(name).matches();
  }

  private static Map<String, String> headers(String what, ZipArchive jar)
      throws GenerationException {
    Optional<ZipDirectory.Entry> entry = jar.entry(ManifestHeaders.ENTRY);
    if (entry.isEmpty()) {
      throw new GenerationException(
          HoldReason.ARTIFACT, what + " is refused: it has no " + ManifestHeaders.ENTRY);
    }
    return ManifestHeaders.parse(what, jar.content(entry.get()));
  }

  private static String header(String what, Map<String, String> headers, String name, String advice)
      throws GenerationException {
    String value = headers.get(name);
    if (value == null || value.isBlank()) {
      throw refused(what + ": the header " + name + " is missing; " + advice);
    }
    return value;
  }

  private static List<Capability> clauses(String bundle, Map<String, String> headers, String header)
      throws GenerationException {
    String value = headers.get(header);
    return value == null || value.isBlank() ? List.of() : Capability.parse(bundle, header, value);
  }

  private static Map<String, String> modules(String bundle, Map<String, String> headers)
      throws GenerationException {
    Map<String, String> modules = new TreeMap<>();
    for (Capability capability : clauses(bundle, headers, "Provide-Capability")) {
      if (!capability.name().equals(MODULE)) {
        continue;
      }
      String name = capability.required(bundle, "name");
      String factory = capability.required(bundle, "factory");
      if (!isModuleName(name)) {
        throw refused(
            bundle + ": module name '" + name + "' is refused: use a-z, 0-9 and -, a letter first");
      }
      if (!isClassName(factory)) {
        throw refused(
            bundle + ": factory '" + factory + "' of module " + name + " is no class name");
      }
      if (modules.put(name, factory) != null) {
        throw refused(bundle + ": module " + name + " is declared twice; keep one");
      }
    }
    return modules;
  }

  private static GenerationException refused(String text) {
    return new GenerationException(HoldReason.MANIFEST, text);
  }
}
