package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of the Cosmos world that is run against a node: its sources from {@code src/test}, in a
 * folder of {@code target} where its own tools may download what it needs.
 */
final class ClientProgram {
  private final Path folder;

  private ClientProgram(Path folder) {
    this.folder = folder;
  }

  /**
   * The program in {@code src/test/<name>}. The test counts as skipped, and says why, where the
   * machine lacks one of the tools.
   */
  static ClientProgram of(String name, String... tools) throws IOException {
    requireAll("src/test/" + name, tools);
    Path target = Path.of("target", name).toAbsolutePath();
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(Path.of("src", "test", name))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return new ClientProgram(target);
  }

  /** The program in a folder, which its own tools may write to; as {@link #of}. */
  static ClientProgram in(Path folder, String... tools) {
    requireAll(folder.getFileName().toString(), tools);
    return new ClientProgram(folder);
  }

  private static void requireAll(String program, String... tools) {
    for (String tool : tools) {
      Assumptions.assumeTrue(
          onPath(tool).isPresent(), "skipped: there is no " + tool + " on PATH to run " + program);
    }
  }

  /**
   * Downloads what the program needs. The test counts as skipped where that fails: the machine may
   * have no network.
   */
  ClientProgram prepare(Duration limit, String... line) throws Exception {
    Result result = execute(limit, List.of(line));
    Assumptions.assumeTrue(
        result.status() == 0,
        () -> "skipped: " + String.join(" ", line) + " failed: " + result.output());
    return this;
  }

  /** Runs the program, which must succeed; the lines that it printed. */
  List<String> run(Duration limit, String... line) throws Exception {
    Result result = execute(limit, List.of(line));
    assertThat(result.status()).as(result.output()).isZero();
    return result.output().lines().toList();
  }

  private record Result(int status, String output) {}

  private Result execute(Duration limit, List<String> line) throws Exception {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
      String printed = Files.readString(output, StandardCharsets.UTF_8);
      return new Result(
          ended ? process.exitValue() : -1,
          ended ? printed : printed + "(still running after " + limit + ")");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.delete(output);
    }
  }

  /** A tool of this machine. The test counts as skipped, and says why, where there is none. */
  static Path require(String tool) {
    Optional<Path> found = onPath(tool);
    Assumptions.assumeTrue(found.isPresent(), "skipped: there is no " + tool + " on PATH");
    return found.orElseThrow();
  }

  /** A tool of this machine. */
  static Optional<Path> onPath(String tool) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder).resolve(tool))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
