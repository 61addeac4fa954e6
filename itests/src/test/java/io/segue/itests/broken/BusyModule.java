package io.segue.itests.broken;

import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.Module;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes more of the machine than it should: time in one block, stack in another. */
public final class BusyModule implements Module {
  /** Of the module, and of its store. */
  public static final String NAME = "busy";

  /** Which of the module's blocks computes for some seconds. */
  private static final int SLOW = 5;

  /** Which of them needs a deep stack. */
  private static final int DEEP = 15;

  private static final Logger LOG = LoggerFactory.getLogger(BusyModule.class);
  private static final long SLOW_ROUNDS = 3_000_000_000L;
  private static final int DEEP_CALLS = 100_000;
  private static final byte[] KEY = {1};
  private static final byte[] COUNT = {2};

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long consensusVersion() {
    return 1;
  }

  @Override
  public void beginBlock(Context context) {
    byte[] before = context.store().get(COUNT);
    int count = before == null ? 1 : before[0] + 1;
    context.store().set(COUNT, new byte[] {(byte) Math.min(count, 100)});
    if (count == SLOW) {
      context.store().set(KEY, compute(SLOW_ROUNDS));
    }
  }

  @Override
  public List<ValidatorUpdate> endBlock(Context context) {
    byte[] now = context.store().get(COUNT);
    int count = now == null ? 0 : now[0];
    if (count == DEEP) {
      LOG.info("Block {} goes deep", context.height());
      context.store().set(KEY, new byte[] {(byte) deep(DEEP_CALLS)});
    }
    return List.of();
  }

  private static byte[] compute(long rounds) {
    long sum = 1;
    for (long i = 0; i < rounds; i++) {
      sum = sum * 31 + i;
    }
    return new byte[] {(byte) sum};
  }

  private static int deep(int calls) {
    return calls == 0 ? 1 : 1 + deep(calls - 1);
  }
}
