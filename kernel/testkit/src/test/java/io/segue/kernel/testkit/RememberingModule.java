package io.segue.kernel.testkit;

import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.Module;

/** Counts blocks in memory, where no rule about class files sees it. */
public final class RememberingModule implements Module {
  private final long[] blocks = new long[1];

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public long consensusVersion() {
    return 1;
  }

  @Override
  public void beginBlock(Context context) {
    blocks[0]++;
  }
}
