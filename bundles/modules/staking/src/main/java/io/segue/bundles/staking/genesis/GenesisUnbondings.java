package io.segue.bundles.staking.genesis;

import com.google.protobuf.Timestamp;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.JsonParts;
import io.segue.bundles.sdk.JsonParts.Part;
import io.segue.bundles.sdk.proto.staking.Redelegation;
import io.segue.bundles.sdk.proto.staking.RedelegationEntry;
import io.segue.bundles.sdk.proto.staking.UnbondingDelegation;
import io.segue.bundles.sdk.proto.staking.UnbondingDelegationEntry;
import io.segue.bundles.staking.delegation.Redelegations;
import io.segue.bundles.staking.delegation.Unbondings;
import io.segue.bundles.staking.state.StakingErrors;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.state.StakingParams;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;
import java.util.Map;

/** Reads the stake that is on its way in a genesis: unbondings and redelegations. */
final class GenesisUnbondings {
  private final Context context;
  private final Addresses addresses;
  private final GenesisJson json;
  private final Unbondings unbondings;
  private final Redelegations redelegations;
  private BigInteger held = BigInteger.ZERO;
  private long lastNumber;

  GenesisUnbondings(Context context, Addresses addresses, GenesisJson json) {
    this.context = context;
    this.addresses = addresses;
    this.json = json;
    this.unbondings = new Unbondings(context, addresses);
    this.redelegations = new Redelegations(context, addresses);
  }

  /**
   * Writes them.
   *
   * @return the tokens that are unbonding
   * @throws ModuleException sdk/18; names the entry
   */
  BigInteger read(Map<String, Part> members) {
    int[] index = {0};
    StakingGenesis.elements(
        members,
        "unbonding_delegations",
        entry -> readUnbonding("unbonding_delegations[" + index[0]++ + "]", entry));
    index[0] = 0;
    StakingGenesis.elements(
        members,
        "redelegations",
        entry -> readRedelegation("redelegations[" + index[0]++ + "]", entry));
    Part last = members.get(StakingGenesis.LAST_UNBONDING);
    new StakingKeeper(context.store())
        .lastUnbonding(Math.max(lastNumber, last == null ? 0 : JsonParts.unsigned(last)));
    return held;
  }

  private void readUnbonding(String where, Part part) {
    UnbondingDelegation read =
        json.parse("staking." + where, part.json(), UnbondingDelegation.newBuilder()).build();
    byte[] delegator = StakingGenesis.account(addresses, where, read.getDelegatorAddress());
    String operatorText = StakingGenesis.operator(addresses, where, read.getValidatorAddress());
    byte[] operator = addresses.parseOperator(operatorText);
    if (unbondings.find(delegator, operator).isPresent()) {
      throw StakingErrors.invalidGenesis(where + ": stands twice");
    }
    requireEntries(where, read.getEntriesCount());
    UnbondingDelegation.Builder unbonding =
        UnbondingDelegation.newBuilder()
            .setDelegatorAddress(addresses.account(delegator))
            .setValidatorAddress(operatorText);
    for (UnbondingDelegationEntry entry : read.getEntriesList()) {
      BigInteger balance = positive(where + ".balance", entry.getBalance());
      held = held.add(balance);
      lastNumber = Math.max(lastNumber, entry.getUnbondingId());
      unbonding
          .addEntriesBuilder()
          .setCreationHeight(entry.getCreationHeight())
          .setCompletionTime(
              completion(where, entry.hasCompletionTime(), entry.getCompletionTime()))
          .setInitialBalance(
              positive(where + ".initial_balance", entry.getInitialBalance()).toString())
          .setBalance(balance.toString())
          .setUnbondingId(entry.getUnbondingId());
    }
    unbondings.put(delegator, operator, unbonding.build());
  }

  private void readRedelegation(String where, Part part) {
    Redelegation read =
        Decimals.scaled(
            json.parse("staking." + where, part.json(), Redelegation.newBuilder()).build());
    byte[] delegator = StakingGenesis.account(addresses, where, read.getDelegatorAddress());
    String from = StakingGenesis.operator(addresses, where, read.getValidatorSrcAddress());
    String to = StakingGenesis.operator(addresses, where, read.getValidatorDstAddress());
    Redelegations.Route route =
        new Redelegations.Route(
            delegator, addresses.parseOperator(from), addresses.parseOperator(to));
    if (redelegations.find(route).isPresent()) {
      throw StakingErrors.invalidGenesis(where + ": stands twice");
    }
    requireEntries(where, read.getEntriesCount());
    Redelegation.Builder redelegation =
        Redelegation.newBuilder()
            .setDelegatorAddress(addresses.account(delegator))
            .setValidatorSrcAddress(from)
            .setValidatorDstAddress(to);
    for (RedelegationEntry entry : read.getEntriesList()) {
      lastNumber = Math.max(lastNumber, entry.getUnbondingId());
      redelegation
          .addEntriesBuilder()
          .setCreationHeight(entry.getCreationHeight())
          .setCompletionTime(
              completion(where, entry.hasCompletionTime(), entry.getCompletionTime()))
          .setInitialBalance(
              positive(where + ".initial_balance", entry.getInitialBalance()).toString())
          .setSharesDst(entry.getSharesDst())
          .setUnbondingId(entry.getUnbondingId());
    }
    redelegations.put(route, redelegation.build());
  }

  private static void requireEntries(String where, int count) {
    if (count == 0 || count > StakingParams.MAX_ENTRIES) {
      throw StakingErrors.invalidGenesis(
          where + " has " + count + " entries, it must have 1 to " + StakingParams.MAX_ENTRIES);
    }
  }

  private static Timestamp completion(String where, boolean present, Timestamp time) {
    if (!present) {
      throw StakingErrors.invalidGenesis(where + ": an entry has no completion_time");
    }
    return time;
  }

  private static BigInteger positive(String where, String text) {
    BigInteger value = GenesisValidators.integer(where, text);
    if (value.signum() == 0) {
      throw StakingErrors.invalidGenesis(where + " must be above 0");
    }
    return value;
  }
}
