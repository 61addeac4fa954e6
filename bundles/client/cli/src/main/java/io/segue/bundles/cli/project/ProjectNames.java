package io.segue.bundles.cli.project;

import io.segue.bundles.cli.console.CliException;
import java.util.LinkedHashMap;
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

  /**
   * What stands for an upgrade and its module in the template.
   *
   * @throws CliException where a name is of no use; says which form it has
   */
  static Map<String, String> ofUpgrade(String plan, String packageName, ProjectNames module) {
    requirePackage(packageName);
    String identifier = identifier(plan);
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("plan", plan);
    tokens.put("Plan", upperCase(identifier));
    tokens.put("module", module.name());
    tokens.put("module.package", module.packageName());
    putPackage(tokens, packageName);
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
