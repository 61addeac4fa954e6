package io.segue.bundles.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.shell.CommandException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static final Usage PLAIN = Usage.of("node:status", "Says how the node is.");
  private static final Usage RICH =
      new Usage("test:take", "Takes something.", "<thing>", Map.of("--limit", "how many"));

  @Test
  void takesOptionsBeforeAndBehindTheOperand() throws Exception {
    Arguments arguments = Arguments.parse(RICH, "--limit", "5", "apple", "--output=json");

    assertThat(arguments.operand()).isEqualTo("apple");
    assertThat(arguments.number("--limit")).contains(5);
    assertThat(arguments.json()).isTrue();
    assertThat(arguments.help()).isFalse();
  }

  @Test
  void answersAsTextUnlessTold() throws Exception {
    assertThat(Arguments.parse(PLAIN).json()).isFalse();
    assertThat(Arguments.parse(PLAIN, "--output", "text").json()).isFalse();
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    refuses(PLAIN, "node:status has no option --colour", "--colour", "red");
    refuses(PLAIN, "node:status has no option --limit", "--limit", "5");
    refuses(PLAIN, "node:status takes no argument apple", "apple");
    refuses(RICH, "test:take takes one <thing>, not apple and pear", "apple", "pear");
    refuses(PLAIN, "knows --output text and --output json, not yaml", "--output", "yaml");
    refuses(PLAIN, "node:status needs a value for --output", "--output");
  }

  @Test
  void refusesAMissingOperand() throws Exception {
    Arguments arguments = Arguments.parse(RICH);

    assertThatThrownBy(arguments::operand)
        .hasMessage("test:take needs <thing>; see test:take --help");
  }

  @Test
  void refusesANumberThatIsNone() throws Exception {
    assertThatThrownBy(() -> Arguments.parse(RICH, "--limit", "many").number("--limit"))
        .hasMessageContaining("--limit takes a number, not many");
    assertThatThrownBy(() -> Arguments.parse(RICH, "--limit", "0").number("--limit"))
        .hasMessageContaining("--limit must be 1 or more");
  }

  @Test
  void explainsItself() {
    assertThat(RICH.text())
        .isEqualTo(
            """
            test:take <thing> [options]

            Takes something.

              --limit <value>  how many
              --output <form>  text (the default) or json
              --help           prints this
            """);
  }

  private static void refuses(Usage usage, String message, String... words) {
    assertThatThrownBy(() -> Arguments.parse(usage, words))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(message)
        .hasMessageEndingWith("; see " + usage.name() + " --help");
  }
}
