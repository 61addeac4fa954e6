package io.segue.distribution.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartArgumentsTest {
  @Test
  void takesTheHomeInBothForms() throws Exception {
    assertThat(StartArguments.parse("--home", "/srv/node").home()).isEqualTo(Path.of("/srv/node"));
    assertThat(StartArguments.parse("--home=/srv/x/../node").home())
        .isEqualTo(Path.of("/srv/node"));
    assertThat(StartArguments.parse("--home", "node").home()).isAbsolute();
  }

  @Test
  void livesInTheUsersHomeUnlessTold() throws Exception {
    assertThat(StartArguments.parse().home())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".segue"));
  }

  @Test
  void asksForHelp() throws Exception {
    assertThat(StartArguments.parse("--home", "/srv/node", "--help").help()).isTrue();
    assertThat(StartArguments.parse().help()).isFalse();
  }

  @Test
  void handsTheOptionsOfTheCosmosSdkToTheKernel() throws Exception {
    assertThat(
            StartArguments.parse(
                    "--halt-height",
                    "100",
                    "--halt-time=1767225600",
                    "--unsafe-skip-upgrades",
                    "7,8")
                .properties())
        .containsOnly(
            entry("segue.halt-height", "100"),
            entry("segue.halt-time", "1767225600"),
            entry("segue.unsafe-skip-upgrades", "7,8"));
    assertThat(StartArguments.parse().properties()).isEmpty();
  }

  @Test
  void runsABoundChainOnOtherBundlesOnlyWhenTold() throws Exception {
    assertThat(StartArguments.parse("--allow-unbound").properties())
        .containsOnly(entry("segue.allow-unbound", "true"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--home",
        "--home=",
        "--port",
        "node",
        "--halt-height",
        "--halt-height=-1",
        "--halt-height=x",
        "--halt-time=",
        "--unsafe-skip-upgrades=7,",
        "--unsafe-skip-upgrades=all"
      })
  void refusesWhatItDoesNotUnderstand(String argument) {
    assertThatThrownBy(() -> StartArguments.parse(argument))
        .isInstanceOf(StartException.class)
        .hasMessageEndingWith("see segue start --help");
  }
}
