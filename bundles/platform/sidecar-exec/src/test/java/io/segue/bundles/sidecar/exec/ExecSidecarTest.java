package io.segue.bundles.sidecar.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.Sidecar.Task;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real programs, as an operator would write them. */
class ExecSidecarTest {
  private static final String BYTES = "the artifact";
  private static final String DIGEST = sha256(BYTES);

  @TempDir Path home;
  private final Map<String, Object> settings = new HashMap<>();

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(home.resolve("data/artifacts"));
  }

  @Test
  void takesWhatTheProgramPutsWhereItIsTold() throws Exception {
    program("printf '%s' '" + BYTES + "' > \"$SEGUE_OUTPUT\"");

    Path artifact = run(DIGEST);

    assertThat(artifact)
        .isEqualTo(home.resolve("data/artifacts").resolve(DIGEST))
        .hasContent(BYTES);
    assertThat(home.resolve("data/exec")).isEmptyDirectory();
  }

  @Test
  void takesTheFileThatIsNamedByTheLastLine() throws Exception {
    Path made = Files.writeString(home.resolve("made"), BYTES);
    program("echo working; echo " + made + "; echo");

    assertThat(run(DIGEST)).hasContent(BYTES);
    assertThat(made).exists();
  }

  @Test
  void givesThePlanAsJsonAndInTheEnvironment() throws Exception {
    Path seen = home.resolve("seen");
    program(
        "cat > "
            + seen
            + "; env | grep '^SEGUE' | sort >> "
            + seen
            + "; printf '%s' '"
            + BYTES
            + "' > \"$SEGUE_OUTPUT\"");

    run(DIGEST);

    assertThat(Files.readString(seen))
        .startsWith(
            "{\"name\":\"v9\",\"height\":100,\"info\":\"{\\\"a\\\": 1}\",\"url\":\"https://x/y\","
                + "\"sha256\":\""
                + DIGEST
                + "\",\"parameters\":{\"command\":\"bring\",\"disk\":\"big\"},\"home\":\""
                + home
                + "\",\"output\":\"")
        .contains("SEGUE_PLAN_NAME=v9\n", "SEGUE_PLAN_HEIGHT=100\n", "SEGUE_PLAN_INFO={\"a\": 1}\n")
        .contains("SEGUE_HOME=" + home + "\n", "SEGUE_PARAMETER_DISK=big\n");
  }

  @Test
  void givesNothingElseOfTheNodesEnvironment() throws Exception {
    Path seen = home.resolve("seen");
    program("env | sed 's/=.*//' > " + seen + "; printf '%s' '" + BYTES + "' > $SEGUE_OUTPUT");
    settings.put("environment", "PATH");

    run(DIGEST);

    assertThat(Files.readAllLines(seen))
        .filteredOn(name -> !name.startsWith("SEGUE_"))
        .isSubsetOf("PATH", "PWD", "SHLVL", "_", "OLDPWD");
  }

  @Test
  void refusesAnotherDigestAndNamesBoth() throws Exception {
    program("printf other > \"$SEGUE_OUTPUT\"");

    assertThatThrownBy(() -> run(DIGEST))
        .hasMessageContaining("SHA-256 " + sha256("other") + ", not " + DIGEST)
        .matches(e -> !((SidecarException) e).retry());
    assertThat(home.resolve("data/artifacts")).isEmptyDirectory();
  }

  @Test
  void knowsTheExitStatusesOfCosmovisor() throws Exception {
    program("echo no disk >&2; exit 30");
    assertThatThrownBy(() -> run(DIGEST))
        .hasMessageContaining(
            "plan v9 is not prepared: command bring ended with status 30: no disk")
        .matches(e -> !((SidecarException) e).retry());

    program("exit 31");
    assertThatThrownBy(() -> run(DIGEST))
        .hasMessageContaining("ended with status 31")
        .matches(e -> ((SidecarException) e).retry());

    program("exit 7");
    assertThatThrownBy(() -> run(DIGEST)).matches(e -> ((SidecarException) e).retry());
  }

  @Test
  void saysWhereTheProgramLeftNothing() throws Exception {
    program("echo done");

    assertThatThrownBy(() -> run(DIGEST))
        .hasMessageContaining("command bring left no artifact")
        .hasMessageContaining("have the program write to $SEGUE_OUTPUT");
  }

  @Test
  void takesNoLink() throws Exception {
    Path made = Files.writeString(home.resolve("made"), BYTES);
    program("ln -s " + made + " \"$SEGUE_OUTPUT\"");

    assertThatThrownBy(() -> run(DIGEST)).hasMessageContaining("left no artifact");
  }

  @Test
  void endsAProgramThatTakesTooLongWithAllItStarted() throws Exception {
    Path pids = home.resolve("pids");
    program(
        "trap '' TERM; (trap '' TERM; echo $BASHPID >> "
            + pids
            + "; while :; do sleep 1; done) & echo $$ >> "
            + pids
            + "; wait; while :; do sleep 1; done");
    settings.put("timeoutMs", "1500");
    settings.put("graceMs", "200");

    assertThatThrownBy(() -> run(DIGEST))
        .hasMessageContaining("command bring ran longer than timeoutMs = 1500 and was ended")
        .matches(e -> ((SidecarException) e).retry());

    assertThat(Files.readAllLines(pids)).hasSize(2).allMatch(ExecSidecarTest::ends);
  }

  @Test
  void endsTheProgramWhereThePlanIsCancelled() throws Exception {
    Path pid = home.resolve("pid");
    program("echo $$ > " + pid + "; exec sleep 600");
    FutureTask<Path> run = new FutureTask<>(() -> run(DIGEST));
    Thread thread = new Thread(run);
    thread.start();
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!(Files.exists(pid) && Files.size(pid) > 0) && System.nanoTime() < endNs) {
      Thread.onSpinWait();
    }

    thread.interrupt();

    assertThatThrownBy(() -> run.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(Files.readAllLines(pid)).hasSize(1).allMatch(ExecSidecarTest::ends);
  }

  @Test
  void runsNothingThatTheOperatorDidNotName() throws Exception {
    program("exit 0");

    assertThatThrownBy(() -> run(DIGEST, "command", "/bin/rm"))
        .hasMessageContaining(
            "it asks for command /bin/rm, and command./bin/rm is not set (there are: bring)")
        .hasMessageContaining("name the program in etc/io.segue.sidecar.exec.cfg");
    assertThatThrownBy(() -> run(DIGEST, "x", "y"))
        .hasMessageContaining("its info has no parameter command");
  }

  @Test
  void saysThatAProgramIsNotThere() {
    settings.put("command.bring", "/nowhere/bring");

    assertThatThrownBy(() -> run(DIGEST)).hasMessageContaining("/nowhere/bring");
  }

  @Test
  void keepsTheLimitOfTheArtifact() throws Exception {
    program("printf '%s' '" + BYTES + "' > \"$SEGUE_OUTPUT\"");
    settings.put("maxArtifactBytes", "11");

    assertThatThrownBy(() -> run(DIGEST))
        .hasMessageContaining("made 12 bytes, and maxArtifactBytes is 11");
  }

  @Test
  void namesASettingThatIsOutOfItsRange() {
    assertThatThrownBy(() -> new ExecRules(Map.of("timeoutMs", "0")))
        .hasMessage("etc/io.segue.sidecar.exec.cfg: timeoutMs must be 1 or more");
    assertThatThrownBy(() -> new ExecRules(Map.of("maxOutputBytes", "many")))
        .hasMessageContaining("maxOutputBytes must be a number");
    assertThatThrownBy(() -> new ExecRules(Map.of("command.x", "relative/program")))
        .hasMessageContaining("command.x must be a program by its absolute path");
  }

  private Path run(String digest) throws Exception {
    return run(digest, "command", "bring");
  }

  private Path run(String digest, String key, String value) throws Exception {
    Task task =
        new Task(
            new Plan("v9", 100, "{\"a\": 1}"),
            "https://x/y",
            digest,
            Map.of(key, value, "disk", "big"),
            home.resolve("data/artifacts"));
    return new ExecSidecar(settings).run(task, (done, all) -> {});
  }

  private void program(String text) throws IOException {
    Path program = Files.writeString(home.resolve("bring.sh"), "#!/bin/bash\n" + text + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    settings.put("command.bring", program.toString());
  }

  private static boolean ends(String pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pid.strip()));
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (process.isPresent() && process.get().isAlive() && System.nanoTime() < endNs) {
      Thread.onSpinWait();
    }
    return process.isEmpty() || !process.get().isAlive();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
