package io.segue.bundles.staking.validator;

import io.segue.bundles.sdk.Budget;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.staking.BondStatus;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.sdk.state.Pair;
import io.segue.bundles.sdk.state.Range;
import io.segue.bundles.staking.state.ConsensusKeys;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.state.StakingParams;
import io.segue.bundles.staking.state.StakingState;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The validators that take part in consensus: those with the most tokens, as many as the rules
 * allow, who are not jailed and have a unit of power. They are chosen at the end of each block in
 * which something changed about that; otherwise it costs one look.
 *
 * <p>On a chain with a {@link DecidingValidator} that one comes first, and of the others, in their
 * order, each that leaves it more than two thirds of the power. Who finds no room stays unbonded,
 * and is looked at again when something changes.
 */
public final class ValidatorSet {
  private final Context context;
  private final KVStore store;
  private final StakingKeeper keeper;

  public ValidatorSet(Context context) {
    this.context = context;
    this.store = context.store();
    this.keeper = new StakingKeeper(store);
  }

  /**
   * Chooses again where something changed, and bonds and unbonds accordingly.
   *
   * @return what consensus has to be told; power 0 for who is no longer bonded
   */
  public List<ValidatorUpdate> update() {
    if (!StakingState.CHANGED.has(store)) {
      return List.of();
    }
    StakingState.CHANGED.remove(store);
    List<byte[]> chosen = chosen();
    if (chosen.isEmpty()) {
      return List.of(); // consensus can't be without validators: who is bonded stays so
    }
    SortedMap<byte[], Long> leaving = powers();
    List<ValidatorUpdate> updates = new ArrayList<>();
    BigInteger joined = BigInteger.ZERO;
    for (byte[] operator : chosen) {
      Validator validator = keeper.indexed(operator);
      if (!StakingKeeper.bonded(validator)) {
        bond(operator, validator);
        joined = joined.add(StakingKeeper.tokens(validator));
      }
      long power = StakingKeeper.power(validator);
      Long before = leaving.remove(operator);
      if (before == null || before != power) {
        StakingState.BONDED_POWERS.set(store, operator, power);
        updates.add(ConsensusKeys.update(validator, power));
      }
    }
    BigInteger left = BigInteger.ZERO;
    for (byte[] operator : leaving.keySet()) {
      Validator validator = keeper.indexed(operator);
      beginUnbonding(operator, validator);
      left = left.add(StakingKeeper.tokens(validator));
      StakingState.BONDED_POWERS.remove(store, operator);
      updates.add(ConsensusKeys.update(validator, 0));
    }
    settle(joined.subtract(left));
    return updates;
  }

  /** Ends the unbonding of validators whose time has come, as far as the budget goes. */
  public void completeUnbonding(Budget budget) {
    StakingState.VALIDATOR_QUEUE.drain(
        store,
        StakingState.VALIDATOR_END.through(context.time()),
        budget,
        due -> {
          byte[] operator = due.second();
          Validator before = keeper.indexed(operator);
          Validator after =
              before.toBuilder()
                  .setStatus(BondStatus.BOND_STATUS_UNBONDED)
                  .clearUnbondingIds()
                  .build();
          keeper.update(operator, before, after);
          keeper.removeIfEmpty(operator, after);
        });
  }

  /** The powers that consensus was told, by operator. */
  public SortedMap<byte[], Long> powers() {
    SortedMap<byte[], Long> powers = new TreeMap<>(Arrays::compareUnsigned);
    StakingState.BONDED_POWERS.forEach(store, Range.all(), powers::put);
    return powers;
  }

  /**
   * Enters a validator of a genesis where its status says it belongs.
   *
   * @param power that consensus is told, where it is bonded
   */
  public void restore(byte[] operator, Validator validator, long power) {
    if (StakingKeeper.bonded(validator)) {
      StakingState.BONDED_POWERS.set(store, operator, power);
    } else if (validator.getStatus() == BondStatus.BOND_STATUS_UNBONDING) {
      StakingState.VALIDATOR_QUEUE.add(store, end(operator, validator));
    }
  }

  /** How many validators wait for the end of their unbonding. */
  public long waiting() {
    return StakingState.VALIDATOR_QUEUE.count(store, Range.all());
  }

  /** Whether a validator waits for the end of its unbonding. */
  public boolean queued(byte[] operator, Validator validator) {
    return StakingState.VALIDATOR_QUEUE.has(store, end(operator, validator));
  }

  /** The operators of those who are to be bonded, in the order in which they are chosen. */
  public List<byte[]> chosen() {
    long most = Integer.toUnsignedLong(keeper.params().getMaxValidators());
    byte[] deciding = new DecidingValidator(store).operator();
    List<byte[]> chosen = new ArrayList<>();
    long[] room = {Long.MAX_VALUE};
    if (deciding != null) {
      chosen.add(deciding);
      room[0] = DecidingValidator.room(StakingKeeper.power(keeper.indexed(deciding)));
    }
    long[] looked = {chosen.size()};
    if (looked[0] < most) {
      StakingState.BY_POWER.walk(
          store,
          Range.<Pair<Long, byte[]>>all().reversed(),
          (rank, operator) -> {
            long power = rank.first();
            if (power == 0) {
              return false;
            }
            if (Arrays.equals(operator, deciding)) {
              return true;
            }
            looked[0]++;
            if (power <= room[0]) {
              room[0] -= power;
              chosen.add(operator);
            }
            return looked[0] < most;
          });
    }
    return chosen;
  }

  private void bond(byte[] operator, Validator before) {
    if (before.getStatus() == BondStatus.BOND_STATUS_UNBONDING) {
      StakingState.VALIDATOR_QUEUE.remove(store, end(operator, before));
    }
    keeper.update(
        operator,
        before,
        before.toBuilder().setStatus(BondStatus.BOND_STATUS_BONDED).clearUnbondingIds().build());
  }

  private void beginUnbonding(byte[] operator, Validator before) {
    Validator after =
        before.toBuilder()
            .setStatus(BondStatus.BOND_STATUS_UNBONDING)
            .setUnbondingTime(Times.timestamp(StakingParams.unbondingEnd(context)))
            .setUnbondingHeight(context.height())
            .clearUnbondingIds()
            .addUnbondingIds(keeper.nextUnbonding())
            .build();
    keeper.update(operator, before, after);
    StakingState.VALIDATOR_QUEUE.add(store, end(operator, after));
  }

  /** Moves what has another pool now, in one payment. */
  private void settle(BigInteger joined) {
    Coins coins = Coins.of(keeper.params().getBondDenom(), joined.abs());
    if (joined.signum() > 0) {
      StakingPool.NOT_BONDED.hand(context, StakingPool.BONDED, coins);
    } else {
      StakingPool.BONDED.hand(context, StakingPool.NOT_BONDED, coins);
    }
  }

  /** When the unbonding of a validator ends, as the queue has it. */
  private static Pair<Instant, byte[]> end(byte[] operator, Validator validator) {
    return Pair.of(Times.instant(validator.getUnbondingTime()), operator);
  }
}
