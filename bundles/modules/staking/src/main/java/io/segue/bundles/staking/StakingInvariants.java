package io.segue.bundles.staking;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.staking.BondStatus;
import io.segue.bundles.sdk.state.Range;
import io.segue.bundles.staking.delegation.Redelegations;
import io.segue.bundles.staking.delegation.Unbondings;
import io.segue.bundles.staking.state.ConsensusKeys;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.state.StakingState;
import io.segue.bundles.staking.validator.DecidingValidator;
import io.segue.bundles.staking.validator.StakingPool;
import io.segue.bundles.staking.validator.ValidatorSet;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.Module.Invariant;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What always holds of staking's state at the end of a block. */
final class StakingInvariants {
  private final Addresses addresses;

  StakingInvariants(Addresses addresses) {
    this.addresses = addresses;
  }

  Map<String, Invariant> byName() {
    return new TreeMap<>(
        Map.of(
            "bonded-set", this::bondedSet,
            "delegator-shares", StakingInvariants::delegatorShares,
            "indexes", this::indexes,
            "module-accounts", this::moduleAccounts,
            "queues", this::queues));
  }

  /** The delegations to a validator add up to its shares. */
  private static Optional<String> delegatorShares(Context context) {
    StakingKeeper keeper = new StakingKeeper(context.store());
    SortedMap<String, Dec> open = new TreeMap<>();
    keeper.forEachValidator(
        validator ->
            open.put(
                validator.getOperatorAddress(), Dec.parseScaled(validator.getDelegatorShares())));
    keeper.forEachDelegation(
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

  /** Each pool has what the validators of its kind hold, and the one also what is unbonding. */
  private Optional<String> moduleAccounts(Context context) {
    StakingKeeper keeper = new StakingKeeper(context.store());
    SortedMap<StakingPool, BigInteger> held = new TreeMap<>();
    for (StakingPool pool : StakingPool.values()) {
      held.put(pool, BigInteger.ZERO);
    }
    keeper.forEachValidator(
        validator ->
            held.merge(
                StakingPool.of(validator), StakingKeeper.tokens(validator), BigInteger::add));
    new Unbondings(context, addresses)
        .forEach(
            unbonding ->
                held.merge(StakingPool.NOT_BONDED, Unbondings.balance(unbonding), BigInteger::add));
    String denom = keeper.params().getBondDenom();
    for (StakingPool pool : StakingPool.values()) {
      BigInteger has = pool.tokens(context, denom);
      if (!has.equals(held.get(pool))) {
        return Optional.of(
            pool.account()
                + " has "
                + has
                + denom
                + ", it holds "
                + held.get(pool)
                + denom
                + " for others");
      }
    }
    return Optional.empty();
  }

  /**
   * Consensus knows the bonded validators by their power, unless nobody else could be bonded; and
   * who decides alone can.
   */
  private Optional<String> bondedSet(Context context) {
    SortedMap<String, Long> expected = new TreeMap<>();
    new StakingKeeper(context.store())
        .forEachValidator(
            validator -> {
              if (StakingKeeper.bonded(validator)) {
                expected.put(validator.getOperatorAddress(), StakingKeeper.power(validator));
              }
            });
    SortedMap<String, Long> known = new TreeMap<>();
    ValidatorSet bonded = new ValidatorSet(context);
    bonded.powers().forEach((operator, power) -> known.put(addresses.operator(operator), power));
    boolean stays = bonded.chosen().isEmpty();
    if (stays ? !known.keySet().equals(expected.keySet()) : !known.equals(expected)) {
      return Optional.of("consensus knows " + known + ", bonded are " + expected);
    }
    byte[] deciding = new DecidingValidator(context.store()).operator();
    if (deciding == null) {
      return Optional.empty();
    }
    long own = known.getOrDefault(addresses.operator(deciding), 0L);
    long all = known.values().stream().mapToLong(Long::longValue).sum();
    return own > 0 && all - own <= DecidingValidator.room(own)
        ? Optional.empty()
        : Optional.of(addresses.operator(deciding) + " is to decide alone, with " + known);
  }

  /** Each validator has its entries in the indexes, and nothing else has. */
  private Optional<String> indexes(Context context) {
    KVStore store = context.store();
    SortedMap<String, String> expected = new TreeMap<>();
    new StakingKeeper(store)
        .forEachValidator(
            validator -> {
              byte[] operator = addresses.parseOperator(validator.getOperatorAddress());
              expected.put(hex(ConsensusKeys.address(validator)), hex(operator));
              if (!validator.getJailed()) {
                expected.put(rank(StakingKeeper.power(validator), operator), hex(operator));
              }
            });
    SortedMap<String, String> found = new TreeMap<>();
    StakingState.BY_CONSENSUS_ADDRESS.forEach(
        store, Range.all(), (address, operator) -> found.put(hex(address), hex(operator)));
    StakingState.BY_POWER.forEach(
        store,
        Range.all(),
        (rank, operator) -> found.put(rank(rank.first(), rank.second()), hex(operator)));
    return found.equals(expected)
        ? Optional.empty()
        : Optional.of("the indexes have " + found + ", they should have " + expected);
  }

  /** Whatever ends at a time waits for it, and nothing else does. */
  private Optional<String> queues(Context context) {
    List<String> wrong = new ArrayList<>();
    long[] open = {0};
    ValidatorSet bonded = new ValidatorSet(context);
    new StakingKeeper(context.store())
        .forEachValidator(
            validator -> {
              byte[] operator = addresses.parseOperator(validator.getOperatorAddress());
              if (validator.getStatus() == BondStatus.BOND_STATUS_UNBONDING) {
                open[0]++;
                note(wrong, bonded.queued(operator, validator), validator.getOperatorAddress());
              }
            });
    Unbondings unbondings = new Unbondings(context, addresses);
    unbondings.forEach(
        unbonding -> {
          open[0] += Unbondings.ends(unbonding);
          note(wrong, unbondings.queued(unbonding), unbonding.getDelegatorAddress());
        });
    Redelegations redelegations = new Redelegations(context, addresses);
    redelegations.forEach(
        redelegation -> {
          open[0] += Redelegations.ends(redelegation);
          note(wrong, redelegations.queued(redelegation), redelegation.getDelegatorAddress());
        });
    long waiting = bonded.waiting() + unbondings.waiting() + redelegations.waiting();
    if (wrong.isEmpty() && waiting != open[0]) {
      wrong.add(waiting + " rows wait in the queues, " + open[0] + " should");
    }
    return wrong.stream().findFirst();
  }

  private static void note(List<String> wrong, boolean queued, String whose) {
    if (!queued) {
      wrong.add("something of " + whose + " is not in its queue");
    }
  }

  private static String rank(long power, byte[] operator) {
    return "power " + power + " of " + hex(operator);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
