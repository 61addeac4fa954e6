package io.segue.bundles.gov.state;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.service.BankFacts;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;

/** The rules of governance: their defaults, what they may be, and where they are kept. */
public final class GovParams {
  /** Shortest period: a block at least has to begin in it. */
  static final Duration MIN_PERIOD = Duration.ofMillis(100);

  /** Longest period: who sets it can still change it. */
  static final Duration MAX_PERIOD = Duration.ofDays(730);

  /** Most denominations of a least deposit. */
  static final int MAX_DEPOSIT_DENOMS = 10;

  /** The supply of a denomination is at least so many times a least deposit. */
  static final long DEPOSITS_IN_SUPPLY = 10;

  /** Highest quorum: a tenth of the power may be silent. */
  static final Dec MAX_QUORUM = Dec.parse("0.9");

  /** Highest threshold of a regular proposal. */
  static final Dec MAX_THRESHOLD = Dec.parse("0.9");

  /** Highest threshold of an expedited proposal; more yes than that must be possible. */
  static final Dec MAX_EXPEDITED_THRESHOLD = Dec.parse("0.95");

  /** Lowest veto threshold: a few can't stop every proposal. */
  static final Dec MIN_VETO_THRESHOLD = Dec.parse("0.1");

  private static final int NANOS_PER_SECOND = 1_000_000_000;
  private static final String DENOM = "stake";
  private static final long MIN_DEPOSIT = 10_000_000;
  private static final long EXPEDITED_MIN_DEPOSIT = 5 * MIN_DEPOSIT;
  private static final Duration PERIOD = Duration.ofHours(48);
  private static final Duration EXPEDITED_PERIOD = Duration.ofHours(24);

  private GovParams() {}

  /** The rules of a chain that says nothing about them. */
  public static Params defaults() {
    return Params.newBuilder()
        .addAllMinDeposit(Coins.of(DENOM, MIN_DEPOSIT).toProto())
        .addAllExpeditedMinDeposit(Coins.of(DENOM, EXPEDITED_MIN_DEPOSIT).toProto())
        .setMaxDepositPeriod(Times.duration(PERIOD))
        .setVotingPeriod(Times.duration(PERIOD))
        .setExpeditedVotingPeriod(Times.duration(EXPEDITED_PERIOD))
        .setQuorum(pointed("0.334"))
        .setThreshold(pointed("0.5"))
        .setExpeditedThreshold(pointed("0.667"))
        .setVetoThreshold(pointed("0.334"))
        .setMinInitialDepositRatio(pointed("0"))
        .setProposalCancelRatio(pointed("0.5"))
        .setMinDepositRatio(pointed("0.01"))
        .setBurnVoteVeto(true)
        .build();
  }

  public static Params load(KVStore store) {
    return GovState.PARAMS
        .find(store)
        .orElseThrow(
            () -> new IllegalStateException("governance has no parameters: its genesis never ran"));
  }

  public static void save(KVStore store, Params params) {
    GovState.PARAMS.set(store, params);
  }

  /**
   * Checks rules.
   *
   * @throws ModuleException code 1 of no codespace, as the Cosmos SDK answers
   */
  public static void validate(Params params, Addresses addresses) {
    Coins minDeposit = deposit("minimum deposit", params.getMinDepositList());
    Coins expedited = deposit("expedited minimum deposit", params.getExpeditedMinDepositList());
    require(
        !minDeposit.covers(expedited),
        "expedited minimum deposit must be greater than minimum deposit: " + expedited);
    period("maximum deposit period", params.hasMaxDepositPeriod(), params.getMaxDepositPeriod());
    Duration voting = period("voting period", params.hasVotingPeriod(), params.getVotingPeriod());
    Duration expeditedVoting =
        period(
            "expedited voting period",
            params.hasExpeditedVotingPeriod(),
            params.getExpeditedVotingPeriod());
    require(
        expeditedVoting.compareTo(voting) < 0,
        "expedited voting period "
            + text(expeditedVoting)
            + " must be strictly less than the regular voting period "
            + text(voting));
    atMost("quorum", ratio("quorum", params.getQuorum()), MAX_QUORUM);
    Dec threshold = threshold("vote threshold", params.getThreshold());
    Dec expeditedThreshold = threshold("expedited vote threshold", params.getExpeditedThreshold());
    require(
        expeditedThreshold.compareTo(threshold) > 0,
        "expedited vote threshold "
            + expeditedThreshold
            + ", must be greater than the regular threshold "
            + threshold);
    atMost("vote threshold", threshold, MAX_THRESHOLD);
    atMost("expedited vote threshold", expeditedThreshold, MAX_EXPEDITED_THRESHOLD);
    Dec veto = threshold("veto threshold", params.getVetoThreshold());
    require(
        veto.compareTo(MIN_VETO_THRESHOLD) >= 0,
        "veto threshold too small: " + veto + ", it must be at least " + MIN_VETO_THRESHOLD);
    ratio("minimum initial deposit ratio of proposal", params.getMinInitialDepositRatio());
    ratio("burn rate of cancel proposal", params.getProposalCancelRatio());
    ratio("minimum deposit ratio", params.getMinDepositRatio());
    if (!params.getProposalCancelDest().isEmpty()) {
      destination(params.getProposalCancelDest(), addresses);
    }
  }

  /**
   * Checks rules that passed {@link #validate} by what the bank knows.
   *
   * @throws ModuleException code 1 of no codespace, where what cancelling costs would go to an
   *     account that may not be paid
   */
  public static void requireDestination(Context context, Params params, Addresses addresses) {
    String account = params.getProposalCancelDest();
    require(
        account.isEmpty() || BankFacts.mayReceive(context, addresses.parseAccount(account)),
        "deposits destination address " + account + " is not allowed to receive funds");
  }

  /**
   * Checks the least deposits where they are others than before: there must be coins for them.
   *
   * @throws ModuleException code 1 of no codespace
   */
  public static void requireAffordable(Context context, Params params, Params before) {
    if (!params.getMinDepositList().equals(before.getMinDepositList())) {
      affordable(context, "minimum deposit", params.getMinDepositList());
    }
    if (!params.getExpeditedMinDepositList().equals(before.getExpeditedMinDepositList())) {
      affordable(context, "expedited minimum deposit", params.getExpeditedMinDepositList());
    }
  }

  private static void affordable(Context context, String what, List<Coin> coins) {
    for (Coins.Amount least : Coins.strict(coins)) {
      BigInteger supply = BankFacts.supply(context, least.denom());
      BigInteger most = supply.divide(BigInteger.valueOf(DEPOSITS_IN_SUPPLY));
      require(
          least.amount().compareTo(most) <= 0,
          what + " " + least + " is over a tenth of the supply, " + supply + least.denom());
    }
  }

  /** The deposit that opens the voting on a proposal. */
  public static List<Coin> minDeposit(Params params, boolean expedited) {
    return expedited ? params.getExpeditedMinDepositList() : params.getMinDepositList();
  }

  private static Coins deposit(String what, List<Coin> coins) {
    List<Coins.Amount> amounts = Coins.amounts(coins);
    require(
        coins.size() <= MAX_DEPOSIT_DENOMS,
        what + " of " + coins.size() + " denominations, at most " + MAX_DEPOSIT_DENOMS);
    require(
        !amounts.isEmpty() && Coins.valid(amounts), "invalid " + what + ": " + Coins.text(amounts));
    return Coins.of(amounts);
  }

  private static Duration period(
      String what, boolean present, com.google.protobuf.Duration period) {
    require(present, what + " must not be nil");
    require(period.getNanos() >= 0 && period.getNanos() < NANOS_PER_SECOND, what + " is malformed");
    Duration duration = Times.duration(period);
    require(duration.compareTo(Duration.ZERO) > 0, what + " must be positive: " + text(duration));
    require(
        duration.compareTo(MAX_PERIOD) <= 0,
        what + " is longer than " + text(MAX_PERIOD) + ": " + text(duration));
    require(
        duration.compareTo(MIN_PERIOD) >= 0,
        what + " is shorter than " + MIN_PERIOD.toMillis() + "ms: " + duration.toNanos() + "ns");
    return duration;
  }

  private static void atMost(String what, Dec value, Dec most) {
    require(
        value.compareTo(most) <= 0, what + " too large: " + value + ", it must be at most " + most);
  }

  private static Dec ratio(String what, String text) {
    Dec value = decimal(what, text);
    require(value.signum() >= 0, what + " cannot be negative: " + value);
    require(value.compareTo(Dec.ONE) <= 0, what + " too large: " + value);
    return value;
  }

  private static Dec threshold(String what, String text) {
    Dec value = decimal(what, text);
    require(value.signum() > 0, what + " must be positive: " + value);
    require(value.compareTo(Dec.ONE) <= 0, what + " too large: " + value);
    return value;
  }

  private static Dec decimal(String what, String text) {
    try {
      return Dec.parse(text);
    } catch (IllegalArgumentException e) {
      throw SdkErrors.unregistered("invalid " + what + " string: " + e.getMessage());
    }
  }

  private static void destination(String address, Addresses addresses) {
    try {
      addresses.parseAccount(address);
    } catch (IllegalArgumentException e) {
      throw SdkErrors.unregistered("deposits destination address is invalid: " + address);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw SdkErrors.unregistered(otherwise);
    }
  }

  private static String text(Duration duration) {
    return duration.getSeconds() + "s";
  }

  private static String pointed(String value) {
    return Dec.parse(value).pointed();
  }
}
