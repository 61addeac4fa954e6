package io.segue.bundles.cli.project;

import io.segue.bundles.cli.console.CliException;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
    requireNew(project);
    try {
      writeFiles(project, files(name, tokens));
    } catch (IOException e) {
      throw new CliException(
          "the project " + project + " can't be written: " + FailureText.of(e), e);
    }
  }

  /** Refuses a project that exists. */
  static void requireNew(Path project) {
    if (Files.exists(project)) {
      throw new CliException(project + " exists already; name another or remove it");
    }
  }

  /** Writes files by their paths below a project. */
  static void writeFiles(Path project, Map<Path, String> files) throws IOException {
    for (Map.Entry<Path, String> file : files.entrySet()) {
      Path target = project.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
  }

  /** The files of a pattern by their paths in the project. */
  Map<Path, String> files(String name, Map<String, String> tokens) throws IOException {
    Map<String, String> words = words(tokens);
    Path pattern = folder.resolve(name);
    Map<Path, String> texts = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(pattern)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (file.endsWith(MACHINE) && distribution.toString().matches(".*\\s.*")) {
          continue;
        }
        texts.put(
            Path.of(replace(pattern.relativize(file).toString(), words)),
            replace(Files.readString(file), words));
      }
    }
    return texts;
  }

  /** A part of a file, by its path. */
  String piece(String path, Map<String, String> tokens) throws IOException {
    return replace(Files.readString(folder.resolve(path)), words(tokens));
  }

  private Map<String, String> words(Map<String, String> tokens) throws IOException {
    Map<String, String> words = new LinkedHashMap<>(tokens);
    words.put("dist", distribution.toString());
    versions().forEach((what, version) -> words.put(what + ".version", version.toString()));
    return words;
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
