package io.segue.distribution.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  @Test
  void takesTheHomeInBothForms() throws Exception {
    assertThat(Arguments.parse("--home", "/srv/node").home()).isEqualTo(Path.of("/srv/node"));
    assertThat(Arguments.parse("--home=/srv/x/../node").home()).isEqualTo(Path.of("/srv/node"));
    assertThat(Arguments.parse("--home", "node").home()).isAbsolute();
  }

  @Test
  void livesInTheUsersHomeUnlessTold() throws Exception {
    assertThat(Arguments.parse().home())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".segue"));
  }

  @Test
  void asksForHelp() throws Exception {
    assertThat(Arguments.parse("--home", "/srv/node", "--help").help()).isTrue();
    assertThat(Arguments.parse().help()).isFalse();
  }

  @Test
  void runsABoundChainOnOtherBundlesOnlyWhenTold() throws Exception {
    assertThat(Arguments.parse("--allow-unbound").allowUnbound()).isTrue();
    assertThat(Arguments.parse().allowUnbound()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--home", "--home=", "--port", "node"})
  void refusesWhatItDoesNotUnderstand(String argument) {
    assertThatThrownBy(() -> Arguments.parse(argument))
        .isInstanceOf(StartException.class)
        .hasMessageEndingWith("see segue start --help");
  }
}
