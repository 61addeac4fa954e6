package io.segue.distribution.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class HomeTest {
  private final Path folder;

  HomeTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void namesInitWhereThereIsNoNode() {
    assertThatThrownBy(() -> Home.open(folder))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("config/genesis.json is missing")
        .hasMessageEndingWith("segue init --home " + folder);
  }

  @Test
  void namesInitWhereThereAreNoSettings() throws Exception {
    makeHome();
    Files.delete(folder.resolve("etc"));

    assertThatThrownBy(() -> Home.open(folder)).hasMessageContaining("etc is missing");
  }

  @Test
  void missesTheSettingsOfOneEngineOnly() throws Exception {
    makeHome();
    Path etc = folder.resolve("etc");
    assertThat(missing()).contains("solo", "comet", "rpc", "rest");
    Path solo = Files.createFile(etc.resolve("io.segue.consensus.solo.cfg"));
    assertThat(missing()).contains("rpc", "rest").doesNotContain("comet");
    Files.delete(solo);
    Files.createFile(etc.resolve("io.segue.consensus.comet.cfg"));
    assertThat(missing()).contains("rest").doesNotContain("solo", "rpc");
  }

  /** The last words of the names of the settings that the home is told to have. */
  private List<String> missing() throws Exception {
    Path distribution = folder.resolve("distribution");
    Files.createDirectories(distribution.resolve("etc"));
    for (String name : List.of("consensus.solo", "consensus.comet", "rpc", "rest")) {
      Path file = distribution.resolve("etc/io.segue." + name + ".cfg");
      if (Files.notExists(file)) {
        Files.createFile(file);
      }
    }
    Logger logger = (Logger) LoggerFactory.getLogger("missing");
    ListAppender<ILoggingEvent> told = new ListAppender<>();
    told.start();
    logger.setLevel(Level.WARN);
    logger.addAppender(told);
    new Home(folder).warnOfMissingSettings(distribution, logger);
    logger.detachAppender(told);
    return told.list.stream()
        .map(event -> event.getArgumentArray()[0].toString().replaceAll(".*\\.(.*)\\.cfg", "$1"))
        .toList();
  }

  @Test
  void refusesSettingsThatOthersMayWrite() throws Exception {
    makeHome();
    Path etc = folder.resolve("etc");
    Path file = Files.writeString(etc.resolve("io.segue.kernel.cfg"), "");
    for (Path path : List.of(etc, file)) {
      Set<PosixFilePermission> before = Files.getPosixFilePermissions(path);
      Set<PosixFilePermission> open = EnumSet.copyOf(before);
      open.add(PosixFilePermission.OTHERS_WRITE);
      Files.setPosixFilePermissions(path, open);

      assertThatThrownBy(() -> Home.open(folder))
          .isInstanceOf(StartException.class)
          .hasMessageStartingWith("others may write to " + path + " (")
          .hasMessageEndingWith("Next: chmod go-w " + path);

      Files.setPosixFilePermissions(path, before);
      assertThat(Home.open(folder).settings()).isEqualTo(etc);
    }
  }

  @Test
  void takesTheNodesOwnLoggingWhereItHasOne() throws Exception {
    Home home = makeHome();
    Path distribution = Path.of("/opt/segue");
    assertThat(home.logging(distribution)).isEqualTo(Path.of("/opt/segue/etc/logback.xml"));

    Path own = Files.writeString(folder.resolve("etc/logback.xml"), "<configuration/>");

    assertThat(home.logging(distribution)).isEqualTo(own);
  }

  @Test
  void isLockedForAsLongAsANodeRuns() throws Exception {
    Home home = makeHome();

    try (FileLock lock = home.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThat(anotherProcessGetsTheLock()).isFalse();
    }
    assertThat(anotherProcessGetsTheLock()).isTrue();
  }

  /** Locks of one process do not keep it out itself, so a process of its own tries. */
  private boolean anotherProcessGetsTheLock() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Locker.class.getName(),
                folder.toString())
            .inheritIO()
            .start()
            .waitFor()
        == 0;
  }

  /** Locks a home and leaves. */
  static final class Locker {
    public static void main(String[] args) {
      try {
        new Home(Path.of(args[0])).lock();
        System.exit(0);
      } catch (StartException e) {
        System.exit(e.getMessage().startsWith("a node runs already on " + args[0]) ? 1 : 2);
      }
    }
  }

  private Home makeHome() throws Exception {
    Files.createDirectories(folder.resolve("config"));
    Files.createDirectories(folder.resolve("etc"));
    Files.writeString(folder.resolve("config/genesis.json"), "{}");
    return Home.open(folder);
  }
}
