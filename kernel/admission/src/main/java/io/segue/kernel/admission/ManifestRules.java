package io.segue.kernel.admission;

import io.segue.kernel.admission.artifact.BundleManifest;
import io.segue.kernel.admission.artifact.Capability;
import io.segue.kernel.api.node.CheckReport.Finding;
import io.segue.kernel.api.node.CheckReport.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks a bundle by its manifest: it brings modules and nothing that reaches the framework, other
 * bundles or the operating system, and can be retired without touching what serves.
 */
final class ManifestRules {
  /** Name of the rules about manifests. */
  private static final String MANIFEST = "manifest";

  /** Headers no bundle of a generation may have, with what to do instead. */
  private static final Map<String, String> FORBIDDEN = forbidden();

  private static final String API = "io.segue.kernel.api.";
  private static final String PROTOBUF = "com.google.protobuf";
  private static final String LOG = "org.slf4j";
  private static final String ENVIRONMENT = "osgi.ee";

  private ManifestRules() {}

  /** What is found in a manifest. */
  static List<Finding> check(BundleManifest manifest, Baseline baseline) {
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
    if (baseline.platformNames().contains(manifest.symbolicName())) {
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

  private static void addImports(BundleManifest manifest, List<Finding> findings) {
    for (Capability clause : manifest.imports()) {
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

  private static void addCapabilities(BundleManifest manifest, List<Finding> findings) {
    for (Capability clause : manifest.requirements()) {
      if (!clause.name().equals(ENVIRONMENT)) {
        findings.add(
            finding(
                manifest,
                "Require-Capability",
                clause.name(),
                "only " + ENVIRONMENT + " can be required; drop the requirement"));
      }
    }
    for (Capability clause : manifest.capabilities()) {
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
