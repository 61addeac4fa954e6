package io.segue.bundles.staking;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.staking.MsgDelegate;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.staking.delegation.Delegations;
import io.segue.bundles.staking.state.StakingEvents;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.validator.StakingPool;
import io.segue.kernel.api.module.Context;

/** Gives coins of an account to a validator, as stake. */
final class MsgDelegateHandler {
  /** Size of the largest message in bytes: addresses, an amount, and room to spare. */
  static final int MAX_BYTES = 1024;

  private final Addresses addresses;

  MsgDelegateHandler(Addresses addresses) {
    this.addresses = addresses;
  }

  void check(Context context, MsgDelegate message) {
    addresses.operatorMember("invalid validator address", message.getValidatorAddress());
    addresses.member("invalid delegator address", message.getDelegatorAddress());
    amount(message);
  }

  void handle(Context context, MsgDelegate message) {
    byte[] operator = addresses.parseOperator(message.getValidatorAddress());
    byte[] delegator = addresses.parseAccount(message.getDelegatorAddress());
    Coins.Amount amount = amount(message);
    StakingKeeper keeper = new StakingKeeper(context.store());
    keeper.require(operator);
    Amounts.requireBondable(keeper, amount);
    Dec shares = bring(context, addresses, delegator, operator, amount);
    context.emit(StakingEvents.delegated(message, amount, shares));
  }

  /** Takes coins of an account, and adds them to what it has in a validator. */
  static Dec bring(
      Context context,
      Addresses addresses,
      byte[] delegator,
      byte[] operator,
      Coins.Amount amount) {
    Validator validator = new StakingKeeper(context.store()).require(operator);
    Delegations.requireExchangeRate(validator);
    StakingPool.requireRoom(context, amount);
    StakingPool.of(validator).take(context, delegator, Amounts.coins(amount));
    return new Delegations(context, addresses).add(delegator, operator, amount.amount());
  }

  private static Coins.Amount amount(MsgDelegate message) {
    return Amounts.positive(message.getAmount(), "invalid delegation amount");
  }
}
