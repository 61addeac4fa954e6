package io.segue.bundles.staking;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.staking.BondStatus;
import io.segue.bundles.sdk.proto.staking.MsgBeginRedelegate;
import io.segue.bundles.sdk.proto.staking.MsgBeginRedelegateResponse;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.staking.delegation.Delegations;
import io.segue.bundles.staking.delegation.Redelegations;
import io.segue.bundles.staking.state.StakingErrors;
import io.segue.bundles.staking.state.StakingEvents;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.state.StakingParams;
import io.segue.bundles.staking.validator.StakingPool;
import io.segue.kernel.api.module.Context;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;

/**
 * Moves stake from one validator to another, at once. What comes from a validator that is or was
 * bonded may not move on before the unbonding time is over.
 */
final class MsgBeginRedelegateHandler {
  /** What the answer says where nothing has to be waited for, as in the Cosmos SDK. */
  private static final Instant AT_ONCE = Instant.parse("0001-01-01T00:00:00Z");

  private final Addresses addresses;

  MsgBeginRedelegateHandler(Addresses addresses) {
    this.addresses = addresses;
  }

  void check(Context context, MsgBeginRedelegate message) {
    addresses.operatorMember("invalid source validator address", message.getValidatorSrcAddress());
    addresses.operatorMember(
        "invalid destination validator address", message.getValidatorDstAddress());
    addresses.member("invalid delegator address", message.getDelegatorAddress());
    amount(message);
  }

  MsgBeginRedelegateResponse handle(Context context, MsgBeginRedelegate message) {
    Redelegations.Route route =
        new Redelegations.Route(
            addresses.parseAccount(message.getDelegatorAddress()),
            addresses.parseOperator(message.getValidatorSrcAddress()),
            addresses.parseOperator(message.getValidatorDstAddress()));
    Coins.Amount amount = amount(message);
    StakingKeeper keeper = new StakingKeeper(context.store());
    Dec shares =
        new Delegations(context, addresses)
            .sharesOf(route.delegator(), route.from(), amount.amount());
    Amounts.requireBondable(keeper, amount);
    requireTwo(keeper, route);
    new Redelegations(context, addresses).requireMay(route);
    Instant completion = move(context, keeper, route, shares);
    context.emit(StakingEvents.redelegating(message, amount, completion));
    return MsgBeginRedelegateResponse.newBuilder()
        .setCompletionTime(Times.timestamp(completion))
        .build();
  }

  private static void requireTwo(StakingKeeper keeper, Redelegations.Route route) {
    if (Arrays.equals(route.from(), route.to())) {
      throw StakingErrors.selfRedelegation();
    }
    if (keeper.validator(route.to()).isEmpty()) {
      throw StakingErrors.badDestination();
    }
  }

  private Instant move(
      Context context, StakingKeeper keeper, Redelegations.Route route, Dec shares) {
    Validator from = keeper.require(route.from());
    Validator to = keeper.require(route.to());
    Delegations.requireExchangeRate(to);
    Delegations delegations = new Delegations(context, addresses);
    BigInteger tokens = delegations.remove(route.delegator(), route.from(), shares);
    if (tokens.signum() == 0) {
      throw StakingErrors.tinyRedelegation();
    }
    StakingPool.of(from)
        .hand(context, StakingPool.of(to), Coins.of(keeper.params().getBondDenom(), tokens));
    Dec sharesThere = delegations.add(route.delegator(), route.to(), tokens);
    if (from.getStatus() == BondStatus.BOND_STATUS_UNBONDED) {
      return AT_ONCE;
    }
    boolean bonded = StakingKeeper.bonded(from);
    Instant completion =
        bonded ? StakingParams.unbondingEnd(context) : Times.instant(from.getUnbondingTime());
    new Redelegations(context, addresses)
        .begin(
            route,
            tokens,
            sharesThere,
            bonded ? context.height() : from.getUnbondingHeight(),
            completion);
    return completion;
  }

  private static Coins.Amount amount(MsgBeginRedelegate message) {
    return Amounts.positive(message.getAmount(), "invalid shares amount");
  }
}
