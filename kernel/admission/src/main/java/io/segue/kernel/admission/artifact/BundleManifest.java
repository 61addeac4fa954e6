package io.segue.kernel.admission.artifact;

import io.segue.kernel.admission.load.LoadRules;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the kernel needs of a bundle's manifest. Read from the jar's bytes before the framework sees
 * them.
 *
 * @param symbolicName without directives
 * @param version in the form {@code major.minor.micro[.qualifier]}
 * @param modules factory class by module name: the capabilities {@code io.segue.module}
 * @param headers the main section, names matched without regard to case
 * @param clauses of the headers in it that have some, by header
 */
public record BundleManifest(
    String symbolicName,
    String version,
    Map<String, String> modules,
    Map<String, String> headers,
    Map<String, List<Capability>> clauses) {
  /** Namespace of the capabilities that say which modules a bundle has. */
  public static final String MODULE = "io.segue.module";

  /** Longest name of a bundle, a module or a class; patterns are matched against no longer text. */
  static final int MAX_NAME_LENGTH = 512;

  private static final String NAME = "Bundle-Name";
  private static final String IMPORTS = "Import-Package";
  private static final String GUARD = LoadRules.IMPORT + ";version=\"[1.0,2)\"";
  private static final String REQUIREMENTS = "Require-Capability";
  private static final String CAPABILITIES = "Provide-Capability";

  private static final Pattern SYMBOLIC_NAME =
      Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
  private static final Pattern MODULE_NAME = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Pattern CLASS_NAME =
      Pattern.compile("([\\p{L}_$][\\p{L}\\p{N}_$]*\\.)+[\\p{L}_$][\\p{L}\\p{N}_$]*");

  /**
   * Reads the manifest of a bundle.
   *
   * @param what names the jar in errors
   * @throws RefusedException {@link RefusalReason#ARTIFACT} where the jar is no bundle, {@link
   *     RefusalReason#MANIFEST} where its manifest can't be understood
   */
  static BundleManifest read(String what, ZipArchive jar) throws RefusedException {
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
    Map<String, List<Capability>> clauses = new TreeMap<>();
    for (String clausesOf : List.of(IMPORTS, REQUIREMENTS, CAPABILITIES)) {
      clauses.put(clausesOf, clauses(bundle, headers, clausesOf));
    }
    return new BundleManifest(
        symbolicName,
        normal,
        modules(bundle, capabilities(clauses)),
        headers,
        Collections.unmodifiableMap(clauses));
  }

  /** Whether a jar is a bundle by its manifest. */
  static boolean isBundle(String what, ZipArchive jar) throws RefusedException {
    return jar.entry(ManifestHeaders.ENTRY).isPresent()
        && headers(what, jar).containsKey("Bundle-SymbolicName");
  }

  /** Symbolic name and version, as errors call the bundle. */
  public String bundle() {
    return "bundle " + symbolicName + " " + version;
  }

  /**
   * The headers by which the framework knows the bundle, written from what was read: symbolic name,
   * version, the name that lists of bundles show, and what it imports and requires. What it
   * provides is for the kernel. It imports what {@link LoadRules} put into its classes, too.
   */
  public Map<String, String> frameworkHeaders() {
    Map<String, String> written = new TreeMap<>();
    written.put("Bundle-ManifestVersion", "2");
    written.put("Bundle-SymbolicName", symbolicName);
    written.put("Bundle-Version", version);
    header(NAME).filter(BundleManifest::isShown).ifPresent(name -> written.put(NAME, name));
    written.put(
        IMPORTS,
        Stream.concat(Stream.of(GUARD), texts(imports())).collect(Collectors.joining(",")));
    if (!requirements().isEmpty()) {
      written.put(REQUIREMENTS, texts(requirements()).collect(Collectors.joining(",")));
    }
    return written;
  }

  private static Stream<String> texts(List<Capability> clauses) {
    return clauses.stream()
        .filter(clause -> !clause.name().equals(LoadRules.IMPORT))
        .map(Capability::text);
  }

  /** The value of a header; empty where it is absent. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The packages it imports. */
  public List<Capability> imports() {
    return clauses.getOrDefault(IMPORTS, List.of());
  }

  /** The capabilities it requires. */
  public List<Capability> requirements() {
    return clauses.getOrDefault(REQUIREMENTS, List.of());
  }

  /** The capabilities it provides. */
  public List<Capability> capabilities() {
    return capabilities(clauses);
  }

  private static List<Capability> capabilities(Map<String, List<Capability>> clauses) {
    return clauses.getOrDefault(CAPABILITIES, List.of());
  }

  static boolean isModuleName(String name) {
    return matches(MODULE_NAME, name);
  }

  static boolean isClassName(String name) {
    return matches(CLASS_NAME, name);
  }

  /** Whether a terminal can show a name as it is. */
  private static boolean isShown(String name) {
    return name.length() <= MAX_NAME_LENGTH && name.chars().noneMatch(Character::isISOControl);
  }

  /** A pattern with groups needs a deeper stack the longer the text is. */
  private static boolean matches(Pattern pattern, String name) {
    return name.length() <= MAX_NAME_LENGTH && pattern.matcher(name).matches();
  }

  private static Map<String, String> headers(String what, ZipArchive jar) throws RefusedException {
    Optional<ZipDirectory.Entry> entry = jar.entry(ManifestHeaders.ENTRY);
    if (entry.isEmpty()) {
      throw new RefusedException(
          RefusalReason.ARTIFACT, what + " is refused: it has no " + ManifestHeaders.ENTRY);
    }
    return ManifestHeaders.parse(what, jar.content(entry.get()));
  }

  private static String header(String what, Map<String, String> headers, String name, String advice)
      throws RefusedException {
    String value = headers.get(name);
    if (value == null || value.isBlank()) {
      throw refused(what + ": the header " + name + " is missing; " + advice);
    }
    return value;
  }

  private static List<Capability> clauses(String bundle, Map<String, String> headers, String header)
      throws RefusedException {
    String value = headers.get(header);
    return value == null || value.isBlank() ? List.of() : Capability.parse(bundle, header, value);
  }

  private static Map<String, String> modules(String bundle, List<Capability> capabilities)
      throws RefusedException {
    Map<String, String> modules = new TreeMap<>();
    for (Capability capability : capabilities) {
      if (!capability.name().equals(MODULE)) {
        continue;
      }
      String name = capability.required(bundle, "name");
      String factory = capability.required(bundle, "factory");
      if (!isModuleName(name)) {
        throw malformed(
            bundle,
            bundle + ": module name '" + name + "' is refused: use a-z, 0-9 and -, a letter first");
      }
      if (!isClassName(factory)) {
        throw malformed(
            bundle, bundle + ": factory '" + factory + "' of module " + name + " is no class name");
      }
      if (modules.put(name, factory) != null) {
        throw malformed(bundle, bundle + ": module " + name + " is declared twice; keep one");
      }
    }
    return modules;
  }

  private static RefusedException malformed(String bundle, String text) {
    return new RefusedException(RefusalReason.MANIFEST, bundle, text);
  }

  private static RefusedException refused(String text) {
    return new RefusedException(RefusalReason.MANIFEST, text);
  }
}
