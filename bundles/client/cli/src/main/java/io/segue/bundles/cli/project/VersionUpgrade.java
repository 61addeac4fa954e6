package io.segue.bundles.cli.project;

import io.segue.bundles.cli.console.CliException;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The project of an upgrade that brings the next version of a module that exists: one of the
 * distribution, or one of the builder's own. Either all of it is written or none.
 */
final class VersionUpgrade {
  /** Where the bytes of an own module's version before are kept, for the tests. */
  private static final String BEFORE = "src/test/resources/before.jar";

  /** In the member of the module upgrade the rest is the kernel's: plans and versions. */
  private static final String UPGRADE_PARAMS = ".getStructValue().getFieldsOrThrow(\"params\")";

  /** A capability of bnd.bnd, with the lines on which it goes on. */
  private static final Pattern CAPABILITY =
      Pattern.compile("(?m)^Provide-Capability:(?:.*\\\\\\R)*.*$");

  private final Path distribution;
  private final Template template;

  VersionUpgrade(Path distribution) {
    this.distribution = distribution;
    this.template = new Template(distribution);
  }

  /**
   * What was made.
   *
   * @param module its name
   * @param from version of its bundle before
   * @param to version of its bundle now
   * @param consensusVersion its consensus version now
   */
  record Made(String module, String from, String to, long consensusVersion) {}

  /**
   * Writes the project for a module of the distribution.
   *
   * @param project new; refused where it exists
   * @param upgrade the plan and the Java package of the handler
   * @throws CliException where a file is not as expected; nothing is written then
   */
  Made writeShipped(Path project, ProjectNames upgrade, String module) {
    return write(
        project,
        () -> {
          Path sources = distribution.resolve("new/shipped").resolve(module);
          Path copy = project.resolve(module);
          ProjectNames names = ProjectNames.ofShipped(module);
          Map<Path, String> build = template.files("module", names.tokens());
          build.keySet().removeIf(file -> file.startsWith("src") || file.endsWith("README.md"));
          Template.writeFiles(copy, build);
          copy(sources.resolve("src"), copy.resolve("src"));
          Path bnd = copy.resolve("bnd.bnd");
          Files.writeString(bnd, withCapability(Files.readString(bnd), sources.resolve("bnd.bnd")));
          return finish(
              project, upgrade, ModuleProject.in(copy), shippedBundle(names.packageName()), "");
        });
  }

  /**
   * Writes the project for a module of the builder's own.
   *
   * @param project new; refused where it exists
   * @param upgrade the plan and the Java package of the handler
   * @throws CliException where a file is not as expected; nothing is written then
   */
  Made writeOwn(Path project, ProjectNames upgrade, ModuleProject module) {
    return write(
        project,
        () -> {
          BuiltBundle before = BuiltBundle.read(built(module));
          Path copy = project.resolve(module.name());
          copy(module.folder(), copy);
          Files.createDirectories(copy.resolve(BEFORE).getParent());
          Files.copy(before.jar(), copy.resolve(BEFORE), StandardCopyOption.REPLACE_EXISTING);
          return finish(
              project,
              upgrade,
              ModuleProject.in(copy),
              before,
              ", Path.of(\"..\", \"" + module.name() + "\", \"" + BEFORE + "\")");
        });
  }

  private interface Writing {
    Made run() throws IOException;
  }

  private static Made write(Path project, Writing writing) {
    Template.requireNew(project);
    boolean done = false;
    try {
      Made made = writing.run();
      done = true;
      return made;
    } catch (IOException e) {
      throw new CliException(
          "the project " + project + " can't be written: " + FailureText.of(e), e);
    } finally {
      if (!done) {
        remove(project);
      }
    }
  }

  /** Raises the versions of the copy, and writes the handler. */
  private Made finish(
      Path project,
      ProjectNames upgrade,
      ModuleProject module,
      BuiltBundle before,
      String bundlesBefore)
      throws IOException {
    NextVersion next = NextVersion.raise(module.folder(), before.nextVersion());
    Map<String, String> words = new LinkedHashMap<>();
    words.put("module", module.name());
    words.put("module.package", module.packageName());
    words.put("module.package_path", module.packageName().replace('.', '/'));
    words.put("module.bundle", before.symbolicName());
    next.coordinates().forEach((name, value) -> words.put("module." + name, value));
    words.put("before.version", before.version());
    words.put("before.bundles", bundlesBefore);
    words.put("exported", module.name().equals("upgrade") ? UPGRADE_PARAMS : "");
    words.put("Factory", module.factory().substring(module.packageName().length() + 1));
    words.putAll(upgrade.upgradeTokens());
    Map<Path, String> files = new LinkedHashMap<>(template.files("upgrade", words));
    files.putAll(template.files("version", words));
    if (!bundlesBefore.isEmpty()) {
      files.putAll(template.files("migration", words));
    }
    Template.writeFiles(project, files);
    return new Made(module.name(), before.version(), before.nextVersion(), next.from() + 1);
  }

  private BuiltBundle shippedBundle(String symbolicName) throws IOException {
    try (Stream<Path> jars = Files.list(distribution.resolve("genesis"))) {
      return jars.filter(jar -> jar.toString().endsWith(".jar"))
          .sorted()
          .map(BuiltBundle::read)
          .filter(bundle -> bundle.symbolicName().equals(symbolicName))
          .findFirst()
          .orElseThrow(
              () ->
                  new CliException(
                      distribution.resolve("genesis") + " has no bundle " + symbolicName));
    }
  }

  private static Path built(ModuleProject module) throws IOException {
    Map<String, String> names = NextVersion.coordinates(module.folder().resolve("pom.xml"));
    Path jar =
        module
            .folder()
            .resolve("target")
            .resolve(names.get("artifactId") + "-" + names.get("version") + ".jar");
    if (!Files.exists(jar)) {
      throw new CliException(
          "there is no "
              + jar
              + ", the bundle that the chain runs, by which the test writes the state before; build"
              + " it: cd "
              + module.folder()
              + " && mvn package");
    }
    return jar;
  }

  private static String withCapability(String rules, Path shipped) throws IOException {
    Matcher capability = CAPABILITY.matcher(Files.readString(shipped));
    if (!capability.find()) {
      throw new CliException(shipped + " offers nothing");
    }
    return CAPABILITY.matcher(rules).replaceFirst(Matcher.quoteReplacement(capability.group()));
  }

  /** Copies a folder without what a build makes, and without its repository. */
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Path path = from.relativize(file);
        if (!List.of(Path.of("target"), Path.of(".git")).contains(path.getName(0))) {
          Path target = to.resolve(path);
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
    }
  }

  private static void remove(Path project) {
    if (!Files.exists(project)) {
      return;
    }
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new CliException(
          "what was written of " + project + " can't be removed: " + FailureText.of(e), e);
    }
  }
}
