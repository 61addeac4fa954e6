package io.segue.bundles.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static final Usage PLAIN = Usage.of("node:status", "Says how the node is.");
  private static final Usage RICH =
      Usage.of("test:take", "Takes something.")
          .details("Anything will do.")
          .operand("<thing>", Suggestions.NONE)
          .option("--limit", "<number>", "how many", Suggestions.NONE);
  private static final Usage TWO = RICH.operand("[other]", Suggestions.NONE);

  @Test
  void takesOptionsBeforeAndBehindTheOperand() throws Exception {
    Arguments arguments = Arguments.parse(RICH, "--limit", "5", "apple", "--output=json");

    assertThat(arguments.operand(0)).isEqualTo("apple");
    assertThat(arguments.number("--limit")).hasValue(5);
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
    refuses(TWO, "test:take takes 2 arguments; plum is one too many", "apple", "pear", "plum");
    refuses(PLAIN, "knows --output text and --output json, not yaml", "--output", "yaml");
    refuses(PLAIN, "node:status needs a value for --output", "--output");
  }

  @Test
  void refusesAMissingOperand() throws Exception {
    Arguments arguments = Arguments.parse(RICH);

    assertThatThrownBy(() -> arguments.operand(0))
        .hasMessage("test:take needs <thing>; see test:take --help");
  }

  @Test
  void leavesOutWhatIsOptional() throws Exception {
    assertThat(Arguments.parse(TWO, "apple").optionalOperand(1)).isEmpty();
    assertThat(Arguments.parse(TWO, "apple", "pear").optionalOperand(1)).contains("pear");
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
            Usage: test:take [-h] [--limit=<number>] [-o=text|json] <thing>
            Takes something.
            Anything will do.
              -h, --help              prints this
                  --limit=<number>    how many
              -o, --output=text|json  how the answer is printed; default: text
            """);
  }

  @Test
  void takesTheShortOptionsOfTheCommandLine() throws Exception {
    assertThat(Arguments.parse(RICH, "-o", "json", "apple").json()).isTrue();
    assertThat(Arguments.parse(RICH, "-o=json").json()).isTrue();
    assertThat(Arguments.parse(RICH, "-h").help()).isTrue();
    assertThat(Arguments.parse(RICH, "-x").operand(0)).isEqualTo("-x");
  }

  private static void refuses(Usage usage, String message, String... words) {
    assertThatThrownBy(() -> Arguments.parse(usage, words))
        .isInstanceOf(WrongUsageException.class)
        .hasMessageContaining(message)
        .hasMessageEndingWith("; see " + usage.name() + " --help");
  }
}
