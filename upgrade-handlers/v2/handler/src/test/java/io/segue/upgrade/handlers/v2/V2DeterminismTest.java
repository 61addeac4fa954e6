package io.segue.upgrade.handlers.v2;

import static io.segue.upgrade.handlers.v2.V2Chain.A;
import static io.segue.upgrade.handlers.v2.V2Chain.B;

import io.segue.kernel.testkit.determinism.Determinism;
import io.segue.kernel.testkit.determinism.Scenario;
import io.segue.kernel.testkit.determinism.Trace;
import io.segue.kernel.testkit.modules.ModuleChain;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Plan v2 and the blocks after it, in JVMs that differ. */
class V2DeterminismTest {
  @Test
  void everyNodeComputesTheSame() {
    Determinism.of(Blocks.class).check();
  }

  /** The upgrade, then transfers drawn from a fixed seed; some pay too little. */
  public static final class Blocks implements Scenario {
    private static final long SEED = 20260101;
    private static final int BLOCKS = 25;

    @Override
    public void run(Trace trace) {
      Random random = new Random(SEED);
      try (ModuleChain chain = V2Chain.before()) {
        trace.add(
            "events of the upgrade",
            chain.upgrade(new V2Handler(), V2Chain.ORDERS, V2Chain.modules()).toString());
        trace.roots(chain);
        for (int i = 0; i < BLOCKS; i++) {
          byte[][] txs = new byte[random.nextInt(6)][];
          for (int j = 0; j < txs.length; j++) {
            boolean there = random.nextBoolean();
            txs[j] =
                V2Chain.send(
                    there ? A : B,
                    there ? B : A,
                    1 + random.nextInt(50),
                    200_000 + random.nextInt(9_000_000),
                    random.nextInt(1_200));
          }
          trace.block(chain, txs);
        }
        for (String module : new String[] {"bank", "staking", "feemarket"}) {
          trace.add("genesis of " + module, chain.exportGenesis(module));
        }
      }
    }
  }
}
