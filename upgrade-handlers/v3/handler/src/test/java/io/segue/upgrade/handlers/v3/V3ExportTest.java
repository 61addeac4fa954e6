package io.segue.upgrade.handlers.v3;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.testkit.modules.ModuleChain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What plan v3 brings is exported too: the lead time of upgrades and the indexes of staking. */
class V3ExportTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void goesOnWithTheSameRoots(int blocks) {
    try (ModuleChain chain = V3Chain.upgraded();
        ModuleChain again = ModuleChain.of(V3Chain.ORDERS, V3Chain.modules())) {
      for (int i = 0; i < blocks; i++) {
        chain.block(V3Chain.send(1_000));
      }
      long height = chain.height();
      again.startAfter(height, chain.export(height));
      assertThat(again.roots(height)).isEqualTo(chain.roots(height));

      chain.block(V3Chain.send(1_000));
      again.block(V3Chain.send(1_000));
      assertThat(again.roots(height + 1)).isEqualTo(chain.roots(height + 1));
    }
  }
}
