package io.segue.bundles.sidecar.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class ProgramOutputTest {
  private final List<String> log = new ArrayList<>();

  @Test
  void passesLinesOnAndKeepsTheLastOneThatIsNotBlank() {
    assertThat(read("one\ntwo\n\n", Map.of(), () -> 0)).isEqualTo("two");
    assertThat(log).containsExactly("one", "two");
  }

  @Test
  void leavesOutWhatComesTooFastAndSaysHowMuch() {
    read("a\nb\nc\nd\n", Map.of("maxLinesPerSecond", "2"), () -> 0);

    assertThat(log)
        .containsExactly(
            "a",
            "b",
            "... 2 lines left out; maxLinesPerSecond and maxOutputBytes in"
                + " etc/io.segue.sidecar.exec.cfg");
  }

  @Test
  void goesOnInTheNextSecond() {
    long[] ns = {0};
    read("a\nb\nc\n", Map.of("maxLinesPerSecond", "1"), () -> ns[0] += 400_000_000);

    assertThat(log)
        .hasSize(3)
        .startsWith("a")
        .endsWith("c")
        .element(1)
        .asString()
        .contains("1 lines");
  }

  @Test
  void endsAtTheLimitOfBytesButKeepsTheLastLine() {
    assertThat(read("12345\n12345\nlast\n", Map.of("maxOutputBytes", "6"), () -> 0))
        .isEqualTo("last");
    assertThat(log).hasSize(2).startsWith("12345");
  }

  @Test
  void cutsLongLinesAndTakesControlCharactersOut() {
    read("x".repeat(10_000) + "\n\u001b[31mred\n", Map.of(), () -> 0);

    assertThat(log.get(0)).hasSize(ProgramOutput.MAX_LINE_BYTES);
    assertThat(log.get(1)).isEqualTo(" [31mred");
  }

  private String read(String said, Map<String, String> settings, LongSupplier clockNs) {
    ProgramOutput output =
        new ProgramOutput(
            new ByteArrayInputStream(said.getBytes(StandardCharsets.UTF_8)),
            new ExecRules(settings),
            log::add,
            clockNs);
    output.run();
    return output.lastLine();
  }
}
