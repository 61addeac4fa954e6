package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.upgrade.SidecarException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs {@link SourceBuild} in a Java of its own, since a stranger's sources may ask the compiler
 * for all memory and all time there is: it gets a heap, a time limit and no part of the node's.
 * What goes to and fro is in one folder:
 *
 * <pre>
 * {@code sources.zip}     the files of the commit
 * {@code artifact.zip}    what came out
 * {@code refused}         why nothing did, in words
 * </pre>
 */
final class CompilerProcess {
  static final String SOURCES = "sources.zip";
  static final String ARTIFACT = "artifact.zip";
  static final String REFUSED = "refused";

  /** The exit status of a Java that ends for lack of memory. */
  private static final int OUT_OF_MEMORY = 3;

  private final BuildRules rules;
  private final List<Path> code;
  private final BuildDeadline deadline;
  private final BuildLog log;

  /**
   * Nothing runs yet.
   *
   * @param code the class path on which this sidecar's own classes are
   */
  CompilerProcess(BuildRules rules, List<Path> code, BuildDeadline deadline, BuildLog log) {
    this.rules = rules;
    this.code = code;
    this.deadline = deadline;
    this.log = log;
  }

  /**
   * The bytes of the artifact.
   *
   * @param folder an empty one
   */
  byte[] run(String what, Toolchain tools, SourceTree tree, Path folder)
      throws SidecarException, IOException, InterruptedException {
    Files.write(folder.resolve(SOURCES), StableZip.of(tree.files()));
    long limitMs = Math.min(rules.compilerTimeoutMs, deadline.leftMs());
    SidecarException exceeded =
        limitMs < rules.compilerTimeoutMs
            ? deadline.exceeded()
            : BuildRules.tooMuch(what, "the compiler takes too long", "compilerTimeoutMs", limitMs);
    int status =
        ChildProcess.run(command(what, tools, folder, limitMs), folder, limitMs, exceeded, log);
    if (Files.exists(folder.resolve(REFUSED))) {
      throw new SidecarException(Files.readString(folder.resolve(REFUSED)), false, null);
    }
    if (status == OUT_OF_MEMORY) {
      throw BuildRules.tooMuch(
          what, "the compiler needs more memory", "compilerHeapBytes", rules.compilerHeapBytes);
    }
    if (status != 0) {
      throw BuildRules.refused(
          what,
          "the compiler ended with status " + status,
          "read " + log.file() + "; fix the repository and schedule the new commit");
    }
    return Files.readAllBytes(folder.resolve(ARTIFACT));
  }

  private List<String> command(String what, Toolchain tools, Path folder, long limitMs) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + rules.compilerHeapBytes,
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Duser.language=en",
            "-Duser.country=",
            "-Duser.timezone=UTC",
            "-Dfile.encoding=" + StandardCharsets.UTF_8,
            "-Dslf4j.internal.verbosity=ERROR",
            "-cp",
            joined(code),
            CompilerMain.class.getName(),
            folder.toString(),
            what,
            joined(tools.classPath().stream().map(File::toPath).toList()),
            Long.toString(rules.maxArtifactBytes),
            Long.toString(limitMs),
            log.file().toString(),
            Integer.toString(rules.maxLogBytes)));
  }

  private static String joined(Collection<Path> paths) {
    return paths.stream()
        .map(path -> path.toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
