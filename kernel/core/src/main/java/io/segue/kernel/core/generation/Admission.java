package io.segue.kernel.core.generation;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Judges a bundle by its manifest before anything of it is installed. A bundle of a generation
 * brings modules and nothing that reaches the framework, other bundles or the operating system, so
 * that it can be retired without touching what serves, and so that its code sees nothing but what
 * the kernel hands it.
 */
final class Admission {
  /** Headers no bundle of a generation may have, with what to do instead. */
  private static final Map<String, String> FORBIDDEN = forbidden();

  private static final String API = "io.segue.kernel.api.";
  private static final String PROTOBUF = "com.google.protobuf";
  private static final String LOG = "org.slf4j";
  private static final String ENVIRONMENT = "osgi.ee";

  private final Supplier<Set<String>> platformNames;

  /**
   * @param platformNames gives the symbolic names of the bundles of the platform
   */
  Admission(Supplier<Set<String>> platformNames) {
    this.platformNames = platformNames;
  }

  /**
   * Returns where the bundle may be installed.
   *
   * @throws GenerationException {@link HoldReason#ADMISSION}; names bundle, header, value and what
   *     to do
   */
  void check(BundleManifest manifest) throws GenerationException {
    for (Map.Entry<String, String> rule : FORBIDDEN.entrySet()) {
      if (manifest.header(rule.getKey()).isPresent()) {
        throw refused(manifest, rule.getKey(), rule.getValue());
      }
    }
    if (!manifest.header("Bundle-ManifestVersion").filter("2"::equals).isPresent()) {
      throw refused(
          manifest,
          "Bundle-ManifestVersion",
          "it must be 2; the framework reads others differently");
    }
    if (!manifest.header("Bundle-ClassPath").orElse(".").equals(".")) {
      throw refused(
          manifest,
          "Bundle-ClassPath",
          "only '.' is admitted; put the classes into the jar itself");
    }
    if (manifest.header("Bundle-SymbolicName").orElse("").contains("singleton")) {
      throw refused(
          manifest,
          "Bundle-SymbolicName",
          "two versions of it stand side by side at an upgrade; drop the directive singleton");
    }
    if (platformNames.get().contains(manifest.symbolicName())) {
      throw refused(
          manifest,
          "Bundle-SymbolicName",
          "a bundle of the platform has this name; give the bundle another");
    }
    checkImports(manifest);
    checkCapabilities(manifest);
  }

  private static void checkImports(BundleManifest manifest) throws GenerationException {
    for (Capability clause : manifest.clauses("Import-Package")) {
      if (!isAllowed(clause.name())) {
        throw refused(
            manifest,
            "Import-Package",
            clause.name(),
            "only io.segue.kernel.api.*, com.google.protobuf.* and org.slf4j can be imported; keep a"
                + " private copy of other packages, or reach the other module through the router");
      }
    }
  }

  private static void checkCapabilities(BundleManifest manifest) throws GenerationException {
    for (Capability clause : manifest.clauses("Require-Capability")) {
      if (!clause.name().equals(ENVIRONMENT)) {
        throw refused(
            manifest,
            "Require-Capability",
            clause.name(),
            "only " + ENVIRONMENT + " can be required; drop the requirement");
      }
    }
    for (Capability clause : manifest.clauses("Provide-Capability")) {
      if (!clause.isForTheKernel()) {
        throw refused(
            manifest,
            "Provide-Capability",
            clause.name(),
            "the framework could wire other bundles to it; add effective:=generation or drop it");
      }
    }
  }

  private static boolean isAllowed(String packageName) {
    return packageName.startsWith("java.")
        || packageName.startsWith(API)
        || packageName.equals(PROTOBUF)
        || packageName.startsWith(PROTOBUF + ".")
        || packageName.equals(LOG);
  }

  private static GenerationException refused(BundleManifest manifest, String header, String why) {
    return refused(manifest, header, manifest.header(header).orElse("(missing)"), why);
  }

  private static GenerationException refused(
      BundleManifest manifest, String header, String value, String why) {
    return new GenerationException(
        HoldReason.ADMISSION,
        manifest.bundle() + " is refused: " + header + ": " + value + ": " + why);
  }

  private static Map<String, String> forbidden() {
    Map<String, String> rules = new TreeMap<>();
    rules.put(
        "Bundle-Activator", "the kernel makes modules by their factory; remove the activator");
    rules.put(
        "Service-Component",
        "modules are no services; remove the Declarative Services annotations");
    rules.put("Fragment-Host", "a fragment would change another bundle; make it a bundle");
    rules.put(
        "Require-Bundle", "modules reach each other through the router; remove the requirement");
    rules.put(
        "DynamicImport-Package",
        "imports must be known before the height; list them in" + " Import-Package");
    rules.put(
        "Bundle-NativeCode", "native code differs between nodes and is never unloaded; remove it");
    rules.put("Export-Package", "a bundle of a generation exports nothing; remove the header");
    rules.put(
        "Multi-Release", "every node must run the same classes on every Java; remove the header");
    return Collections.unmodifiableMap(rules);
  }
}
