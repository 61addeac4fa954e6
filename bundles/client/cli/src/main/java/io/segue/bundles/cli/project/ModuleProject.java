package io.segue.bundles.cli.project;

import io.segue.bundles.cli.console.CliException;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The project of a module, as {@code segue new module} makes it.
 *
 * @param folder with {@code pom.xml} and {@code bnd.bnd}
 * @param name of the module
 * @param factory name of the class that makes it
 */
record ModuleProject(Path folder, String name, String factory) {
  private static final String CAPABILITY = "io.segue.module;";
  private static final Pattern NAME = Pattern.compile(";name=\"?([a-z0-9]+)\"?");
  private static final Pattern FACTORY = Pattern.compile(";factory=\"?([\\w.]+)\"?");

  /** Whether a folder has such a project. */
  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve("pom.xml")) && capability(folder).contains(CAPABILITY);
  }

  /**
   * The project in a folder.
   *
   * @throws CliException where there is none
   */
  static ModuleProject in(Path folder) {
    String capability = capability(folder);
    Matcher name = NAME.matcher(capability);
    Matcher factory = FACTORY.matcher(capability);
    if (!isIn(folder) || !name.find() || !factory.find()) {
      throw new CliException(
          folder
              + " is not the project of a module: its bnd.bnd offers no io.segue.module with a name"
              + " and a factory; name a folder that segue new module made");
    }
    return new ModuleProject(folder, name.group(1), factory.group(1));
  }

  /**
   * The project that a folder is in.
   *
   * @throws CliException where it is in none
   */
  static ModuleProject around(Path folder) {
    for (Path each = folder.toAbsolutePath(); each != null; each = each.getParent()) {
      if (Files.exists(each.resolve("bnd.bnd"))) {
        return in(each);
      }
    }
    throw new CliException(
        folder.toAbsolutePath()
            + " is not in the project of a module; go to a folder that segue new module made, or to"
            + " that of the module in the project of an upgrade");
  }

  /** The Java package of the module. */
  String packageName() {
    return factory.substring(0, Math.max(0, factory.lastIndexOf('.')));
  }

  /** What its bundle offers, as its manifest says it; empty where there is no bnd.bnd. */
  static String capability(Path folder) {
    Path file = folder.resolve("bnd.bnd");
    if (!Files.exists(file)) {
      return "";
    }
    Properties rules = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      rules.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new CliException(file + " can't be read: " + FailureText.of(e), e);
    }
    return rules.getProperty("Provide-Capability", "");
  }
}
