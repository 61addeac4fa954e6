package io.segue.bundles.cli.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.cli.console.CliException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PageOptionsTest {
  @Test
  void refusesNumbersBelowZero() {
    assertThatThrownBy(() -> options("--page-limit", "-1").request())
        .isInstanceOf(CliException.class)
        .hasMessage("--page-limit -1 is refused; it must be 0 or more");
    assertThatThrownBy(() -> options("--page-offset", "" + Long.MIN_VALUE).request())
        .isInstanceOf(CliException.class)
        .hasMessageContaining("--page-offset");
    assertThat(options("--page-offset", "" + Long.MAX_VALUE).request().getOffset())
        .isEqualTo(Long.MAX_VALUE);
  }

  private static PageOptions options(String... arguments) {
    return CommandLine.populateCommand(new PageOptions(), arguments);
  }
}
