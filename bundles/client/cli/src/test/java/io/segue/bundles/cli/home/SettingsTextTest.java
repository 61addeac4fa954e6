package io.segue.bundles.cli.home;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingsTextTest {
  @Test
  void replacesAValueAndKeepsTheComments() {
    assertThat(SettingsText.set("# Port.\nport = 1\nports = 2\n", "port", "3"))
        .isEqualTo("# Port.\nport = 3\nports = 2\n");
  }

  @Test
  void bringsACommentedKeyToLife() {
    assertThat(SettingsText.set("# port = 1\nhost = a\n", "port", "3"))
        .isEqualTo("port = 3\nhost = a\n");
  }

  @Test
  void addsAKeyThatIsNotThere() {
    assertThat(SettingsText.set("host = a\n", "port", "$1")).isEqualTo("host = a\nport = $1\n");
  }
}
