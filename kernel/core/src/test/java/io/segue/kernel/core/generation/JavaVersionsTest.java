package io.segue.kernel.core.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaVersionsTest {
  @Test
  void aGenerationRunsOnTheVersionsThatItNames() {
    assertThatCode(() -> require("17", 17)).doesNotThrowAnyException();
    assertThatCode(() -> require("17,21", 21)).doesNotThrowAnyException();
    assertThatCode(() -> JavaVersions.require("v2", Map.of(), 99)).doesNotThrowAnyException();
  }

  @Test
  void anotherVersionIsRefusedWithThoseThatFit() {
    GenerationException refused = refusal("17,21", 25);

    assertThat(refused.reason()).isEqualTo(HoldReason.OTHER_JAVA);
    assertThat(refused.text())
        .contains("generation v2 runs on Java 17 or 21 only")
        .contains("this node runs on Java 25");
    assertThat(refused.reason().nextStep()).contains("JAVA_HOME");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "17.0.1", "17, 21", "seventeen", ",17", "0"})
  void whatIsNoListOfVersionsIsRefused(String setting) {
    assertThat(refusal(setting, 17).reason()).isEqualTo(HoldReason.COMPOSITION);
  }

  private static void require(String setting, int feature) throws GenerationException {
    JavaVersions.require("v2", Map.of(JavaVersions.SETTING, setting), feature);
  }

  private static GenerationException refusal(String setting, int feature) {
    return catchThrowableOfType(GenerationException.class, () -> require(setting, feature));
  }
}
