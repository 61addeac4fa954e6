package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * Compiles the sources of one bundle, from memory to memory. No annotation processor and no plugin
 * runs, and the sources see nothing but the JDK and the class path of the toolchain.
 */
final class SourceCompiler {
  private static final List<String> OPTIONS =
      List.of(
          "--release",
          Toolchain.RELEASE,
          "-proc:none",
          "-implicit:none",
          "-encoding",
          "UTF-8",
          "-parameters",
          "-g:source,lines",
          "-nowarn",
          "-Xmaxerrs",
          "50");

  private final Toolchain toolchain;
  private final BuildDeadline deadline;
  private final BuildLog log;

  SourceCompiler(Toolchain toolchain, BuildDeadline deadline, BuildLog log) {
    this.toolchain = toolchain;
    this.deadline = deadline;
    this.log = log;
  }

  /**
   * Compiles.
   *
   * @param folder as messages name it
   * @param sources by path below the source folder
   * @return classes, by path
   * @throws SidecarException with the first error and where the others are
   */
  SortedMap<String, byte[]> compile(String folder, SortedMap<String, byte[]> sources)
      throws SidecarException {
    List<JavaFileObject> units = new ArrayList<>();
    for (var source : sources.entrySet()) {
      if (source.getKey().endsWith(".java") && !source.getKey().endsWith("module-info.java")) {
        units.add(new Source(source.getKey(), source.getValue()));
      }
    }
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    try (StandardJavaFileManager standard =
            toolchain
                .compiler()
                .getStandardFileManager(problems, Locale.ROOT, StandardCharsets.UTF_8);
        MemoryFiles files = new MemoryFiles(standard, deadline)) {
      standard.setLocation(StandardLocation.CLASS_PATH, toolchain.classPath());
      standard.setLocation(StandardLocation.SOURCE_PATH, List.of());
      standard.setLocation(StandardLocation.ANNOTATION_PROCESSOR_PATH, List.of());
      if (units.isEmpty()) {
        return files.classes();
      }
      boolean done =
          toolchain.compiler().getTask(null, files, problems, OPTIONS, null, units).call();
      problems.getDiagnostics().forEach(problem -> log.say(line(folder, problem)));
      if (!done) {
        throw failed(folder, problems.getDiagnostics());
      }
      return files.classes();
    } catch (IOException e) {
      throw new SidecarException(
          "%s is not compiled: %s".formatted(folder, FailureText.of(e)), true, e);
    }
  }

  private SidecarException failed(
      String folder, List<Diagnostic<? extends JavaFileObject>> problems) {
    List<String> errors =
        problems.stream()
            .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
            .map(problem -> line(folder, problem))
            .toList();
    return BuildRules.refused(
        "folder " + folder,
        errors.size() + " errors, the first is " + (errors.isEmpty() ? "unknown" : errors.get(0)),
        "read " + log.file() + "; fix the repository and have governance schedule the new commit");
  }

  private static String line(String folder, Diagnostic<? extends JavaFileObject> problem) {
    String where =
        problem.getSource() == null
            ? folder
            : folder
                + SourceTree.JAVA
                + problem.getSource().getName()
                + ":"
                + problem.getLineNumber();
    return where + ": " + problem.getMessage(Locale.ROOT);
  }

  /** A source in memory; its name is its path, so that no machine's folder shows anywhere. */
  private static final class Source extends SimpleJavaFileObject {
    private final String path;
    private final String text;

    Source(String path, byte[] bytes) {
      super(URI.create("memory:///" + path), Kind.SOURCE);
      this.path = path;
      this.text = new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String getName() {
      return path;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
