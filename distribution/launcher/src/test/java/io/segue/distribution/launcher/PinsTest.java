package io.segue.distribution.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The script is run with a Java that writes down how it was called. */
class PinsTest {
  private static final Path SCRIPT = Path.of("..", "src", "main", "bin", "segue");

  @TempDir Path folder;

  @Test
  void theScriptPinsWhatNodesComputeWithWhateverTheUserSays() throws Exception {
    for (String command : List.of("start", "keys", "export")) {
      List<String> words = called(command);

      assertThat(last(words, "-Duser.language=")).isEqualTo("en");
      assertThat(last(words, "-Duser.country=")).isEmpty();
      assertThat(last(words, "-Duser.timezone=")).isEqualTo("UTC");
      assertThat(last(words, "-Dfile.encoding=")).isEqualTo("UTF-8");
      assertThat(last(words, "-Djava.locale.providers=")).isEqualTo("CLDR");
      assertThat(words).contains("-Duser.language=tr");
    }
  }

  @Test
  void aPinThatIsOverriddenIsRefusedByName() {
    assertThatCode(() -> Pins.require("user.language", "en", "en")).doesNotThrowAnyException();
    assertThatThrownBy(() -> Pins.require("user.language", "en", "tr_TR"))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("user.language is 'tr_TR', and a node runs with 'en' only")
        .hasMessageEndingWith("unset _JAVA_OPTIONS");
  }

  @Test
  void anOptionThatChangesWhatCodeComputesIsRefusedByName() {
    assertThatCode(() -> Pins.requireUsual(List.of("-XX:+UseSerialGC", "-Xms48m")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Pins.requireUsual(List.of("-Xms48m", "-XX:AutoBoxCacheMax=20000")))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("The Java option -XX:AutoBoxCacheMax=20000 changes what code");
  }

  @Test
  void saysWhichJavaChainsWereTriedWith() {
    assertThat(told("17.0.9+1"))
        .isEqualTo("INFO Java 17.0.9+1, locale en, time zone UTC, charset UTF-8");
    assertThat(told("25+36"))
        .startsWith("WARN Java 25+36, ")
        .contains("tried with Java 17 only")
        .endsWith("Next: run all nodes of a chain on Java 17");
  }

  private static String told(String version) {
    ch.qos.logback.classic.Logger log =
        (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(PinsTest.class);
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    events.start();
    log.setLevel(Level.INFO);
    log.addAppender(events);
    Pins.tell(Runtime.Version.parse(version), log);
    log.detachAppender(events);
    ILoggingEvent event = events.list.get(0);
    return event.getLevel() + " " + event.getFormattedMessage();
  }

  private List<String> called(String command) throws Exception {
    Path dist = folder.resolve(command);
    Path java = dist.resolve("jdk/bin/java");
    Path script = dist.resolve("bin/segue");
    Files.createDirectories(java.getParent());
    Files.createDirectories(script.getParent());
    Files.copy(SCRIPT, script);
    Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\" >\"$0.called\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    ProcessBuilder builder = new ProcessBuilder("sh", script.toString(), command);
    builder.environment().put("JAVA_HOME", dist.resolve("jdk").toString());
    builder.environment().put("JAVA_OPTS", "-Duser.language=tr -Dfile.encoding=ISO-8859-1");
    builder.environment().put("SEGUE_OPTS", "-Duser.timezone=Asia/Tokyo -Duser.country=TR");
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return Files.readAllLines(java.resolveSibling("java.called"));
  }

  private static String last(List<String> words, String prefix) {
    return words.stream()
        .filter(word -> word.startsWith(prefix))
        .reduce((first, second) -> second)
        .orElseThrow()
        .substring(prefix.length());
  }
}
