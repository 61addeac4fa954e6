package io.segue.bundles.cli.project;

import io.segue.bundles.cli.console.CliException;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The projects in the folder {@code new} of the distribution, as patterns: {@code __token__} in a
 * file or its path stands for a word.
 */
final class Template {
  /** Where Segue is on this machine, for Maven, which takes no path with blanks there. */
  private static final String MACHINE = "maven.config";

  private final Path distribution;
  private final Path folder;

  Template(Path distribution) {
    this.distribution = distribution;
    this.folder = distribution.resolve("new");
  }

  /**
   * Writes a project.
   *
   * @param name of the pattern, {@code module} or {@code upgrade}
   * @param project new; refused where it exists
   * @param tokens what stands for what
   */
  void write(String name, Path project, Map<String, String> tokens) {
    if (Files.exists(project)) {
      throw new CliException(project + " exists already; name another or remove it");
    }
    Map<String, String> words = new LinkedHashMap<>(tokens);
    words.put("dist", distribution.toString());
    Path pattern = folder.resolve(name);
    try (Stream<Path> files = Files.walk(pattern)) {
      versions().forEach((what, version) -> words.put(what + ".version", version.toString()));
      List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
      for (Path file : all) {
        if (file.endsWith(MACHINE) && distribution.toString().matches(".*\\s.*")) {
          continue;
        }
        Path target = project.resolve(replace(pattern.relativize(file).toString(), words));
        Files.createDirectories(target.getParent());
        Files.writeString(target, replace(Files.readString(file), words));
      }
    } catch (IOException e) {
      throw new CliException(
          "the project " + project + " can't be written: " + FailureText.of(e), e);
    }
  }

  private Properties versions() throws IOException {
    Properties versions = new Properties();
    try (Reader in = Files.newBufferedReader(folder.resolve("versions.properties"))) {
      versions.load(in);
    }
    return versions;
  }

  private static String replace(String text, Map<String, String> words) {
    String replaced = text;
    for (Map.Entry<String, String> word : words.entrySet()) {
      replaced = replaced.replace("__" + word.getKey() + "__", word.getValue());
    }
    return replaced;
  }
}
