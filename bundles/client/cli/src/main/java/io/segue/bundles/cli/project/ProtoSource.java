package io.segue.bundles.cli.project;

import io.segue.bundles.cli.console.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A {@code .proto} file of a project, whose services get more methods. */
final class ProtoSource {
  private static final Pattern COMMENT_OR_TEXT =
      Pattern.compile("//[^\\n]*|/\\*.*?\\*/|\"(?:\\\\.|[^\"\\\\\\n])*\"", Pattern.DOTALL);
  private static final Pattern IMPORT = Pattern.compile("(?m)^import\\s[^;]*;");

  private final Path file;
  private final SourceText text;

  /** The text with blanks in place of comments and texts: what is found in it is at its place. */
  private final String code;

  private ProtoSource(Path file, String text) {
    this.file = file;
    this.text = new SourceText(text);
    this.code =
        COMMENT_OR_TEXT.matcher(text).replaceAll(found -> found.group().replaceAll("[^\\n]", " "));
  }

  /**
   * The one file of a project that declares a service.
   *
   * @throws CliException where none does, or several
   */
  static ProtoSource of(String service, Path project) throws IOException {
    Path folder = project.resolve("src/main/proto");
    List<ProtoSource> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(it -> it.toString().endsWith(".proto")).sorted().toList()) {
          ProtoSource source = new ProtoSource(file, Files.readString(file));
          if (source.service(service).find()) {
            found.add(source);
          }
        }
      }
    }
    if (found.size() != 1) {
      throw new CliException(
          "service "
              + service
              + " must be in one .proto file below "
              + folder
              + ", and is in "
              + found.size()
              + "; declare it, or write the method by hand");
    }
    return found.get(0);
  }

  Path file() {
    return file;
  }

  SourceText text() {
    return text;
  }

  /** The package of its messages. */
  String packageName() {
    Matcher matcher = Pattern.compile("(?m)^package\\s+([\\w.]+)\\s*;").matcher(code);
    if (!matcher.find()) {
      throw new CliException(file + " has no package; give it one, as names.v1");
    }
    return matcher.group(1);
  }

  /**
   * The Java package of its messages.
   *
   * @throws CliException where they are not classes of their own in a package that it names
   */
  String javaPackage() {
    Optional<String> name = option("java_package", "\"([\\w.]+)\"");
    if (name.isEmpty() || option("java_multiple_files", "(true)").isEmpty()) {
      throw new CliException(
          file + " must have the options java_package and java_multiple_files = true; add them");
    }
    return name.get();
  }

  /** Whether it declares a message. */
  boolean hasMessage(String name) {
    return Pattern.compile("\\bmessage\\s+" + name + "\\b").matcher(code).find();
  }

  /** Whether a service has a method. */
  boolean hasMethod(String service, String name) {
    int[] body = body(service);
    return Pattern.compile("\\brpc\\s+" + name + "\\b")
        .matcher(code.substring(body[0], body[1]))
        .find();
  }

  /** Inserts a method as the last one of a service. */
  void addMethod(String service, String method) {
    int[] body = body(service);
    String inside = text.before().substring(body[0], body[1]);
    int end = body[0] + inside.stripTrailing().length();
    text.replace(end, body[1], (inside.isBlank() ? "\n" : "\n\n") + method);
  }

  /** Adds messages behind all others. */
  void addMessages(String messages) {
    int end = text.before().stripTrailing().length();
    text.replace(end, text.before().length(), "\n\n" + messages);
  }

  /** Imports a file, where it is not imported yet. */
  void importFile(String name) {
    String line = "import \"" + name + "\";";
    Matcher imports = IMPORT.matcher(text.before());
    int last = -1;
    while (imports.find()) {
      if (imports.group().contains("\"" + name + "\"")) {
        return;
      }
      if (imports.group().compareTo(line) > 0) {
        text.insert(imports.start(), line + "\n");
        return;
      }
      last = imports.end();
    }
    if (last >= 0) {
      text.insert(last, "\n" + line);
    } else {
      int end = text.before().indexOf(';', code.indexOf("package ")) + 1;
      text.insert(end, "\n\n" + line);
    }
  }

  private Optional<String> option(String name, String value) {
    Matcher matcher =
        Pattern.compile("(?m)^option\\s+" + name + "\\s*=\\s*" + value + "\\s*;")
            .matcher(text.before());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private Matcher service(String name) {
    return Pattern.compile("(?m)^service\\s+" + name + "\\s*\\{").matcher(code);
  }

  /** Where the braces of a service's body are: behind the first, at the last. */
  private int[] body(String service) {
    Matcher matcher = service(service);
    if (!matcher.find()) {
      throw new CliException(file + " has no service " + service);
    }
    int depth = 1;
    for (int i = matcher.end(); i < code.length(); i++) {
      depth += code.charAt(i) == '{' ? 1 : code.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return new int[] {matcher.end(), i};
      }
    }
    throw new CliException("service " + service + " in " + file + " does not end; close its brace");
  }
}
