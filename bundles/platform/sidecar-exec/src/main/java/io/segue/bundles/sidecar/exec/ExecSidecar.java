package io.segue.bundles.sidecar.exec;

import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sidecar {@code exec}: runs a program that the operator named, which brings the artifact. A
 * plan names only the key of a program; programs and their arguments stand in {@code etc/}. The
 * artifact must have the digest in the plan, whoever made it.
 *
 * <ol>
 *   <li>The program starts in an empty folder, with the plan as JSON on its standard input and in
 *       its environment ({@link PlanDocument}).
 *   <li>What it says goes to the log ({@link ProgramOutput}).
 *   <li>It ends with status 0 and leaves the artifact where {@code SEGUE_OUTPUT} says, or prints
 *       its path as its last line. Status 30 means that trying again is of no use, 31 that it is;
 *       any other is tried again too.
 *   <li>It is ended with all it started when it takes too long, or the plan is cancelled.
 * </ol>
 */
@Component(
    configurationPid = "io.segue.sidecar.exec",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ExecSidecar implements Sidecar {
  /** Exit status of a program that wants no other try, as cosmovisor's pre-upgrade has it. */
  static final int GIVE_UP = 30;

  /** How long is waited for the end of what a program said, once it has ended. */
  private static final long LAST_WORDS_MS = 1_000;

  private static final Logger log = LoggerFactory.getLogger(ExecSidecar.class);

  private final ExecRules rules;

  @Activate
  public ExecSidecar(Map<String, Object> settings) {
    this.rules = new ExecRules(settings);
  }

  @Override
  public String name() {
    return "exec";
  }

  @Override
  public Path run(Task task, Progress progress) throws SidecarException, InterruptedException {
    String key = task.parameters().getOrDefault("command", "");
    List<String> command = rules.command(task.plan().name(), key);
    try {
      ArtifactFile artifact = new ArtifactFile(task, rules);
      if (artifact.isThere()) {
        return artifact.path();
      }
      Path folder =
          Files.createDirectories(task.directory().toAbsolutePath().resolveSibling("exec"));
      Path work = Files.createTempDirectory(folder, "run-");
      try {
        Path output = work.resolve("artifact");
        String lastLine = execute(command, key, task, work, output);
        return artifact.take(Files.exists(output) ? output : work.resolve(lastLine), key);
      } finally {
        ArtifactFile.deleteTree(work);
      }
    } catch (IOException e) {
      throw ExecRules.failed(
          "plan " + task.plan().name(),
          "command " + key + " (" + command.get(0) + "): " + FailureText.of(e),
          "fix the program, the disk or the rights; it is tried again",
          true);
    }
  }

  private String execute(List<String> command, String key, Task task, Path work, Path output)
      throws SidecarException, IOException, InterruptedException {
    Path home = task.directory().toAbsolutePath().resolve("../..").normalize();
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    builder.environment().keySet().retainAll(rules.environment);
    PlanDocument.variables(builder.environment(), task, home, output);
    log.info("Plan {}: running command {} ({})", task.plan().name(), key, command.get(0));
    Process program = builder.start();
    ProcessTree tree = new ProcessTree(program);
    ProgramOutput said = read(program.getInputStream(), key, "");
    ProgramOutput complained = read(program.getErrorStream(), key, "! ");
    Thread out = start(said);
    Thread err = start(complained);
    Thread in = start(() -> give(program, task, home, output));
    try {
      if (!tree.await(rules.timeoutMs)) {
        throw ExecRules.failed(
            "plan " + task.plan().name(),
            "command " + key + " ran longer than timeoutMs = " + rules.timeoutMs + " and was ended",
            "raise timeoutMs in "
                + ExecRules.FILE
                + " or make the program faster; it is tried again",
            true);
      }
      out.join(LAST_WORDS_MS);
      err.join(LAST_WORDS_MS);
    } finally {
      tree.end(rules.graceMs);
      in.interrupt();
    }
    check(program.exitValue(), key, task, complained.lastLine());
    return said.lastLine();
  }

  private static void check(int status, String key, Task task, String complaint)
      throws SidecarException {
    if (status != 0) {
      throw ExecRules.failed(
          "plan " + task.plan().name(),
          "command "
              + key
              + " ended with status "
              + status
              + (complaint.isEmpty() ? "" : ": " + complaint),
          status == GIVE_UP
              ? "fix what it says and run it again, or deploy the artifact by hand:"
                  + " upgrade:deploy <file>"
              : "fix what it says; it is tried again",
          status != GIVE_UP);
    }
  }

  private ProgramOutput read(InputStream in, String key, String mark) {
    return new ProgramOutput(
        in, rules, line -> log.info("{}: {}{}", key, mark, line), System::nanoTime);
  }

  private static Thread start(Runnable work) {
    Thread thread = new Thread(work, "segue-exec");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** A program that does not read its input is none the worse for it. */
  private static void give(Process program, Task task, Path home, Path output) {
    try (OutputStream in = program.getOutputStream()) {
      in.write(PlanDocument.json(task, home, output));
    } catch (IOException e) {
      log.debug("the program did not read the plan", e);
    }
  }
}
