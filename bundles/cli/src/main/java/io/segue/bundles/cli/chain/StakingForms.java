package io.segue.bundles.cli.chain;

import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.staking.Params;

/**
 * Staking's parameters as people read and write them: decimals have a point, which the wire does
 * not know.
 */
public final class StakingForms {
  private StakingForms() {}

  /** From the wire. */
  public static Params pointed(Params params) {
    return params.toBuilder()
        .setMinCommissionRate(Dec.parseScaled(params.getMinCommissionRate()).pointed())
        .build();
  }

  /**
   * To the wire.
   *
   * @throws IllegalArgumentException where a decimal is malformed
   */
  public static Params scaled(Params params) {
    String rate = params.getMinCommissionRate();
    return rate.isEmpty()
        ? params
        : params.toBuilder().setMinCommissionRate(Dec.parse(rate).scaled()).build();
  }
}
