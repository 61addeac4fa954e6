package io.segue.bundles.staking;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Budget;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.staking.UnbondingDelegation;
import io.segue.bundles.sdk.proto.staking.UnbondingDelegationEntry;
import io.segue.bundles.sdk.proto.staking.UnbondingDelegationEntryOrBuilder;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What accounts take out of validators, until it is paid. Each entry has its time in a queue;
 * whoever saves an unbonding keeps the queue right. Lives for one call.
 */
final class Unbondings {
  private final Context context;
  private final KVStore store;
  private final Addresses addresses;
  private final TimeQueue queue;

  Unbondings(Context context, Addresses addresses) {
    this.context = context;
    this.store = context.store();
    this.addresses = addresses;
    this.queue = new TimeQueue(store, StakingKeys.UNBONDING_QUEUE);
  }

  @Nullable UnbondingDelegation find(byte[] delegator, byte[] operator) {
    return find(StakingKeys.addresses(delegator, operator));
  }

  /**
   * Refuses one entry more where there are as many as the rules allow.
   *
   * @throws ModuleException staking/27
   */
  void requireRoom(byte[] delegator, byte[] operator) {
    UnbondingDelegation unbonding = find(delegator, operator);
    long most = Integer.toUnsignedLong(new Stakes(store).params().getMaxEntries());
    if (unbonding != null && unbonding.getEntriesCount() >= most) {
      throw StakingErrors.tooManyUnbondings();
    }
  }

  /** Begins to unbond tokens of now; what begins in one block and ends together is one entry. */
  void begin(byte[] delegator, byte[] operator, BigInteger tokens, Instant completion) {
    UnbondingDelegation before = find(delegator, operator);
    UnbondingDelegation.Builder after =
        before != null
            ? before.toBuilder()
            : UnbondingDelegation.newBuilder()
                .setDelegatorAddress(addresses.account(delegator))
                .setValidatorAddress(addresses.operator(operator));
    long number = new Stakes(store).nextUnbonding();
    for (UnbondingDelegationEntry.Builder entry : after.getEntriesBuilderList()) {
      if (entry.getCreationHeight() == context.height() && completion.equals(completion(entry))) {
        entry
            .setInitialBalance(new BigInteger(entry.getInitialBalance()).add(tokens).toString())
            .setBalance(new BigInteger(entry.getBalance()).add(tokens).toString());
        put(delegator, operator, after.build());
        return;
      }
    }
    after
        .addEntriesBuilder()
        .setCreationHeight(context.height())
        .setCompletionTime(Times.timestamp(completion))
        .setInitialBalance(tokens.toString())
        .setBalance(tokens.toString())
        .setUnbondingId(number);
    put(delegator, operator, after.build());
  }

  /** Takes tokens out of an entry, to be delegated again. */
  void cancel(
      byte[] delegator, byte[] operator, UnbondingDelegation before, int at, BigInteger tokens) {
    UnbondingDelegation.Builder after = before.toBuilder();
    UnbondingDelegationEntry.Builder entry = after.getEntriesBuilder(at);
    BigInteger rest = new BigInteger(entry.getBalance()).subtract(tokens);
    if (rest.signum() == 0) {
      after.removeEntries(at);
    } else {
      entry
          .setBalance(rest.toString())
          .setInitialBalance(new BigInteger(entry.getInitialBalance()).subtract(tokens).toString());
    }
    byte[] id = StakingKeys.addresses(delegator, operator);
    Instant completion = completion(before.getEntries(at));
    if (after.getEntriesList().stream().noneMatch(e -> completion.equals(completion(e)))) {
      queue.remove(completion, id);
    }
    write(id, after.build());
  }

  /** Saves an unbonding with all its entries. */
  void put(byte[] delegator, byte[] operator, UnbondingDelegation unbonding) {
    byte[] id = StakingKeys.addresses(delegator, operator);
    unbonding.getEntriesList().forEach(entry -> queue.add(completion(entry), id));
    write(id, unbonding);
  }

  /** Pays what is due, as far as the budget goes. */
  void complete(Budget budget) {
    queue.drain(context.time(), budget, this::complete);
  }

  /** How many rows of the queue the entries of one make. */
  static long ends(UnbondingDelegation unbonding) {
    return unbonding.getEntriesList().stream().map(e -> completion(e)).distinct().count();
  }

  /** How many rows the queue has. */
  long waiting() {
    return queue.size();
  }

  /** Whether every entry waits in the queue. */
  boolean queued(UnbondingDelegation unbonding) {
    byte[] id =
        StakingKeys.addresses(
            addresses.parseAccount(unbonding.getDelegatorAddress()),
            addresses.parseOperator(unbonding.getValidatorAddress()));
    return unbonding.getEntriesList().stream().allMatch(e -> queue.has(completion(e), id));
  }

  /** All unbondings, by delegator and validator. */
  void forEach(Consumer<UnbondingDelegation> visitor) {
    try (KVIterator rows = store.prefix(StakingKeys.UNBONDING)) {
      while (rows.next()) {
        visitor.accept(Proto.stored(UnbondingDelegation.parser(), rows.value()));
      }
    }
  }

  /** What an unbonding still holds. */
  static BigInteger balance(UnbondingDelegation unbonding) {
    BigInteger sum = BigInteger.ZERO;
    for (UnbondingDelegationEntry entry : unbonding.getEntriesList()) {
      sum = sum.add(new BigInteger(entry.getBalance()));
    }
    return sum;
  }

  private void complete(byte[] id) {
    UnbondingDelegation before = find(id);
    if (before == null) {
      return;
    }
    UnbondingDelegation.Builder left = before.toBuilder().clearEntries();
    for (UnbondingDelegationEntry entry : before.getEntriesList()) {
      if (completion(entry).isAfter(context.time())) {
        left.addEntries(entry);
      }
    }
    if (left.getEntriesCount() == before.getEntriesCount()) {
      return;
    }
    UnbondingDelegation after = left.build();
    write(id, after);
    Coins coins =
        Coins.of(
            new Stakes(store).params().getBondDenom(), balance(before).subtract(balance(after)));
    Pools.NOT_BONDED.pay(context, addresses.parseAccount(before.getDelegatorAddress()), coins);
    context.emit(StakingEvents.unbonded(before, coins));
  }

  private @Nullable UnbondingDelegation find(byte[] id) {
    byte[] value = store.get(StakingKeys.join(StakingKeys.UNBONDING, id));
    return value == null ? null : Proto.stored(UnbondingDelegation.parser(), value);
  }

  private void write(byte[] id, UnbondingDelegation unbonding) {
    byte[] key = StakingKeys.join(StakingKeys.UNBONDING, id);
    if (unbonding.getEntriesCount() == 0) {
      store.delete(key);
    } else {
      store.set(key, unbonding.toByteArray());
    }
  }

  private static Instant completion(UnbondingDelegationEntryOrBuilder entry) {
    return Times.instant(entry.getCompletionTime());
  }
}
