package io.segue.kernel.core.gas;

import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import java.util.OptionalLong;

/**
 * The gas that the transactions of a block use together, each at most as much as it asked for; or,
 * of a proposal, what they ask for. Where nothing limits it, nothing is counted. Used by one
 * thread.
 */
public final class BlockGas {
  private final OptionalLong limit;
  private long used;

  private BlockGas(OptionalLong limit) {
    this.limit = limit;
  }

  /** That of a block under these parameters. */
  public static BlockGas of(ConsensusParams params) {
    long maxGas = params.block().map(BlockParams::maxGas).orElse(-1L);
    return maxGas > 0 ? new BlockGas(OptionalLong.of(maxGas)) : unlimited();
  }

  /** Without a limit. */
  public static BlockGas unlimited() {
    return new BlockGas(OptionalLong.empty());
  }

  public boolean isLimited() {
    return limit.isPresent();
  }

  public boolean isUsedUp() {
    return limit.isPresent() && used >= limit.getAsLong();
  }

  /** Whether so much more may be used. */
  public boolean has(long gas) {
    return limit.isEmpty() || gas <= limit.getAsLong() - used;
  }

  /** A transaction used gas; more than there is uses it up. */
  public void use(long gas) {
    if (limit.isPresent()) {
      used = has(gas) ? used + gas : limit.getAsLong();
    }
  }
}
