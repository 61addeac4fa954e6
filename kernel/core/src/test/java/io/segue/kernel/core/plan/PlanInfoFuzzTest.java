package io.segue.kernel.core.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.segue.kernel.api.upgrade.PlanInfo;

/** The text that a proposal brings: it is bound by a digest, a note, or refused with a reason. */
class PlanInfoFuzzTest {
  @FuzzTest
  void readsInfos(byte[] text) {
    try {
      PlanInfo info = PlanInfos.parse(new String(text, UTF_8));
      assertThat(info.sha256().isPresent()).isEqualTo(info.kind() != PlanInfo.Kind.NOT_BOUND);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }
}
