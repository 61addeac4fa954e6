package io.segue.bundles.shell.command.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.Gogo;
import io.segue.bundles.shell.command.NodeAccess;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogLevelTest {
  private final Gogo gogo = Gogo.with(new NodeAccess(Path.of("/home/segue")));
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.segue.one");

  @AfterEach
  void inherit() {
    logger.setLevel(null);
  }

  @Test
  void setsTheLevelOfALoggerAndTakesItAwayAgain() throws Exception {
    assertThat(gogo.run("log:level io.segue.one TRACE")).contains("io.segue.one  trace");
    assertThat(logger.isTraceEnabled()).isTrue();
    assertThat(gogo.run("log:level")).contains("ROOT").contains("io.segue.one  trace");

    assertThat(gogo.run("log:level io.segue.one inherit")).contains("(inherited)");
    assertThat(logger.getLevel()).isNull();
  }

  @Test
  void showsWhatALoggerInherits() throws Exception {
    logger.setLevel(Level.WARN);
    assertThat(gogo.run("log:level io.segue.one.Two --output json"))
        .isEqualToIgnoringWhitespace(
            """
            {"loggers": [{"logger": "io.segue.one.Two", "level": "warn", "inherited": true}]}
            """);
  }

  @Test
  void namesTheLevelsThereAre() {
    assertThatThrownBy(() -> gogo.run("log:level io.segue.one loud"))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "there is no level loud; name one of trace, debug, info, warn, error, off, inherit");
    assertThatThrownBy(() -> gogo.run("log:level root inherit"))
        .hasMessage("root inherits from no other logger; name a level");
  }
}
