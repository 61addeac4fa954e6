package io.segue.bundles.gov;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.testkit.modules.ModuleChain;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever transactions say, the state exports and comes back with equal roots. */
class RandomMessagesExportTest {
  private static final long SEEDS = 60;

  private final RandomBlocks blocks = new RandomBlocks();

  @Property(tries = 25, shrinking = ShrinkingMode.OFF)
  void goesOnWithTheSameRoots(@ForAll long seed) {
    try (ModuleChain chain = blocks.chain();
        ModuleChain again = blocks.chain()) {
      GovWithBankAndStakingTest.start(chain);
      blocks.run(chain, seed);
      long height = chain.height();
      byte[] exported = chain.export(height);
      again.startAfter(height, exported);
      assertThat(again.roots(height)).isEqualTo(chain.roots(height));
      assertThat(again.export(height)).isEqualTo(exported);
    }
  }

  /** Guards the property: messages that are all refused would prove nothing. */
  @Example
  void messagesOfEveryTypeAreCarriedOut() {
    Set<String> done = new TreeSet<>();
    for (long seed = 0; seed < SEEDS && !done.containsAll(blocks.types()); seed++) {
      try (ModuleChain chain = blocks.chain()) {
        GovWithBankAndStakingTest.start(chain);
        done.addAll(blocks.run(chain, seed));
      }
    }
    assertThat(done).containsAll(blocks.types());
  }
}
