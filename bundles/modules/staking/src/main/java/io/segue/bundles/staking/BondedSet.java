package io.segue.bundles.staking;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Budget;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.staking.BondStatus;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVIterator;
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
final class BondedSet {
  private final Context context;
  private final KVStore store;
  private final Addresses addresses;
  private final Stakes stakes;
  private final TimeQueue queue;

  BondedSet(Context context, Addresses addresses) {
    this.context = context;
    this.store = context.store();
    this.addresses = addresses;
    this.stakes = new Stakes(store);
    this.queue = new TimeQueue(store, StakingKeys.VALIDATOR_QUEUE);
  }

  /**
   * Chooses anew where something changed, and bonds and unbonds accordingly.
   *
   * @return what consensus has to be told; power 0 for who is no longer bonded
   */
  List<ValidatorUpdate> update() {
    if (!store.has(StakingKeys.CHANGED)) {
      return List.of();
    }
    store.delete(StakingKeys.CHANGED);
    List<byte[]> chosen = chosen();
    if (chosen.isEmpty()) {
      return List.of(); // consensus can't be without validators: who is bonded stays so
    }
    SortedMap<byte[], Long> leaving = powers();
    List<ValidatorUpdate> updates = new ArrayList<>();
    BigInteger joined = BigInteger.ZERO;
    for (byte[] operator : chosen) {
      Validator validator = stakes.indexed(operator);
      if (!Stakes.bonded(validator)) {
        bond(operator, validator);
        joined = joined.add(Stakes.tokens(validator));
      }
      long power = Stakes.power(validator);
      Long before = leaving.remove(operator);
      if (before == null || before != power) {
        store.set(StakingKeys.bonded(operator), StakingKeys.number(power));
        updates.add(ConsensusKeys.update(validator, power));
      }
    }
    BigInteger left = BigInteger.ZERO;
    for (byte[] operator : leaving.keySet()) {
      Validator validator = stakes.indexed(operator);
      beginUnbonding(operator, validator);
      left = left.add(Stakes.tokens(validator));
      store.delete(StakingKeys.bonded(operator));
      updates.add(ConsensusKeys.update(validator, 0));
    }
    settle(joined.subtract(left));
    return updates;
  }

  /** Ends the unbonding of validators whose time has come, as far as the budget goes. */
  void completeUnbonding(Budget budget) {
    queue.drain(
        context.time(),
        budget,
        id -> {
          byte[] operator = Arrays.copyOfRange(id, 1, id.length);
          Validator before = stakes.indexed(operator);
          Validator after =
              before.toBuilder()
                  .setStatus(BondStatus.BOND_STATUS_UNBONDED)
                  .clearUnbondingIds()
                  .build();
          stakes.update(operator, before, after);
          new Delegations(context, addresses).removeIfEmpty(operator, after);
        });
  }

  /** The powers that consensus was told, by operator. */
  SortedMap<byte[], Long> powers() {
    SortedMap<byte[], Long> powers = new TreeMap<>(Arrays::compareUnsigned);
    try (KVIterator rows = store.prefix(StakingKeys.BONDED)) {
      while (rows.next()) {
        byte[] key = rows.key();
        powers.put(Arrays.copyOfRange(key, 2, key.length), StakingKeys.number(rows.value()));
      }
    }
    return powers;
  }

  /** Enters a validator of a genesis where its status says it belongs. */
  void restore(byte[] operator, Validator validator) {
    if (Stakes.bonded(validator)) {
      store.set(StakingKeys.bonded(operator), StakingKeys.number(Stakes.power(validator)));
    } else if (validator.getStatus() == BondStatus.BOND_STATUS_UNBONDING) {
      queue.add(unbondingEnd(validator), StakingKeys.addresses(operator));
    }
  }

  /** How many validators wait for the end of their unbonding. */
  long waiting() {
    return queue.size();
  }

  /** Whether a validator waits for the end of its unbonding. */
  boolean queued(byte[] operator, Validator validator) {
    return queue.has(unbondingEnd(validator), StakingKeys.addresses(operator));
  }

  /** The operators of those who are to be bonded, in the order in which they are chosen. */
  List<byte[]> chosen() {
    long most = Integer.toUnsignedLong(stakes.params().getMaxValidators());
    byte[] deciding = new DecidingValidator(store).operator();
    List<byte[]> chosen = new ArrayList<>();
    long room = Long.MAX_VALUE;
    if (deciding != null) {
      chosen.add(deciding);
      room = DecidingValidator.room(Stakes.power(stakes.indexed(deciding)));
    }
    long looked = chosen.size();
    try (KVIterator ranks =
        store.reverse(StakingKeys.BY_POWER, KVStore.prefixEnd(StakingKeys.BY_POWER))) {
      while (looked < most && ranks.next()) {
        long power = StakingKeys.powerOf(ranks.key());
        if (power == 0) {
          break;
        }
        if (Arrays.equals(ranks.value(), deciding)) {
          continue;
        }
        looked++;
        if (power <= room) {
          room -= power;
          chosen.add(ranks.value());
        }
      }
    }
    return chosen;
  }

  private void bond(byte[] operator, Validator before) {
    if (before.getStatus() == BondStatus.BOND_STATUS_UNBONDING) {
      queue.remove(unbondingEnd(before), StakingKeys.addresses(operator));
    }
    stakes.update(
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
            .addUnbondingIds(stakes.nextUnbonding())
            .build();
    stakes.update(operator, before, after);
    queue.add(unbondingEnd(after), StakingKeys.addresses(operator));
  }

  /** Moves what has another pool now, in one payment. */
  private void settle(BigInteger joined) {
    Coins coins = Coins.of(stakes.params().getBondDenom(), joined.abs());
    if (joined.signum() > 0) {
      Pools.NOT_BONDED.hand(context, Pools.BONDED, coins);
    } else {
      Pools.BONDED.hand(context, Pools.NOT_BONDED, coins);
    }
  }

  private static Instant unbondingEnd(Validator validator) {
    return Times.instant(validator.getUnbondingTime());
  }
}
