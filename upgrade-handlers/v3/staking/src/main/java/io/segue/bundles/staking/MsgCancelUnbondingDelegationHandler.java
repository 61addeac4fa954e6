package io.segue.bundles.staking;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.staking.MsgCancelUnbondingDelegation;
import io.segue.bundles.sdk.proto.staking.UnbondingDelegation;
import io.segue.bundles.sdk.proto.staking.UnbondingDelegationEntry;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.staking.delegation.Delegations;
import io.segue.bundles.staking.delegation.Unbondings;
import io.segue.bundles.staking.state.StakingErrors;
import io.segue.bundles.staking.state.StakingEvents;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.validator.StakingPool;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;

/** Delegates again what is unbonding, to the validator that it comes from. */
final class MsgCancelUnbondingDelegationHandler {
  private final Addresses addresses;

  MsgCancelUnbondingDelegationHandler(Addresses addresses) {
    this.addresses = addresses;
  }

  void check(Context context, MsgCancelUnbondingDelegation message) {
    addresses.operatorMember("invalid validator address", message.getValidatorAddress());
    addresses.member("invalid delegator address", message.getDelegatorAddress());
    amount(message);
    if (message.getCreationHeight() <= 0) {
      throw SdkErrors.invalidRequest("invalid height");
    }
  }

  void handle(Context context, MsgCancelUnbondingDelegation message) {
    byte[] operator = addresses.parseOperator(message.getValidatorAddress());
    byte[] delegator = addresses.parseAccount(message.getDelegatorAddress());
    Coins.Amount amount = amount(message);
    StakingKeeper keeper = new StakingKeeper(context.store());
    Amounts.requireBondable(keeper, amount);
    Validator validator = keeper.require(operator);
    Delegations.requireExchangeRate(validator);
    if (validator.getJailed()) {
      throw StakingErrors.jailed();
    }
    Unbondings unbondings = new Unbondings(context, addresses);
    UnbondingDelegation unbonding =
        unbondings.find(delegator, operator).orElseThrow(() -> notFound(message));
    int at = entry(unbonding, message.getCreationHeight());
    requireOpen(context, unbonding.getEntries(at), amount.amount());
    StakingPool.NOT_BONDED.hand(context, StakingPool.of(validator), Amounts.coins(amount));
    new Delegations(context, addresses).add(delegator, operator, amount.amount());
    unbondings.cancel(delegator, operator, unbonding, at, amount.amount());
    context.emit(StakingEvents.unbondingCancelled(message, amount));
  }

  private static ModuleException notFound(MsgCancelUnbondingDelegation message) {
    return SdkErrors.unregistered(
        "rpc error: code = NotFound desc = unbonding delegation with delegator "
            + message.getDelegatorAddress()
            + " not found for validator "
            + message.getValidatorAddress());
  }

  private static int entry(UnbondingDelegation unbonding, long height) {
    for (int i = 0; i < unbonding.getEntriesCount(); i++) {
      if (unbonding.getEntries(i).getCreationHeight() == height) {
        return i;
      }
    }
    throw SdkErrors.notFound("unbonding delegation entry is not found at block height " + height);
  }

  private static void requireOpen(
      Context context, UnbondingDelegationEntry entry, BigInteger amount) {
    if (new BigInteger(entry.getBalance()).compareTo(amount) < 0) {
      throw SdkErrors.invalidRequest(
          "amount is greater than the unbonding delegation entry balance");
    }
    if (Times.instant(entry.getCompletionTime()).isBefore(context.time())) {
      throw SdkErrors.invalidRequest("unbonding delegation is already processed");
    }
  }

  private static Coins.Amount amount(MsgCancelUnbondingDelegation message) {
    return Amounts.positive(message.getAmount(), "invalid amount");
  }
}
