package io.segue.bundles.staking.genesis;

import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.staking.CommissionRates;
import io.segue.bundles.sdk.proto.staking.Delegation;
import io.segue.bundles.sdk.proto.staking.Params;
import io.segue.bundles.sdk.proto.staking.Redelegation;
import io.segue.bundles.sdk.proto.staking.RedelegationEntry;
import io.segue.bundles.sdk.proto.staking.Validator;
import java.util.function.UnaryOperator;

/**
 * Turns the decimals of staking's messages from the form that genesis JSON has (with a point) into
 * that of the wire (times 10^18), and back. An absent one is 0.
 *
 * <p>Every method throws IllegalArgumentException where a decimal is malformed.
 */
final class Decimals {
  private Decimals() {}

  static Params scaled(Params params) {
    return params.toBuilder().setMinCommissionRate(toScaled(params.getMinCommissionRate())).build();
  }

  static Params pointed(Params params) {
    return params.toBuilder()
        .setMinCommissionRate(toPointed(params.getMinCommissionRate()))
        .build();
  }

  static Validator scaled(Validator validator) {
    return convert(validator, Decimals::toScaled);
  }

  static Validator pointed(Validator validator) {
    return convert(validator, Decimals::toPointed);
  }

  static Delegation scaled(Delegation delegation) {
    return delegation.toBuilder().setShares(toScaled(delegation.getShares())).build();
  }

  static Delegation pointed(Delegation delegation) {
    return delegation.toBuilder().setShares(toPointed(delegation.getShares())).build();
  }

  static Redelegation scaled(Redelegation redelegation) {
    return convert(redelegation, Decimals::toScaled);
  }

  static Redelegation pointed(Redelegation redelegation) {
    return convert(redelegation, Decimals::toPointed);
  }

  private static Redelegation convert(Redelegation redelegation, UnaryOperator<String> form) {
    Redelegation.Builder builder = redelegation.toBuilder();
    for (RedelegationEntry.Builder entry : builder.getEntriesBuilderList()) {
      entry.setSharesDst(form.apply(entry.getSharesDst()));
    }
    return builder.build();
  }

  private static Validator convert(Validator validator, UnaryOperator<String> form) {
    Validator.Builder builder = validator.toBuilder();
    builder.setDelegatorShares(form.apply(validator.getDelegatorShares()));
    CommissionRates.Builder rates = builder.getCommissionBuilder().getCommissionRatesBuilder();
    rates.setRate(form.apply(rates.getRate()));
    rates.setMaxRate(form.apply(rates.getMaxRate()));
    rates.setMaxChangeRate(form.apply(rates.getMaxChangeRate()));
    return builder.build();
  }

  private static String toScaled(String pointed) {
    return pointed.isEmpty() ? "0" : Dec.parse(pointed).scaled();
  }

  private static String toPointed(String scaled) {
    return Dec.parseScaled(scaled).pointed();
  }
}
