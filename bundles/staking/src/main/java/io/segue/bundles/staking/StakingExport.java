package io.segue.bundles.staking;

import com.google.protobuf.MessageOrBuilder;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.proto.staking.Delegation;
import io.segue.bundles.sdk.proto.staking.LastValidatorPower;
import io.segue.bundles.sdk.proto.staking.Redelegation;
import io.segue.bundles.sdk.proto.staking.UnbondingDelegation;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.kernel.api.module.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Writes staking's state as {@link StakingGenesis} reads it, entry by entry. */
final class StakingExport {
  private final Context context;
  private final Addresses addresses;
  private final GenesisJson json;
  private final OutputStream out;

  StakingExport(Context context, Addresses addresses, GenesisJson json, OutputStream out) {
    this.context = context;
    this.addresses = addresses;
    this.json = json;
    this.out = out;
  }

  /**
   * Writes the genesis, UTF-8.
   *
   * @throws UncheckedIOException where the stream can't be written
   */
  void write() {
    Stakes stakes = new Stakes(context.store());
    BondedSet bonded = new BondedSet(context, addresses);
    long total = bonded.powers().values().stream().mapToLong(Long::longValue).sum();
    text("{\"params\":" + json.print(Decimals.pointed(stakes.params())));
    text(",\"last_total_power\":\"" + total + "\"");
    this.<LastValidatorPower>list(
        "last_validator_powers",
        take -> bonded.powers().forEach((operator, power) -> take.accept(power(operator, power))));
    this.<Validator>list(
        "validators", take -> stakes.forEachValidator(v -> take.accept(Decimals.pointed(v))));
    this.<Delegation>list(
        "delegations",
        take ->
            stakes.forEachDelegation(
                StakingKeys.DELEGATION, d -> take.accept(Decimals.pointed(d))));
    this.<UnbondingDelegation>list(
        "unbonding_delegations", new Unbondings(context, addresses)::forEach);
    this.<Redelegation>list(
        "redelegations",
        take ->
            new Redelegations(context, addresses)
                .forEach(StakingKeys.REDELEGATION, r -> take.accept(Decimals.pointed(r))));
    byte[] deciding = new DecidingValidator(context.store()).operator();
    text(",\"" + StakingGenesis.DECIDING + "\":\"");
    text((deciding == null ? "" : addresses.operator(deciding)) + "\"");
    text(",\"" + StakingGenesis.LAST_UNBONDING + "\":\"" + stakes.lastUnbonding() + "\"");
    text(",\"exported\":true}");
  }

  private LastValidatorPower power(byte[] operator, long power) {
    return LastValidatorPower.newBuilder()
        .setAddress(addresses.operator(operator))
        .setPower(power)
        .build();
  }

  private <M extends MessageOrBuilder> void list(String name, Consumer<Consumer<M>> walk) {
    text(",\"" + name + "\":[");
    String[] comma = {""};
    walk.accept(
        entry -> {
          text(comma[0] + json.print(entry));
          comma[0] = ",";
        });
    text("]");
  }

  private void text(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
