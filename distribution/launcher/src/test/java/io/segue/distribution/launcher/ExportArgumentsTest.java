package io.segue.distribution.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportArgumentsTest {
  @Test
  void takesHomeHeightAndDocument() throws Exception {
    ExportArguments arguments =
        ExportArguments.parse("--home", "/srv/node", "--height=7", "--output-document", "out.json");

    assertThat(arguments.home()).isEqualTo(Path.of("/srv/node"));
    assertThat(arguments.height()).isEqualTo(7);
    assertThat(arguments.document()).contains(Path.of("out.json"));
  }

  @Test
  void exportsTheLastHeightToStandardOutputUnlessTold() throws Exception {
    ExportArguments arguments = ExportArguments.parse();

    assertThat(arguments.height()).isZero();
    assertThat(arguments.document()).isEmpty();
    assertThat(arguments.help()).isFalse();
    assertThat(ExportArguments.parse("--help").help()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--heigth=7", "--height", "--home", "node", "--for-zero-height"})
  void refusesWhatItDoesNotUnderstand(String argument) {
    assertThatThrownBy(() -> ExportArguments.parse(argument))
        .isInstanceOf(StartException.class)
        .hasMessageEndingWith("see segue export --help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--height=-1", "--height=latest", "--height="})
  void refusesWhatIsNoHeight(String argument) {
    assertThatThrownBy(() -> ExportArguments.parse(argument))
        .hasMessageContaining("write a height");
  }
}
