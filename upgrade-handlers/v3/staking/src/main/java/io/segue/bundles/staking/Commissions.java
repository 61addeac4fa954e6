package io.segue.bundles.staking;

import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.staking.Commission;
import io.segue.bundles.sdk.proto.staking.CommissionRates;
import io.segue.bundles.staking.state.StakingErrors;
import io.segue.kernel.api.module.ModuleException;
import java.time.Duration;
import java.time.Instant;

/**
 * The share of rewards that a validator asks for. There are no rewards yet; it is kept and shown.
 */
final class Commissions {
  /** Least time between two changes. */
  static final Duration LEAST_BETWEEN_CHANGES = Duration.ofHours(24);

  private Commissions() {}

  /**
   * A first commission.
   *
   * @throws ModuleException sdk/18, staking/9 to staking/14, staking/40
   */
  static Commission first(CommissionRates sent, Dec least, Instant now) {
    if (sent.equals(CommissionRates.getDefaultInstance())) {
      throw SdkErrors.invalidRequest("empty commission");
    }
    Dec rate = rate(sent.getRate());
    Dec max = rate(sent.getMaxRate());
    Dec change = rate(sent.getMaxChangeRate());
    if (max.signum() < 0 || rate.signum() < 0) {
      throw StakingErrors.commissionNegative();
    }
    if (max.compareTo(Dec.ONE) > 0) {
      throw StakingErrors.commissionHuge();
    }
    if (rate.compareTo(max) > 0) {
      throw StakingErrors.commissionAboveMax();
    }
    if (change.signum() < 0) {
      throw StakingErrors.commissionChangeNegative();
    }
    if (change.compareTo(max) > 0) {
      throw StakingErrors.commissionChangeAboveMax();
    }
    if (rate.compareTo(least) < 0) {
      throw StakingErrors.commissionBelowMinimum(least);
    }
    return Commission.newBuilder()
        .setCommissionRates(
            CommissionRates.newBuilder()
                .setRate(rate.scaled())
                .setMaxRate(max.scaled())
                .setMaxChangeRate(change.scaled()))
        .setUpdateTime(Times.timestamp(now))
        .build();
  }

  /**
   * A commission after its rate was changed.
   *
   * @throws ModuleException sdk/18, staking/11, staking/12, staking/15
   */
  static Commission changed(Commission before, Dec rate, Dec least, Instant now) {
    if (rate.compareTo(least) < 0) {
      throw SdkErrors.invalidRequest(
          "commission rate cannot be less than the min commission rate " + least);
    }
    Instant next = Times.instant(before.getUpdateTime()).plus(LEAST_BETWEEN_CHANGES);
    if (now.isBefore(next)) {
      throw StakingErrors.commissionTooSoon();
    }
    CommissionRates rates = before.getCommissionRates();
    if (rate.compareTo(rate(rates.getMaxRate())) > 0) {
      throw StakingErrors.commissionAboveMax();
    }
    if (rate.minus(rate(rates.getRate())).compareTo(rate(rates.getMaxChangeRate())) > 0) {
      throw StakingErrors.commissionChangedTooMuch();
    }
    return before.toBuilder()
        .setCommissionRates(rates.toBuilder().setRate(rate.scaled()))
        .setUpdateTime(Times.timestamp(now))
        .build();
  }

  /**
   * A rate in a message.
   *
   * @throws ModuleException sdk/2
   */
  static Dec rate(String scaled) {
    try {
      return Dec.parseScaled(scaled);
    } catch (IllegalArgumentException e) {
      throw SdkErrors.txDecode(String.valueOf(e.getMessage()));
    }
  }
}
