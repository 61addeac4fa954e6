package io.segue.bundles.staking;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Dec;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.Module.Invariant;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What always holds of staking's state. */
final class StakingInvariants {
  private final Addresses addresses;

  StakingInvariants(Addresses addresses) {
    this.addresses = addresses;
  }

  Map<String, Invariant> all() {
    Map<String, Invariant> all = new TreeMap<>();
    all.put("delegator-shares", StakingInvariants::delegatorShares);
    all.put("module-accounts", StakingInvariants::moduleAccounts);
    all.put("power-index", this::powerIndex);
    return all;
  }

  /** The delegations to a validator add up to its shares. */
  private static Optional<String> delegatorShares(Context context) {
    Stakes stakes = new Stakes(context.store());
    SortedMap<String, Dec> open = new TreeMap<>();
    stakes.forEachValidator(
        validator ->
            open.put(
                validator.getOperatorAddress(), Dec.parseScaled(validator.getDelegatorShares())));
    stakes.forEachDelegation(
        StakingKeys.DELEGATION,
        delegation ->
            open.merge(
                delegation.getValidatorAddress(),
                Dec.parseScaled(delegation.getShares()),
                (left, shares) -> left.minus(shares)));
    open.values().removeIf(left -> left.signum() == 0);
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of("shares that validators have beyond their delegations: " + open);
  }

  /** Each pool has what the validators of its kind hold. */
  private static Optional<String> moduleAccounts(Context context) {
    Stakes stakes = new Stakes(context.store());
    SortedMap<Pools, BigInteger> held = new TreeMap<>();
    for (Pools pool : Pools.values()) {
      held.put(pool, BigInteger.ZERO);
    }
    stakes.forEachValidator(
        validator -> held.merge(Pools.of(validator), Stakes.tokens(validator), BigInteger::add));
    String denom = stakes.params().getBondDenom();
    for (Pools pool : Pools.values()) {
      BigInteger has = pool.tokens(context, denom);
      if (!has.equals(held.get(pool))) {
        return Optional.of(
            pool.account()
                + " has "
                + has
                + denom
                + ", its validators hold "
                + held.get(pool)
                + denom);
      }
    }
    return Optional.empty();
  }

  /** The index by power has the bonded validators, each with its power, and nothing else. */
  private Optional<String> powerIndex(Context context) {
    SortedMap<String, String> expected = new TreeMap<>();
    new Stakes(context.store())
        .forEachValidator(
            validator -> {
              if (Stakes.bonded(validator)) {
                byte[] operator = addresses.parseOperator(validator.getOperatorAddress());
                long power = Stakes.power(validator).longValueExact();
                expected.put(hex(StakingKeys.power(power, operator)), hex(operator));
              }
            });
    SortedMap<String, String> found = new TreeMap<>();
    try (KVIterator entries = context.store().prefix(StakingKeys.POWER)) {
      while (entries.next()) {
        found.put(hex(entries.key()), hex(entries.value()));
      }
    }
    return found.equals(expected)
        ? Optional.empty()
        : Optional.of("the index by power has " + found + ", it should have " + expected);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
