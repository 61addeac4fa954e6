package io.segue.kernel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.core.block.BlockState;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine, or a tool in its place, may ask before a chain has blocks. */
class FirstBlockTest {
  @TempDir Path folder;

  private final CounterChain chain = new CounterChain();

  @Test
  void refusesABlockBeforeTheChainStartsAndStartsItAfterwards() throws Exception {
    try (TestNode node = chain.node(folder).open()) {
      assertThatThrownBy(() -> node.await(node.finalizeBlock()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("block 0 comes before the chain has started; InitChain is first");
      assertThat(node.state()).isEqualTo(BlockState.IDLE);
      node.await(node.initChain("{}"));
      node.block();
      assertThat(node.height()).isEqualTo(1);
    }
  }

  @Test
  void refusesAChainThatStartsBeforeItsFirstHeight() throws Exception {
    try (TestNode node = chain.node(folder).withInitialHeight(0).open()) {
      assertThatThrownBy(() -> node.await(node.initChain("{}")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("initial_height 0 is refused");
      assertThat(node.height()).isEqualTo(-1);
    }
  }
}
