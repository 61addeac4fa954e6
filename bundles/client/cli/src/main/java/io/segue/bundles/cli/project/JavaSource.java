package io.segue.bundles.cli.project;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import io.segue.bundles.cli.console.CliException;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A Java file of a project, which gets more of what it has where the compiler's parser finds it.
 */
final class JavaSource {
  private final Path file;
  private final SourceText text;
  private final CompilationUnitTree unit;
  private final SourcePositions positions;

  private JavaSource(Path file, String text) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new CliException(
          "this Java has no compiler, by which sources are read; set JAVA_HOME to a JDK");
    }
    DiagnosticCollector<JavaFileObject> errors = new DiagnosticCollector<>();
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                new StringWriter(),
                null,
                errors,
                List.of("-proc:none"),
                null,
                List.of(new InMemory(file.toUri(), text)));
    this.file = file;
    this.text = new SourceText(text);
    this.unit = task.parse().iterator().next();
    this.positions = Trees.instance(task).getSourcePositions();
    for (Diagnostic<? extends JavaFileObject> error : errors.getDiagnostics()) {
      if (error.getKind() == Diagnostic.Kind.ERROR) {
        throw new CliException(
            file
                + " is no Java: line "
                + error.getLineNumber()
                + ", "
                + error.getMessage(Locale.ROOT));
      }
    }
  }

  /**
   * Reads a file.
   *
   * @throws CliException where it is no Java
   */
  static JavaSource read(Path file) throws IOException {
    return new JavaSource(file, Files.readString(file));
  }

  /** Reads all files of a project's classes that contain a word. */
  static List<JavaSource> containing(String word, Path project) throws IOException {
    Path folder = project.resolve("src/main/java");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
      List<JavaSource> found = new ArrayList<>();
      for (Path file : all) {
        if (Files.readString(file).contains(word)) {
          found.add(read(file));
        }
      }
      return found;
    }
  }

  Path file() {
    return file;
  }

  CompilationUnitTree unit() {
    return unit;
  }

  /** What may be changed; its offsets are those of {@link #start} and {@link #end}. */
  SourceText text() {
    return text;
  }

  int start(Tree tree) {
    return (int) positions.getStartPosition(unit, tree);
  }

  int end(Tree tree) {
    return (int) positions.getEndPosition(unit, tree);
  }

  /** The file's first class. */
  ClassTree type() {
    return firstType().orElseThrow(() -> new CliException(file + " has no class"));
  }

  /** A method of the first class, by name alone. */
  Optional<MethodTree> method(String name) {
    return firstType().stream()
        .flatMap(type -> type.getMembers().stream())
        .filter(MethodTree.class::isInstance)
        .map(MethodTree.class::cast)
        .filter(method -> method.getName().contentEquals(name))
        .findFirst();
  }

  private Optional<ClassTree> firstType() {
    return unit.getTypeDecls().stream()
        .filter(ClassTree.class::isInstance)
        .map(ClassTree.class::cast)
        .findFirst();
  }

  /** Imports a type, where it is not imported yet. */
  void importType(String name) {
    List<? extends ImportTree> imports =
        unit.getImports().stream().filter(each -> !each.isStatic()).toList();
    if (imports.stream().anyMatch(each -> name(each).equals(name))
        || name.substring(0, name.lastIndexOf('.')).equals(packageName())) {
      return;
    }
    String line = "import " + name + ";";
    Optional<? extends ImportTree> before =
        imports.stream()
            .filter(each -> name(each).compareTo(name) < 0)
            .max(Comparator.comparing(JavaSource::name));
    if (before.isPresent()) {
      text.insert(end(before.get()), "\n" + line);
    } else if (imports.isEmpty()) {
      text.insert(end(Objects.requireNonNull(unit.getPackage())), "\n\n" + line);
    } else {
      text.insert(start(imports.get(0)), line + "\n");
    }
  }

  /** The package that it is in. */
  String packageName() {
    return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
  }

  private static String name(ImportTree tree) {
    return tree.getQualifiedIdentifier().toString();
  }

  private static final class InMemory extends SimpleJavaFileObject {
    private final String text;

    InMemory(URI uri, String text) {
      super(uri, Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
