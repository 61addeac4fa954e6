package io.segue.bundles.consensus.comet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With scripts in the place of CometBFT, that write down each start. */
class CometBftProcessTest {
  /** Until it is killed, and no child outlives it. */
  private static final String RUN = "while :; do sleep 0.05; done";

  private static final String ADDRESS = "tcp://127.0.0.1:26658";

  @TempDir Path home;

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectories(home.resolve("run"));
  }

  @Test
  void isStartedAgainWheneverItEnds() throws IOException {
    Path program = program("exit 0");
    try (CometBftProcess process = start(program, Duration.ofHours(1), () -> true)) {
      await(() -> starts().size() >= 2);
      await(() -> process.trouble().orElse("").contains("ended with status 0"));
    }
    assertThat(starts().get(0))
        .endsWith(" start --home " + home + " --proxy_app tcp://127.0.0.1:26658");
  }

  @Test
  void isKilledWhereItHasNoConnection() throws IOException {
    Path program = program(RUN);
    try (CometBftProcess process = start(program, Duration.ofMillis(50), () -> false)) {
      await(() -> starts().size() >= 2);
      await(() -> process.trouble().isPresent());
    }
  }

  @Test
  void isStoppedWithTheNode() throws IOException {
    Path program = program(RUN);
    long pid;
    try (CometBftProcess process = start(program, Duration.ofHours(1), () -> true)) {
      await(() -> Files.exists(pidFile()));
      pid = pid();
      assertThat(process.trouble()).isEmpty();
    }
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(pidFile()).doesNotExist();
    assertThat(starts()).hasSize(1);
  }

  @Test
  void oneThatOutlivedItsNodeIsKilled() throws IOException {
    Path program = program(RUN);
    Process orphan =
        new ProcessBuilder(
                program.toString(), "start", "--home", home.toString(), "--proxy_app", ADDRESS)
            .start();
    Files.writeString(pidFile(), orphan.pid() + "\n");
    await(() -> starts().size() == 1);
    try (CometBftProcess process = start(program, Duration.ofHours(1), () -> true)) {
      await(() -> starts().size() == 2);
      assertThat(orphan.isAlive()).isFalse();
    } finally {
      orphan.destroyForcibly();
    }
  }

  @Test
  void anotherProcessWithTheNumberOfOneThatEndedIsLeftAlone() throws IOException {
    Process stranger = new ProcessBuilder("sleep", "1000").start();
    Files.writeString(pidFile(), stranger.pid() + "\n");
    try (CometBftProcess process = start(program(RUN), Duration.ofHours(1), () -> true)) {
      await(() -> starts().size() == 1);
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void saysWhatToDoWhereThereIsNoProgram() {
    Path nowhere = home.resolve("cometbft");
    try (CometBftProcess process = start(nowhere, Duration.ofHours(1), () -> true)) {
      await(() -> process.trouble().isPresent());
      assertThat(process.trouble())
          .hasValueSatisfying(
              text -> assertThat(text).contains(nowhere + " can't be started", "install CometBFT"));
    }
  }

  private CometBftProcess start(Path program, Duration limit, BooleanSupplier connected) {
    return CometBftProcess.start(program.toString(), home, ADDRESS, connected, limit);
  }

  /** A program that writes its command line down, and then does something. */
  private Path program(String work) throws IOException {
    Path file = home.resolve("program");
    Files.writeString(file, "#!/bin/sh\necho \"$0 $*\" >> " + startsFile() + "\n" + work + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private List<String> starts() throws IOException {
    return Files.exists(startsFile()) ? Files.readAllLines(startsFile()) : List.of();
  }

  private Path startsFile() {
    return home.resolve("starts");
  }

  private Path pidFile() {
    return home.resolve("run").resolve("cometbft.pid");
  }

  private long pid() throws IOException {
    return Long.parseLong(Files.readString(pidFile()).strip());
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(condition);
  }
}
