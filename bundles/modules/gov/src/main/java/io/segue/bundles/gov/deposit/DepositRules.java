package io.segue.bundles.gov.deposit;

import io.segue.bundles.gov.state.GovErrors;
import io.segue.bundles.gov.state.GovParams;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** What a deposit must be; the same rules, codes and texts as in the Cosmos SDK 0.50. */
public final class DepositRules {
  private static final int INVALID_COINS = 10;

  private final Params params;

  public DepositRules(Params params) {
    this.params = params;
  }

  /**
   * The deposit that comes with a proposal; it may be empty here, not in {@link #requireShare}.
   *
   * @throws ModuleException sdk/10, gov/16 or gov/23
   */
  public Coins initial(List<Coin> sent, boolean expedited) {
    Coins deposit = Coins.strict(sent);
    Dec ratio = Dec.parse(params.getMinInitialDepositRatio());
    if (ratio.signum() > 0) {
      Coins wanted = part(GovParams.minDeposit(params, expedited), ratio);
      if (!deposit.covers(wanted)) {
        throw GovErrors.depositTooSmall("was (" + deposit + "), need (" + wanted + ")");
      }
    }
    requireDenoms(deposit);
    return deposit;
  }

  /**
   * A deposit on a proposal that is there already.
   *
   * @throws ModuleException sdk/10
   */
  public static Coins later(List<Coin> sent) {
    Coins deposit = Coins.strict(sent);
    if (deposit.isEmpty()) {
      throw new ModuleException(SdkErrors.CODESPACE, INVALID_COINS, ": invalid coins");
    }
    return deposit;
  }

  /**
   * Passes where every denomination is one that the minimum deposit has.
   *
   * @throws ModuleException gov/23
   */
  void requireDenoms(Coins deposit) {
    Coins accepted = Coins.strict(params.getMinDepositList());
    for (Coins.Amount amount : deposit) {
      if (accepted.amountOf(amount.denom()).signum() == 0) {
        throw GovErrors.invalidDepositDenom(
            "deposited "
                + deposit
                + ", but gov accepts only the following denom(s): "
                + denoms(accepted));
      }
    }
  }

  /**
   * Passes where one denomination at least reaches its share of the minimum deposit, which keeps
   * crowds of tiny deposits away.
   *
   * @throws ModuleException gov/16
   */
  void requireShare(Coins deposit, boolean expedited) {
    Dec ratio = Dec.parse(params.getMinDepositRatio());
    if (ratio.signum() == 0) {
      return;
    }
    List<Coins.Amount> thresholds = new ArrayList<>();
    for (Coins.Amount least : Coins.strict(GovParams.minDeposit(params, expedited))) {
      BigInteger threshold = Dec.of(least.amount()).times(ratio).truncate();
      BigInteger deposited = deposit.amountOf(least.denom());
      if (deposited.signum() > 0 && deposited.compareTo(threshold) >= 0) {
        return;
      }
      thresholds.add(new Coins.Amount(least.denom(), threshold));
    }
    throw GovErrors.depositTooSmall(
        "received "
            + deposit
            + " but need at least one of the following: "
            + Coins.text(thresholds));
  }

  /** Whether this much deposited opens the voting. */
  boolean opensVoting(Coins total, boolean expedited) {
    return total.covers(Coins.strict(GovParams.minDeposit(params, expedited)));
  }

  private static Coins part(List<Coin> coins, Dec ratio) {
    List<Coins.Amount> parts = new ArrayList<>();
    for (Coins.Amount amount : Coins.strict(coins)) {
      parts.add(new Coins.Amount(amount.denom(), Dec.of(amount.amount()).times(ratio).round()));
    }
    return Coins.of(parts);
  }

  private static String denoms(Coins coins) {
    List<String> denoms = new ArrayList<>();
    coins.forEach(amount -> denoms.add(amount.denom()));
    return "[" + String.join(" ", denoms) + "]";
  }
}
