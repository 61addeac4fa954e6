package io.segue.kernel.core.exec;

import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import java.util.OptionalLong;

/**
 * The gas that the transactions of a block use together, each at most as much as it asked for; or,
 * of a proposal, what they ask for. Where nothing limits it, nothing is counted. Used by one
 * thread.
 */
final class BlockGas {
  private final OptionalLong limit;
  private long used;

  private BlockGas(OptionalLong limit) {
    this.limit = limit;
  }

  /** That of a block under these parameters. */
  static BlockGas of(ConsensusParams params) {
    long maxGas = params.block().map(BlockParams::maxGas).orElse(-1L);
    return maxGas > 0 ? new BlockGas(OptionalLong.of(maxGas)) : unlimited();
  }

  /** Without a limit. */
  static BlockGas unlimited() {
    return new BlockGas(OptionalLong.empty());
  }

  boolean isLimited() {
    return limit.isPresent();
  }

  boolean isUsedUp() {
    return limit.isPresent() && used >= limit.getAsLong();
  }

  /** Whether so much more may be used. */
  boolean has(long gas) {
    return limit.isEmpty() || gas <= limit.getAsLong() - used;
  }

  /** A transaction used gas; more than there is uses it up. */
  void use(long gas) {
    if (limit.isPresent()) {
      used = has(gas) ? used + gas : limit.getAsLong();
    }
  }
}
