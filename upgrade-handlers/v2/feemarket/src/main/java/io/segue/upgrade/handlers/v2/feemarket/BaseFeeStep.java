package io.segue.upgrade.handlers.v2.feemarket;

import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.AnteStep;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.Tx;
import java.math.BigInteger;

/**
 * Ante step {@code feemarket.base-fee}: refuses a fee below base fee times gas limit, and counts
 * the gas that the block's transactions ask for. The fee itself is taken by a later step. A
 * simulation is not refused, only counted, so that it costs the gas of the real transaction.
 */
final class BaseFeeStep implements AnteStep {
  static final String NAME = "feemarket.base-fee";

  private final FeeMarketState state;

  BaseFeeStep(FeeMarketState state) {
    this.state = state;
  }

  /**
   * Passes or refuses.
   *
   * @throws ModuleException sdk/13 where the fee is too small
   */
  @Override
  public void run(Context context, Tx tx) {
    String denom = state.params(context.store()).getDenom();
    FeeMarketState.Block block = state.block(context.store());
    if (context.mode() != ExecMode.SIMULATE) {
      requireFee(tx, denom, BaseFee.price(block.baseFee(), tx.gasLimit()));
    }
    if (context.mode() != ExecMode.CHECK && context.mode() != ExecMode.RECHECK) {
      state.set(context.store(), block.plus(tx.gasLimit()));
    }
  }

  private static void requireFee(Tx tx, String denom, BigInteger required) {
    BigInteger offered = BigInteger.ZERO;
    StringBuilder fee = new StringBuilder();
    for (Tx.Coin coin : tx.fee()) {
      fee.append(fee.length() == 0 ? "" : ",").append(coin.amount()).append(coin.denom());
      if (coin.denom().equals(denom)) {
        offered = Coins.parseAmount(coin.amount());
      }
    }
    if (offered.compareTo(required) < 0) {
      throw SdkErrors.insufficientFee(
          "insufficient fees; got: " + fee + " required: " + required + denom);
    }
  }
}
