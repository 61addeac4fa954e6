package io.segue.upgrade.handlers.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.testkit.modules.ModuleChain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What plan v2 brings is exported too: the bank of version 2 and the base fee as it moved. */
class V2ExportTest {
  private static final int BLOCKS = 3;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BLOCKS})
  void goesOnWithTheSameRoots(int blocks) {
    try (ModuleChain chain = V2Chain.upgraded();
        ModuleChain again = ModuleChain.of(V2Chain.ORDERS, V2Chain.modules())) {
      for (int i = 0; i < blocks; i++) {
        busyBlock(chain);
      }
      long height = chain.height();
      again.startAfter(height, chain.export(height));
      assertThat(again.roots(height)).isEqualTo(chain.roots(height));

      busyBlock(chain);
      busyBlock(again);
      assertThat(again.roots(height + 1)).isEqualTo(chain.roots(height + 1));
    }
  }

  private static void busyBlock(ModuleChain chain) {
    byte[][] transfers = new byte[20][];
    for (int i = 0; i < transfers.length; i++) {
      transfers[i] = V2Chain.send(V2Chain.A, V2Chain.B, 1 + i, 1_000_000, 10_000);
    }
    assertThat(chain.block(transfers).txResults()).extracting(ExecTxResult::code).containsOnly(0);
  }
}
