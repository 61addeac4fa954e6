package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.File;
import java.io.IOException;
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
 * @param classPath jars or folders, in order of their names
 * @param text the same in words, for logs and refusals
 */
record Toolchain(JavaCompiler compiler, List<File> classPath, String text) {
  /** The release of Java that is written for, whatever newer one runs. */
  static final String RELEASE = "17";

  /**
   * The toolchain of a distribution.
   *
   * @param folder with the jars to compile against
   * @throws SidecarException where this Java has no compiler, or the folder is not there
   */
  static Toolchain of(Path folder) throws SidecarException {
    try (Stream<Path> files = Files.list(folder)) {
      return of(files.filter(file -> file.toString().endsWith(".jar")).sorted().toList());
    } catch (IOException e) {
      throw BuildRules.refused(
          "the plan",
          "the folder " + folder + " can't be read: " + FailureText.of(e),
          "unpack the whole release");
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
        digests.append(Files.isRegularFile(entry) ? Sha256.of(Files.readAllBytes(entry)) : entry);
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
}
