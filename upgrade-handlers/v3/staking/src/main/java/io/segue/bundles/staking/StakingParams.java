package io.segue.bundles.staking;

import com.google.protobuf.Duration;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.GovernedHandler;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.staking.MsgUpdateParams;
import io.segue.bundles.sdk.proto.staking.Params;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.ModuleException;
import java.util.Map;

/** The rules of staking: what they may be, and how governance changes them. */
final class StakingParams {
  private StakingParams() {}

  /** The handler of the message that changes them, by type URL. */
  static Map<String, MessageHandler> messages(Addresses addresses) {
    return Map.of(
        "/" + MsgUpdateParams.getDescriptor().getFullName(),
        new GovernedHandler<>(
            addresses,
            MsgUpdateParams.parser(),
            MsgUpdateParams::getAuthority,
            StakingParams::judge,
            (context, message) -> new Stakes(context.store()).put(message.getParams())));
  }

  /**
   * Judges rules by themselves, with the texts of the Cosmos SDK 0.50.
   *
   * @throws ModuleException code 1 of no codespace
   */
  static void validate(Params params) {
    Duration unbonding = params.getUnbondingTime();
    require(
        unbonding.getSeconds() >= 0
            && unbonding.getNanos() >= 0
            && unbonding.getSeconds() + unbonding.getNanos() > 0,
        "unbonding time must be positive: " + unbonding.getSeconds());
    require(params.getMaxValidators() != 0, "max validators must be positive: 0");
    require(params.getMaxEntries() != 0, "max entries must be positive: 0");
    require(!params.getBondDenom().isBlank(), "bond denom cannot be blank");
    require(Coins.validDenom(params.getBondDenom()), "invalid denom: " + params.getBondDenom());
    Dec commission = commission(params.getMinCommissionRate());
    require(commission.signum() >= 0, "minimum commission rate cannot be negative: " + commission);
    require(
        commission.compareTo(Dec.ONE) <= 0,
        "minimum commission rate cannot be greater than 100%: " + commission);
  }

  /** No message moves stake here, so rules that the present stake breaks would stay broken. */
  private static void judge(Context context, MsgUpdateParams message) {
    Params params = message.getParams();
    validate(params);
    Stakes stakes = new Stakes(context.store());
    String denom = stakes.params().getBondDenom();
    if (!params.getBondDenom().equals(denom)) {
      throw SdkErrors.invalidRequest(
          "bond_denom can't become "
              + params.getBondDenom()
              + ": everything that is staked is "
              + denom);
    }
    long[] bonded = {0};
    stakes.forEachValidator(validator -> bonded[0] += Stakes.bonded(validator) ? 1 : 0);
    if (Integer.toUnsignedLong(params.getMaxValidators()) < bonded[0]) {
      throw SdkErrors.invalidRequest(
          "max_validators can't become "
              + Integer.toUnsignedString(params.getMaxValidators())
              + ": "
              + bonded[0]
              + " validators are bonded");
    }
  }

  private static Dec commission(String scaled) {
    try {
      return Dec.parseScaled(scaled);
    } catch (IllegalArgumentException e) {
      throw SdkErrors.unregistered(String.valueOf(e.getMessage()));
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw SdkErrors.unregistered(otherwise);
    }
  }
}
