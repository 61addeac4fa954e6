package io.segue.bundles.staking.state;

import com.google.protobuf.Duration;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.staking.MsgUpdateParams;
import io.segue.bundles.sdk.proto.staking.Params;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;
import java.time.Instant;

/** The rules of staking: what they may be, and how governance changes them. */
public final class StakingParams {
  /** Longest unbonding time: 292 years, what clients written in Go can hold. */
  static final long MAX_UNBONDING_SECONDS = Long.MAX_VALUE / 1_000_000_000;

  /** Most bonded validators: their votes find room in the smallest block. */
  static final long MAX_VALIDATORS = 1_000;

  /** Most entries of an unbonding. */
  public static final long MAX_ENTRIES = 1_000;

  /** Most entries of the history. */
  static final long MAX_HISTORICAL_ENTRIES = 1_000_000;

  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private StakingParams() {}

  /**
   * Checks changed rules, also against what is staked.
   *
   * @throws ModuleException sdk/18, or code 1 of no codespace
   */
  public static void check(Context context, MsgUpdateParams message) {
    Params params = message.getParams();
    validate(params);
    String denom = new StakingKeeper(context.store()).params().getBondDenom();
    if (!params.getBondDenom().equals(denom)) {
      throw SdkErrors.invalidRequest(
          "bond_denom can't become "
              + params.getBondDenom()
              + ": everything that is staked is "
              + denom);
    }
  }

  /** Changes them, by governance. */
  public static void update(Context context, MsgUpdateParams message) {
    check(context, message); // its gas is part of what the message costs
    new StakingKeeper(context.store()).put(normal(message.getParams()));
  }

  /** When what begins to unbond in this block ends. */
  public static Instant unbondingEnd(Context context) {
    return context
        .time()
        .plus(Times.duration(new StakingKeeper(context.store()).params().getUnbondingTime()));
  }

  /** The least commission that a validator may ask for. */
  public static Dec leastCommission(Context context) {
    return Dec.parseScaled(new StakingKeeper(context.store()).params().getMinCommissionRate());
  }

  /**
   * Judges rules by themselves, with the texts of the Cosmos SDK 0.50.
   *
   * @throws ModuleException code 1 of no codespace
   */
  public static void validate(Params params) {
    Duration unbonding = params.getUnbondingTime();
    require(
        unbonding.getNanos() >= 0 && unbonding.getNanos() < NANOS_PER_SECOND,
        "unbonding time is malformed");
    require(
        unbonding.getSeconds() > 0 || unbonding.getSeconds() == 0 && unbonding.getNanos() > 0,
        "unbonding time must be positive: " + unbonding.getSeconds());
    require(
        unbonding.getSeconds() <= MAX_UNBONDING_SECONDS,
        "unbonding time is longer than "
            + MAX_UNBONDING_SECONDS
            + "s: "
            + unbonding.getSeconds()
            + "s");
    positive("max validators", params.getMaxValidators(), MAX_VALIDATORS);
    positive("max entries", params.getMaxEntries(), MAX_ENTRIES);
    atMost("historical entries", params.getHistoricalEntries(), MAX_HISTORICAL_ENTRIES);
    require(!params.getBondDenom().isBlank(), "bond denom cannot be blank");
    require(Coins.validDenom(params.getBondDenom()), "invalid denom: " + params.getBondDenom());
    Dec commission = commission(params.getMinCommissionRate());
    require(commission.signum() >= 0, "minimum commission rate cannot be negative: " + commission);
    require(
        commission.compareTo(Dec.ONE) <= 0,
        "minimum commission rate cannot be greater than 100%: " + commission);
  }

  /** The rules as they are stored: each decimal has one text, that of its number. */
  private static Params normal(Params params) {
    return params.toBuilder()
        .setMinCommissionRate(commission(params.getMinCommissionRate()).scaled())
        .build();
  }

  private static void positive(String what, int unsigned, long most) {
    require(unsigned != 0, what + " must be positive: 0");
    atMost(what, unsigned, most);
  }

  private static void atMost(String what, int unsigned, long most) {
    long value = Integer.toUnsignedLong(unsigned);
    require(value <= most, what + " must be at most " + most + ": " + value);
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
