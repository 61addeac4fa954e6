package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.nodes.Distribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A project that {@code segue new} makes, as a builder has it. */
final class NewProject {
  private NewProject() {}

  /** Makes a project in a folder: of {@code upgrade spring}, or {@code module book}. */
  static void make(Path folder, String... words) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(Distribution.command().toString(), "new"));
    line.addAll(List.of(words));
    run(folder, line.toArray(new String[0]));
  }

  /** Makes the project of an upgrade that brings a module, and builds it; its artifact. */
  static Path upgrade(Path folder, String plan, String module)
      throws IOException, InterruptedException {
    make(folder, "upgrade", plan, "--module", module);
    build(folder.resolve(plan), "-DskipTests");
    return folder.resolve(plan).resolve("target").resolve(plan + ".zip");
  }

  /** Builds a project, with its tests unless the options say otherwise. */
  static void build(Path project, String... options) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("mvn", "-B", "-q", "package"));
    line.addAll(List.of(options));
    run(project, line.toArray(new String[0]));
  }

  /** Runs a command in a folder, which must end well. */
  static void run(Path folder, String... line) throws IOException, InterruptedException {
    Process process = start(folder, List.of(line));
    String output = read(process);
    assertThat(process.waitFor()).as(output).isZero();
  }

  /** What a command prints, however it ends. */
  static String output(Path folder, List<String> line) throws IOException {
    return read(start(folder, line));
  }

  private static Process start(Path folder, List<String> line) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("SEGUE_HOME", folder.toString());
    return builder.start();
  }

  private static String read(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
