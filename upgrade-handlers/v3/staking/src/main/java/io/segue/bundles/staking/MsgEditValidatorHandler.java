package io.segue.bundles.staking;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.staking.Description;
import io.segue.bundles.sdk.proto.staking.MsgEditValidator;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.staking.state.StakingErrors;
import io.segue.bundles.staking.state.StakingEvents;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.state.StakingParams;
import io.segue.kernel.api.module.Context;
import java.math.BigInteger;

/** A validator changes what it says of itself, its commission, or what its operator has to hold. */
final class MsgEditValidatorHandler {
  private final Addresses addresses;

  MsgEditValidatorHandler(Addresses addresses) {
    this.addresses = addresses;
  }

  void check(Context context, MsgEditValidator message) {
    addresses.operatorMember("invalid validator address", message.getValidatorAddress());
    Descriptions.requireAny(message.getDescription());
    if (!message.getMinSelfDelegation().isEmpty()) {
      Amounts.minSelfDelegation(message.getMinSelfDelegation());
    }
    if (!message.getCommissionRate().isEmpty()) {
      Dec rate = Commissions.rate(message.getCommissionRate());
      if (rate.signum() < 0 || rate.compareTo(Dec.ONE) > 0) {
        throw SdkErrors.invalidRequest("commission rate must be between 0 and 1 (inclusive)");
      }
    }
  }

  void handle(Context context, MsgEditValidator message) {
    byte[] operator = addresses.parseOperator(message.getValidatorAddress());
    StakingKeeper keeper = new StakingKeeper(context.store());
    Validator before = keeper.require(operator);
    Description description =
        Descriptions.changed(before.getDescription(), message.getDescription());
    Descriptions.requireLengths(description);
    Validator.Builder after = before.toBuilder().setDescription(description);
    if (!message.getCommissionRate().isEmpty()) {
      after.setCommission(
          Commissions.changed(
              before.getCommission(),
              Commissions.rate(message.getCommissionRate()),
              StakingParams.leastCommission(context),
              context.time()));
    }
    if (!message.getMinSelfDelegation().isEmpty()) {
      after.setMinSelfDelegation(raised(before, message).toString());
    }
    keeper.update(operator, before, after.build());
    context.emit(StakingEvents.validatorEdited(after.build()));
  }

  private static BigInteger raised(Validator before, MsgEditValidator message) {
    BigInteger least = Amounts.minSelfDelegation(message.getMinSelfDelegation());
    if (least.compareTo(new BigInteger(before.getMinSelfDelegation())) <= 0) {
      throw StakingErrors.minSelfDelegationDecreased();
    }
    if (least.compareTo(StakingKeeper.tokens(before)) > 0) {
      throw StakingErrors.selfDelegationBelowMinimum("");
    }
    return least;
  }
}
