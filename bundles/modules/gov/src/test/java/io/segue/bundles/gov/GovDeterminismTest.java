package io.segue.bundles.gov;

import static io.segue.bundles.gov.GovChain.A;
import static io.segue.bundles.gov.GovChain.GOV;
import static io.segue.bundles.gov.GovWithBankAndStakingTest.OWNER;

import com.google.protobuf.Message;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.kernel.testkit.determinism.Determinism;
import io.segue.kernel.testkit.determinism.Scenario;
import io.segue.kernel.testkit.determinism.Trace;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainTx;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bank, staking, gov and upgrade of the first generation, in JVMs that differ. */
class GovDeterminismTest {
  @Test
  void everyNodeComputesTheSame() {
    Determinism.of(Blocks.class).check();
  }

  /** Proposals, deposits, votes and transfers, drawn from a fixed seed; some of them fail. */
  public static final class Blocks implements Scenario {
    private static final long SEED = 20260101;
    private static final int BLOCKS = 25;
    private static final VoteOption[] OPTIONS = {
      VoteOption.VOTE_OPTION_YES,
      VoteOption.VOTE_OPTION_NO,
      VoteOption.VOTE_OPTION_ABSTAIN,
      VoteOption.VOTE_OPTION_NO_WITH_VETO
    };

    @Override
    public void run(Trace trace) {
      Random random = new Random(SEED);
      try (ModuleChain chain = GovWithBankAndStakingTest.started()) {
        trace.roots(chain);
        for (int i = 0; i < BLOCKS; i++) {
          byte[][] txs = new byte[random.nextInt(4)][];
          for (int j = 0; j < txs.length; j++) {
            txs[j] = tx(message(random));
          }
          trace.block(chain, txs);
        }
        for (String module : new String[] {"bank", "staking", "gov", "upgrade"}) {
          trace.add("genesis of " + module, chain.exportGenesis(module));
        }
      }
    }

    private static Message message(Random random) {
      String account = random.nextBoolean() ? A : OWNER;
      long proposal = 1L + random.nextInt(6);
      int coins = 1 + random.nextInt(30);
      return switch (random.nextInt(5)) {
        case 0 -> GovChain.proposal(coins + "stake", GovChain.upgradeTo("v" + coins, 1000)).build();
        case 1 -> GovChain.proposal(coins + "stake", GovChain.send(GOV, OWNER, "1stake")).build();
        case 2 -> GovChain.deposit(A, proposal, coins + "stake");
        case 3 -> GovChain.vote(account, proposal, OPTIONS[random.nextInt(OPTIONS.length)]);
        default -> GovChain.send(A, account, coins + "stake");
      };
    }

    private static byte[] tx(Message message) {
      return PlainTx.of("/" + message.getDescriptorForType().getFullName(), message.toByteArray());
    }
  }
}
