package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * What decides, beside the sources, which bytes come out: the compiler, and what the sources are
 * compiled against. Two nodes with the same toolchain build the same artifact.
 *
 * @param compiler the one of this process
 * @param classPath jars or folders
 * @param text the same in words, for logs and refusals
 */
record Toolchain(JavaCompiler compiler, List<File> classPath, String text) {
  /** The release of Java that is written for, whatever newer one runs. */
  static final String RELEASE = "17";

  /**
   * The toolchain of a distribution.
   *
   * @param list a text file with the path of a jar to compile against in each line, from the folder
   *     that the file is in
   * @throws SidecarException where this Java has no compiler, or a file can't be read
   */
  static Toolchain of(Path list) throws SidecarException {
    try (Stream<String> lines = Files.lines(list)) {
      return of(
          lines
              .filter(line -> !line.startsWith("#"))
              .map(line -> list.resolveSibling(line).normalize())
              .toList());
    } catch (IOException | UncheckedIOException e) {
      throw BuildRules.refused(
          "the plan", list + " can't be read: " + FailureText.of(e), "unpack the whole release");
    }
  }

  /** As {@link #of(Path)}, with the class path itself. */
  static Toolchain of(List<Path> classPath) throws SidecarException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw BuildRules.refused(
          "the plan",
          "this Java (" + System.getProperty("java.home") + ") has no compiler",
          "start the node with a JDK, or build the artifact elsewhere: upgrade:deploy <file>");
    }
    try {
      StringBuilder digests = new StringBuilder();
      for (Path entry : classPath) {
        digests.append(Files.isDirectory(entry) ? entry : Sha256.of(Files.readAllBytes(entry)));
      }
      String text =
          "javac "
              + Runtime.version()
              + " --release "
              + RELEASE
              + ", class path "
              + Sha256.of(digests.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
      return new Toolchain(compiler, classPath.stream().map(Path::toFile).toList(), text);
    } catch (IOException e) {
      throw BuildRules.refused(
          "the plan",
          "the class path can't be read: " + FailureText.of(e),
          "unpack the whole release");
    }
  }

  /**
   * The same with one sdk of those on the class path.
   *
   * @param folder as messages name it
   */
  Toolchain with(String folder, SdkVersion sdk) throws SidecarException {
    try {
      return new Toolchain(compiler, sdk.select(folder, classPath), text);
    } catch (IOException e) {
      throw BuildRules.refused(
          "the plan", "the sdk can't be read: " + FailureText.of(e), "unpack the whole release");
    }
  }
}
