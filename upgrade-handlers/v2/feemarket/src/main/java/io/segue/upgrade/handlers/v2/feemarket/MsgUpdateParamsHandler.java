package io.segue.upgrade.handlers.v2.feemarket;

import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.service.BankFacts;
import io.segue.kernel.api.module.Context;
import io.segue.upgrade.handlers.v2.feemarket.proto.MsgUpdateParams;
import io.segue.upgrade.handlers.v2.feemarket.proto.Params;
import java.math.BigInteger;

/**
 * {@code MsgUpdateParams}: governance changes the parameters; the base fee keeps to them at once.
 * There must be coins for the highest base fee, else nothing could change the parameters back.
 */
final class MsgUpdateParamsHandler {
  /** The supply is at least so many times what {@link BaseFee#GAS_UNIT} gas costs at most. */
  static final long BASE_FEES_IN_SUPPLY = 10_000;

  private final FeeMarketState state;

  MsgUpdateParamsHandler(FeeMarketState state) {
    this.state = state;
  }

  void check(Context context, MsgUpdateParams message) {
    Params params = message.getParams();
    FeeMarketState.check(params);
    Params before = state.params(context.store());
    if (params.getDenom().equals(before.getDenom())
        && params.getMaxBaseFee() <= before.getMaxBaseFee()) {
      return;
    }
    BigInteger supply = BankFacts.supply(context, params.getDenom());
    BigInteger most = supply.divide(BigInteger.valueOf(BASE_FEES_IN_SUPPLY));
    if (BigInteger.valueOf(params.getMaxBaseFee()).compareTo(most) > 0) {
      throw SdkErrors.invalidRequest(
          "fee market: max_base_fee is "
              + params.getMaxBaseFee()
              + ", it must be at most "
              + most
              + ", a "
              + BASE_FEES_IN_SUPPLY
              + "th of the supply of "
              + params.getDenom());
    }
  }

  void handle(Context context, MsgUpdateParams message) {
    Params params = message.getParams();
    state.set(context.store(), params);
    FeeMarketState.Block block = state.block(context.store());
    state.set(
        context.store(),
        new FeeMarketState.Block(BaseFee.clamp(params, block.baseFee()), block.gas()));
  }
}
