package io.segue.bundles.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.testkit.modules.ModuleChain;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The lead time as part of a genesis, beside the kernel's plan state. */
class LeadTimeGenesisTest {
  @Test
  void anExportKeepsIt() {
    try (ModuleChain chain = start("{\"lead_time_blocks\":\"20\"}")) {
      String exported = new String(chain.export(0), UTF_8);
      assertThat(exported).contains("\"module\":{\"lead_time_blocks\":\"20\"}");
      try (ModuleChain again = chain()) {
        again.start(exported);
        assertThat(again.roots(0)).isEqualTo(chain.roots(0));
      }
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> start("{\"lead_time\":\"20\"}"))
        .hasStackTraceContaining(
            "member \"lead_time\" is unknown; correct it to one of [lead_time_blocks]");
  }

  @Test
  void refusesMoreBlocksThanOperatorsEverNeed() {
    start("{\"lead_time_blocks\":\"10000000\"}").close();
    for (String blocks : List.of("10000001", "9223372036854775807", "18446744073709551615")) {
      assertThatThrownBy(() -> start("{\"lead_time_blocks\":\"" + blocks + "\"}"))
          .hasStackTraceContaining(
              "lead_time_blocks is " + blocks + ", it must be from 0 to 10000000");
    }
  }

  private static ModuleChain start(String module) {
    ModuleChain chain = chain();
    chain.start("{\"upgrade\":{\"module\":" + module + "}}");
    return chain;
  }

  private static ModuleChain chain() {
    return ModuleChain.of(Map.of(), UpgradeChain.modules());
  }
}
