package io.segue.bundles.cli.project;

import io.segue.bundles.cli.console.CliException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.lang.model.SourceVersion;

/**
 * How a project's parts are called, and what stands for that in a {@link Template}.
 *
 * @param packageName Java package, symbolic name and Maven coordinates
 */
record ProjectNames(String name, String packageName) {
  private static final Set<String> TAKEN = Set.of("auth", "bank", "gov", "staking", "upgrade");

  /** Version of a new module. */
  private static final String FIRST_VERSION = "1.0.0";

  /**
   * A module.
   *
   * @throws CliException where a name is of no use; says which form it has
   */
  static ProjectNames ofModule(String name, String packageName) {
    if (!name.matches("[a-z][a-z0-9]{0,31}") || SourceVersion.isKeyword(name)) {
      throw new CliException(
          "a module can't be called "
              + name
              + ": a name is up to 32 lower case letters and digits, and no word of Java");
    }
    if (TAKEN.contains(name)) {
      throw new CliException(
          "generation genesis has a module " + name + " already; give yours another name");
    }
    requirePackage(packageName);
    return new ProjectNames(name, packageName);
  }

  /** What stands for a module in its template. */
  Map<String, String> tokens() {
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("name", name);
    tokens.put("Name", upperCase(name));
    putPackage(tokens, packageName);
    return tokens;
  }

  /** A module of the distribution, whose names are Segue's. */
  static ProjectNames ofShipped(String name) {
    return new ProjectNames(name, "io.segue.bundles." + name);
  }

  /** Whether generation genesis has a module of this name. */
  static boolean isShipped(String name) {
    return TAKEN.contains(name);
  }

  /**
   * An upgrade, by the name of its plan.
   *
   * @throws CliException where a name is of no use; says which form it has
   */
  static ProjectNames ofPlan(String plan, String packageName) {
    requirePackage(packageName);
    identifier(plan);
    return new ProjectNames(plan, packageName);
  }

  /** What stands for an upgrade in its template, beside its module. */
  Map<String, String> upgradeTokens() {
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("plan", name);
    tokens.put("Plan", upperCase(identifier(name)));
    putPackage(tokens, packageName);
    return tokens;
  }

  /** What stands for an upgrade and the new module that it brings. */
  Map<String, String> upgradeTokens(ProjectNames module) {
    Map<String, String> tokens = upgradeTokens();
    tokens.put("module", module.name());
    for (String named : List.of("package", "bundle", "groupId", "artifactId")) {
      tokens.put("module." + named, module.packageName());
    }
    tokens.put("module.version", FIRST_VERSION);
    return tokens;
  }

  /**
   * A plan's name as a part of names in Java.
   *
   * @throws CliException where the plan can't have such a name
   */
  static String identifier(String plan) {
    String identifier = plan.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    if (!plan.matches("[A-Za-z][A-Za-z0-9._-]{0,63}") || SourceVersion.isKeyword(identifier)) {
      throw new CliException(
          "no project can be made for a plan "
              + plan
              + ": its name starts with a letter and has up to 64 letters, digits, dots, dashes and"
              + " underscores");
    }
    if (plan.equals("genesis")) {
      throw new CliException("genesis is the name of the first generation; no plan may take it");
    }
    return identifier;
  }

  private static void putPackage(Map<String, String> tokens, String packageName) {
    tokens.put("package", packageName);
    tokens.put("package_path", packageName.replace('.', '/'));
  }

  private static void requirePackage(String name) {
    if (!SourceVersion.isName(name) || !name.equals(name.toLowerCase(Locale.ROOT))) {
      throw new CliException(
          "\"" + name + "\" is no Java package in lower case, as com.example.book");
    }
    if (name.startsWith("io.segue.") || name.startsWith("java")) {
      throw new CliException("package " + name + " is not yours; take one of your own");
    }
  }

  private static String upperCase(String identifier) {
    return Character.toUpperCase(identifier.charAt(0)) + identifier.substring(1);
  }
}
