package io.segue.bundles.staking;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.staking.BondStatus;
import io.segue.bundles.sdk.proto.staking.MsgBeginRedelegate;
import io.segue.bundles.sdk.proto.staking.MsgBeginRedelegateResponse;
import io.segue.bundles.sdk.proto.staking.Validator;
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
    addresses.operatorMember("invalid destination validator address", message.getValidatorDstAddress());
    addresses.member("invalid delegator address", message.getDelegatorAddress());
    amount(message);
  }

  MsgBeginRedelegateResponse handle(Context context, MsgBeginRedelegate message) {
    Redelegations.Way way =
        new Redelegations.Way(
            addresses.parseAccount(message.getDelegatorAddress()),
            addresses.parseOperator(message.getValidatorSrcAddress()),
            addresses.parseOperator(message.getValidatorDstAddress()));
    Coins.Amount amount = amount(message);
    Stakes stakes = new Stakes(context.store());
    Dec shares =
        new Delegations(context, addresses)
            .sharesOf(way.delegator(), way.from(), amount.amount());
    Amounts.requireBondable(stakes, amount);
    requireTwo(stakes, way);
    new Redelegations(context, addresses).requireMay(way);
    Instant completion = move(context, stakes, way, shares);
    context.emit(StakingEvents.redelegating(message, amount, completion));
    return MsgBeginRedelegateResponse.newBuilder()
        .setCompletionTime(Times.timestamp(completion))
        .build();
  }

  private static void requireTwo(Stakes stakes, Redelegations.Way way) {
    if (Arrays.equals(way.from(), way.to())) {
      throw StakingErrors.selfRedelegation();
    }
    if (stakes.validator(way.to()).isEmpty()) {
      throw StakingErrors.badDestination();
    }
  }

  private Instant move(Context context, Stakes stakes, Redelegations.Way way, Dec shares) {
    Validator from = stakes.require(way.from());
    Validator to = stakes.require(way.to());
    Delegations.requireExchangeRate(to);
    Delegations delegations = new Delegations(context, addresses);
    BigInteger tokens = delegations.remove(way.delegator(), way.from(), shares);
    if (tokens.signum() == 0) {
      throw StakingErrors.tinyRedelegation();
    }
    Pools.of(from).hand(context, Pools.of(to), Coins.of(stakes.params().getBondDenom(), tokens));
    Dec sharesThere = delegations.add(way.delegator(), way.to(), tokens);
    if (from.getStatus() == BondStatus.BOND_STATUS_UNBONDED) {
      return AT_ONCE;
    }
    boolean bonded = Stakes.bonded(from);
    Instant completion =
        bonded ? StakingParams.unbondingEnd(context) : Times.instant(from.getUnbondingTime());
    new Redelegations(context, addresses)
        .begin(
            way,
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
