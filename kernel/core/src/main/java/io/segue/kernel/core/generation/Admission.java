package io.segue.kernel.core.generation;

import io.segue.kernel.api.node.CheckReport.Finding;
import io.segue.kernel.api.node.CheckReport.Severity;
import io.segue.kernel.core.code.CodeCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Checks a bundle before anything of it is installed: by its manifest, so that it brings modules
 * and nothing that reaches the framework, other bundles or the operating system, and can be retired
 * without touching what serves; and by the bytes of its classes, so that every node computes the
 * same. A refusal is this node's readiness, never state.
 */
final class Admission {
  /** Name of the rules about manifests. */
  static final String MANIFEST = "manifest";

  /** Headers no bundle of a generation may have, with what to do instead. */
  private static final Map<String, String> FORBIDDEN = forbidden();

  private static final String API = "io.segue.kernel.api.";
  private static final String PROTOBUF = "com.google.protobuf";
  private static final String LOG = "org.slf4j";
  private static final String ENVIRONMENT = "osgi.ee";

  private final Supplier<Set<String>> platformNames;
  private final Supplier<Set<String>> vouched;

  /**
   * The admission of one node.
   *
   * @param platformNames gives the symbolic names of the bundles of the platform
   * @param vouched gives the digests of the bundles whose code the operator vouches for: what is
   *     found in their classes is told and refuses nothing
   */
  Admission(Supplier<Set<String>> platformNames, Supplier<Set<String>> vouched) {
    this.platformNames = platformNames;
    this.vouched = vouched;
  }

  /**
   * Checks a bundle.
   *
   * @param known whether its code was checked before, so that only its manifest is looked at
   * @throws GenerationException {@link HoldReason#ADMISSION}, with the first thing found and how
   *     many more there are
   */
  void check(BundleFile file, boolean known) throws GenerationException {
    refuse(file.manifest(), findings(file, known));
  }

  /** All that is found in a bundle, refused or not. */
  List<Finding> findings(BundleFile file, boolean known) throws GenerationException {
    List<Finding> findings = new ArrayList<>(manifestFindings(file.manifest()));
    if (!known) {
      for (Finding finding : codeFindings(file)) {
        findings.add(vouched.get().contains(file.sha256()) ? told(finding) : finding);
      }
    }
    return List.copyOf(findings);
  }

  private static List<Finding> codeFindings(BundleFile file) throws GenerationException {
    Set<String> imports =
        file.manifest().clauses("Import-Package").stream()
            .map(Capability::name)
            .collect(Collectors.toUnmodifiableSet());
    return CodeCheck.check(file.manifest().bundle(), file.classes(), imports);
  }

  private List<Finding> manifestFindings(BundleManifest manifest) throws GenerationException {
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<String, String> rule : FORBIDDEN.entrySet()) {
      if (manifest.header(rule.getKey()).isPresent()) {
        findings.add(header(manifest, rule.getKey(), rule.getValue()));
      }
    }
    if (!manifest.header("Bundle-ManifestVersion").filter("2"::equals).isPresent()) {
      findings.add(
          header(
              manifest,
              "Bundle-ManifestVersion",
              "it must be 2; the framework reads others differently"));
    }
    if (!manifest.header("Bundle-ClassPath").orElse(".").equals(".")) {
      findings.add(
          header(
              manifest,
              "Bundle-ClassPath",
              "only '.' is admitted; put the classes into the jar itself"));
    }
    if (manifest.header("Bundle-SymbolicName").orElse("").contains("singleton")) {
      findings.add(
          header(
              manifest,
              "Bundle-SymbolicName",
              "two versions of it stand side by side at an upgrade; drop the directive singleton"));
    }
    if (platformNames.get().contains(manifest.symbolicName())) {
      findings.add(
          header(
              manifest,
              "Bundle-SymbolicName",
              "a bundle of the platform has this name; give the bundle another"));
    }
    addImports(manifest, findings);
    addCapabilities(manifest, findings);
    return findings;
  }

  private static void addImports(BundleManifest manifest, List<Finding> findings)
      throws GenerationException {
    for (Capability clause : manifest.clauses("Import-Package")) {
      if (!isAllowed(clause.name())) {
        findings.add(
            finding(
                manifest,
                "Import-Package",
                clause.name(),
                "only io.segue.kernel.api.*, com.google.protobuf.* and org.slf4j can be imported;"
                    + " keep a private copy of other packages, or reach the other module through"
                    + " the router"));
      }
    }
  }

  private static void addCapabilities(BundleManifest manifest, List<Finding> findings)
      throws GenerationException {
    for (Capability clause : manifest.clauses("Require-Capability")) {
      if (!clause.name().equals(ENVIRONMENT)) {
        findings.add(
            finding(
                manifest,
                "Require-Capability",
                clause.name(),
                "only " + ENVIRONMENT + " can be required; drop the requirement"));
      }
    }
    for (Capability clause : manifest.clauses("Provide-Capability")) {
      if (!clause.isForTheKernel()) {
        findings.add(
            finding(
                manifest,
                "Provide-Capability",
                clause.name(),
                "the framework could wire other bundles to it; add effective:=generation or drop"
                    + " it"));
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

  private static Finding header(BundleManifest manifest, String header, String why) {
    return finding(manifest, header, manifest.header(header).orElse("(missing)"), why);
  }

  private static Finding finding(
      BundleManifest manifest, String header, String value, String whyAndInstead) {
    String[] parts = whyAndInstead.split("; ", 2);
    return new Finding(
        MANIFEST,
        Severity.REFUSE,
        manifest.bundle(),
        "",
        "",
        0,
        header + ": " + value,
        parts[0],
        parts[1]);
  }

  private static Finding told(Finding finding) {
    return new Finding(
        finding.rule(),
        Severity.NOTE,
        finding.bundle(),
        finding.className(),
        finding.method(),
        finding.line(),
        finding.what(),
        finding.why(),
        "nothing: the setting 'admit' vouches for the bundle");
  }

  private static void refuse(BundleManifest manifest, List<Finding> findings)
      throws GenerationException {
    List<Finding> refused = findings.stream().filter(f -> f.severity() == Severity.REFUSE).toList();
    if (refused.isEmpty()) {
      return;
    }
    String more =
        refused.size() == 1
            ? ""
            : " (and " + (refused.size() - 1) + " more; upgrade:check lists them)";
    throw new GenerationException(
        HoldReason.ADMISSION, manifest.bundle() + " is refused: " + refused.get(0).text() + more);
  }

  private static Map<String, String> forbidden() {
    Map<String, String> rules = new TreeMap<>();
    rules.put(
        "Bundle-Activator", "the kernel makes modules by their factory; remove the activator");
    rules.put(
        "Bundle-ActivationPolicy",
        "a bundle of a generation is active from the moment it is ready; remove the header");
    rules.put(
        "Service-Component",
        "modules are no services; remove the Declarative Services annotations");
    rules.put("Fragment-Host", "a fragment would change another bundle; make it a bundle");
    rules.put(
        "Require-Bundle", "modules reach each other through the router; remove the requirement");
    rules.put(
        "DynamicImport-Package",
        "imports must be known before the height; list them in Import-Package");
    rules.put(
        "Bundle-NativeCode", "native code differs between nodes and is never unloaded; remove it");
    rules.put("Export-Package", "a bundle of a generation exports nothing; remove the header");
    rules.put(
        "Multi-Release", "every node must run the same classes on every Java; remove the header");
    return Collections.unmodifiableMap(rules);
  }
}
