package io.segue.upgrade.handlers.v2.feemarket;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.BankFacts;
import io.segue.bundles.sdk.GovernedHandler;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.upgrade.handlers.v2.feemarket.proto.MsgUpdateParams;
import io.segue.upgrade.handlers.v2.feemarket.proto.Params;
import java.math.BigInteger;

/**
 * {@code MsgUpdateParams}: governance changes the parameters; the base fee keeps to them at once.
 * There must be coins for the highest base fee, else nothing could change the parameters back.
 */
final class UpdateParamsHandler {
  /** The supply is at least so many times what {@link BaseFee#GAS_UNIT} gas costs at most. */
  static final long BASE_FEES_IN_SUPPLY = 10_000;

  private UpdateParamsHandler() {}

  static MessageHandler of(Addresses addresses) {
    return new GovernedHandler<>(
        addresses,
        MsgUpdateParams.parser(),
        MsgUpdateParams::getAuthority,
        UpdateParamsHandler::judge,
        UpdateParamsHandler::update,
        (expected, named) -> SdkErrors.unauthorized("expected " + expected + " got " + named));
  }

  private static void judge(Context context, MsgUpdateParams message) {
    Params params = message.getParams();
    FeeMarketState.check(params);
    Params before = new FeeMarketState(context.store()).params();
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

  private static void update(Context context, MsgUpdateParams message) {
    Params params = message.getParams();
    FeeMarketState state = new FeeMarketState(context.store());
    state.put(params);
    FeeMarketState.Block block = state.block();
    state.put(new FeeMarketState.Block(BaseFee.clamp(params, block.baseFee()), block.gas()));
  }
}
