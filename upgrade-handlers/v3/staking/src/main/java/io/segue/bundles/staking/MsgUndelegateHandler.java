package io.segue.bundles.staking;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.staking.MsgUndelegate;
import io.segue.bundles.sdk.proto.staking.MsgUndelegateResponse;
import io.segue.bundles.staking.delegation.Delegations;
import io.segue.bundles.staking.delegation.Unbondings;
import io.segue.bundles.staking.state.StakingEvents;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.state.StakingParams;
import io.segue.bundles.staking.validator.StakingPool;
import io.segue.kernel.api.module.Context;
import java.math.BigInteger;
import java.time.Instant;

/** Takes stake out of a validator, to be paid when the unbonding time is over. */
final class MsgUndelegateHandler {
  private final Addresses addresses;

  MsgUndelegateHandler(Addresses addresses) {
    this.addresses = addresses;
  }

  void check(Context context, MsgUndelegate message) {
    addresses.operatorMember("invalid validator address", message.getValidatorAddress());
    addresses.member("invalid delegator address", message.getDelegatorAddress());
    amount(message);
  }

  MsgUndelegateResponse handle(Context context, MsgUndelegate message) {
    byte[] operator = addresses.parseOperator(message.getValidatorAddress());
    byte[] delegator = addresses.parseAccount(message.getDelegatorAddress());
    Coins.Amount asked = amount(message);
    StakingKeeper keeper = new StakingKeeper(context.store());
    Delegations delegations = new Delegations(context, addresses);
    Dec shares = delegations.sharesOf(delegator, operator, asked.amount());
    Amounts.requireBondable(keeper, asked);
    Unbondings unbondings = new Unbondings(context, addresses);
    unbondings.requireRoom(delegator, operator);
    StakingPool pool = StakingPool.of(keeper.require(operator));
    BigInteger tokens = delegations.remove(delegator, operator, shares);
    Coins.Amount amount = new Coins.Amount(asked.denom(), tokens);
    pool.hand(context, StakingPool.NOT_BONDED, Amounts.coins(amount));
    Instant completion = StakingParams.unbondingEnd(context);
    unbondings.begin(delegator, operator, tokens, completion);
    context.emit(StakingEvents.unbonding(message, amount, completion));
    return MsgUndelegateResponse.newBuilder()
        .setCompletionTime(Times.timestamp(completion))
        .setAmount(amount.toProto())
        .build();
  }

  private static Coins.Amount amount(MsgUndelegate message) {
    return Amounts.positive(message.getAmount(), "invalid shares amount");
  }
}
