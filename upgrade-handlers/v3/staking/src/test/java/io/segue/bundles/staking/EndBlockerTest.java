package io.segue.bundles.staking;

import static io.segue.bundles.staking.StakingChain.A;
import static io.segue.bundles.staking.StakingChain.B;
import static io.segue.bundles.staking.StakingChain.OPERATOR;
import static io.segue.bundles.staking.StakingChain.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.abci.Abci.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is due and does not fit into a block goes on in the next, in the same order. */
class EndBlockerTest {
  @Test
  void paysOneUnbondingABlockWhereThereIsRoomForOne() throws Exception {
    try (StakingChain chain = StakingChain.ofHolders(1)) {
      chain.succeed(chain.delegation(B, OPERATOR, 5));
      chain
          .chain()
          .block(
              StakingChain.tx(chain.undelegation(OWNER, OPERATOR, 3)),
              StakingChain.tx(chain.undelegation(A, OPERATOR, 1)),
              StakingChain.tx(chain.undelegation(B, OPERATOR, 2)));
      chain.wait(StakingChain.UNBONDING_BLOCKS - 1);
      chain.requireThatItExports();

      assertThat(paid(chain)).containsExactly("amount=2stake");
      chain.requireThatItExports();
      assertThat(paid(chain)).containsExactly("amount=1stake");
      assertThat(paid(chain)).containsExactly("amount=3stake");
      assertThat(paid(chain)).isEmpty();
    }
  }

  @Test
  void paysAllAtOnceWhereThereIsRoom() throws Exception {
    try (StakingChain chain = StakingChain.ofHolders()) {
      chain
          .chain()
          .block(
              StakingChain.tx(chain.undelegation(OWNER, OPERATOR, 3)),
              StakingChain.tx(chain.undelegation(A, OPERATOR, 1)));
      chain.wait(StakingChain.UNBONDING_BLOCKS - 1);

      assertThat(paid(chain)).containsExactly("amount=1stake", "amount=3stake");
    }
  }

  private static List<String> paid(StakingChain chain) {
    List<Event> events = chain.chain().block().events();
    return StakingChain.events(events, "complete_unbonding").stream()
        .map(event -> event.substring(0, event.indexOf(',')))
        .toList();
  }
}
