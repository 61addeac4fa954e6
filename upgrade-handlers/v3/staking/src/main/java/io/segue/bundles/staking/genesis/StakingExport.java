package io.segue.bundles.staking.genesis;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.GenesisWriter;
import io.segue.bundles.sdk.proto.staking.Delegation;
import io.segue.bundles.sdk.proto.staking.LastValidatorPower;
import io.segue.bundles.sdk.proto.staking.Misbehavior;
import io.segue.bundles.sdk.proto.staking.Redelegation;
import io.segue.bundles.sdk.proto.staking.UnbondingDelegation;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.staking.delegation.Redelegations;
import io.segue.bundles.staking.delegation.Unbondings;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.validator.DecidingValidator;
import io.segue.bundles.staking.validator.Misbehaviors;
import io.segue.bundles.staking.validator.ValidatorSet;
import io.segue.kernel.api.module.Context;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes staking's state as {@link StakingGenesis} reads it, entry by entry. */
final class StakingExport {
  private final Context context;
  private final Addresses addresses;
  private final GenesisWriter out;

  StakingExport(Context context, Addresses addresses, GenesisJson json, OutputStream out) {
    this.context = context;
    this.addresses = addresses;
    this.out = new GenesisWriter(json, out);
  }

  /**
   * Writes the genesis, UTF-8.
   *
   * @throws UncheckedIOException where the stream can't be written
   */
  void write() {
    StakingKeeper keeper = new StakingKeeper(context.store());
    ValidatorSet bonded = new ValidatorSet(context);
    long total = bonded.powers().values().stream().mapToLong(Long::longValue).sum();
    out.text("{\"params\":");
    out.message(Decimals.pointed(keeper.params()));
    out.text(",\"last_total_power\":\"" + total + "\"");
    out.<LastValidatorPower>list(
        StakingGenesis.LAST_POWERS,
        take -> bonded.powers().forEach((operator, power) -> take.accept(power(operator, power))));
    out.<Validator>list(
        "validators", take -> keeper.forEachValidator(v -> take.accept(Decimals.pointed(v))));
    out.<Delegation>list(
        "delegations", take -> keeper.forEachDelegation(d -> take.accept(Decimals.pointed(d))));
    out.<UnbondingDelegation>list(
        "unbonding_delegations", new Unbondings(context, addresses)::forEach);
    out.<Redelegation>list(
        "redelegations",
        take ->
            new Redelegations(context, addresses).forEach(r -> take.accept(Decimals.pointed(r))));
    out.<Misbehavior>list(StakingGenesis.MISBEHAVIOR, new Misbehaviors(context.store())::forEach);
    byte[] deciding = new DecidingValidator(context.store()).operator();
    out.text(",\"" + StakingGenesis.DECIDING + "\":\"");
    out.text((deciding == null ? "" : addresses.operator(deciding)) + "\"");
    out.text(",\"" + StakingGenesis.LAST_UNBONDING + "\":\"" + keeper.lastUnbonding() + "\"");
    out.text(",\"exported\":true}");
  }

  private LastValidatorPower power(byte[] operator, long power) {
    return LastValidatorPower.newBuilder()
        .setAddress(addresses.operator(operator))
        .setPower(power)
        .build();
  }
}
