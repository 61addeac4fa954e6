package io.segue.bundles.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleLogTest {
  @TempDir Path folder;

  @Test
  void keepsWhatTheNodeWroteAfterTheStartsBefore() throws IOException {
    Path log = Files.createDirectory(folder.resolve("log"));
    int starts = ConsoleLog.KEPT + 3;
    for (int start = 1; start <= starts; start++) {
      Path console = ConsoleLog.startOver(folder);
      assertThat(console).isEqualTo(ConsoleLog.of(folder)).doesNotExist();
      Files.writeString(console, "start " + start);
    }
    assertThat(log.resolve("console.log")).hasContent("start " + starts);
    for (int number = 1; number <= ConsoleLog.KEPT; number++) {
      assertThat(log.resolve("console.log." + number)).hasContent("start " + (starts - number));
    }
    try (Stream<Path> files = Files.list(log)) {
      assertThat(files).hasSize(ConsoleLog.KEPT + 1);
    }
  }
}
