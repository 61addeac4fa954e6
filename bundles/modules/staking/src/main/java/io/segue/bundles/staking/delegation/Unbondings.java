package io.segue.bundles.staking.delegation;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Budget;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.staking.UnbondingDelegation;
import io.segue.bundles.sdk.proto.staking.UnbondingDelegationEntry;
import io.segue.bundles.sdk.proto.staking.UnbondingDelegationEntryOrBuilder;
import io.segue.bundles.sdk.state.Pair;
import io.segue.bundles.sdk.state.Range;
import io.segue.bundles.staking.state.StakingErrors;
import io.segue.bundles.staking.state.StakingEvents;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.state.StakingState;
import io.segue.bundles.staking.validator.StakingPool;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What accounts take out of validators, until it is paid. Each entry has its time in a queue;
 * whoever saves an unbonding keeps the queue right. Lives for one call.
 */
public final class Unbondings {
  private final Context context;
  private final KVStore store;
  private final Addresses addresses;

  public Unbondings(Context context, Addresses addresses) {
    this.context = context;
    this.store = context.store();
    this.addresses = addresses;
  }

  public Optional<UnbondingDelegation> find(byte[] delegator, byte[] operator) {
    return StakingState.UNBONDINGS.find(store, Pair.of(delegator, operator));
  }

  /**
   * Refuses one entry more where there are as many as the rules allow.
   *
   * @throws ModuleException staking/27
   */
  public void requireRoom(byte[] delegator, byte[] operator) {
    Optional<UnbondingDelegation> unbonding = find(delegator, operator);
    long most = Integer.toUnsignedLong(new StakingKeeper(store).params().getMaxEntries());
    if (unbonding.isPresent() && unbonding.get().getEntriesCount() >= most) {
      throw StakingErrors.tooManyUnbondings();
    }
  }

  /** Begins to unbond tokens of now; what begins in one block and ends together is one entry. */
  public void begin(byte[] delegator, byte[] operator, BigInteger tokens, Instant completion) {
    UnbondingDelegation.Builder after =
        find(delegator, operator)
            .map(UnbondingDelegation::toBuilder)
            .orElseGet(
                () ->
                    UnbondingDelegation.newBuilder()
                        .setDelegatorAddress(addresses.account(delegator))
                        .setValidatorAddress(addresses.operator(operator)));
    long number = new StakingKeeper(store).nextUnbonding();
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
  public void cancel(
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
    Pair<byte[], byte[]> key = Pair.of(delegator, operator);
    Instant completion = completion(before.getEntries(at));
    if (after.getEntriesList().stream().noneMatch(e -> completion.equals(completion(e)))) {
      StakingState.UNBONDING_QUEUE.remove(store, Pair.of(completion, key));
    }
    write(key, after.build());
  }

  /** Saves an unbonding with all its entries. */
  public void put(byte[] delegator, byte[] operator, UnbondingDelegation unbonding) {
    Pair<byte[], byte[]> key = Pair.of(delegator, operator);
    for (UnbondingDelegationEntry entry : unbonding.getEntriesList()) {
      StakingState.UNBONDING_QUEUE.add(store, Pair.of(completion(entry), key));
    }
    write(key, unbonding);
  }

  /** Pays what is due, as far as the budget goes. */
  public void complete(Budget budget) {
    StakingState.UNBONDING_QUEUE.drain(
        store,
        StakingState.UNBONDING_END.through(context.time()),
        budget,
        due -> complete(due.second()));
  }

  /** How many rows of the queue the entries of one make. */
  public static long ends(UnbondingDelegation unbonding) {
    return unbonding.getEntriesList().stream().map(e -> completion(e)).distinct().count();
  }

  /** How many rows the queue has. */
  public long waiting() {
    return StakingState.UNBONDING_QUEUE.count(store, Range.all());
  }

  /** Whether every entry waits in the queue. */
  public boolean queued(UnbondingDelegation unbonding) {
    Pair<byte[], byte[]> key =
        Pair.of(
            addresses.parseAccount(unbonding.getDelegatorAddress()),
            addresses.parseOperator(unbonding.getValidatorAddress()));
    return unbonding.getEntriesList().stream()
        .allMatch(e -> StakingState.UNBONDING_QUEUE.has(store, Pair.of(completion(e), key)));
  }

  /** All unbondings, by delegator and validator. */
  public void forEach(Consumer<UnbondingDelegation> visitor) {
    StakingState.UNBONDINGS.forEach(
        store, Range.all(), (key, unbonding) -> visitor.accept(unbonding));
  }

  /** What an unbonding still holds. */
  public static BigInteger balance(UnbondingDelegation unbonding) {
    BigInteger sum = BigInteger.ZERO;
    for (UnbondingDelegationEntry entry : unbonding.getEntriesList()) {
      sum = sum.add(new BigInteger(entry.getBalance()));
    }
    return sum;
  }

  private void complete(Pair<byte[], byte[]> key) {
    StakingState.UNBONDINGS.find(store, key).ifPresent(unbonding -> complete(key, unbonding));
  }

  /** Pays all entries that ended, also those whose row of the queue comes in a later block. */
  private void complete(Pair<byte[], byte[]> key, UnbondingDelegation before) {
    UnbondingDelegation.Builder left = before.toBuilder().clearEntries();
    for (UnbondingDelegationEntry entry : before.getEntriesList()) {
      if (completion(entry).isAfter(context.time())) {
        left.addEntries(entry);
      } else {
        StakingState.UNBONDING_QUEUE.remove(store, Pair.of(completion(entry), key));
      }
    }
    if (left.getEntriesCount() == before.getEntriesCount()) {
      return;
    }
    UnbondingDelegation after = left.build();
    write(key, after);
    Coins coins =
        Coins.of(
            new StakingKeeper(store).params().getBondDenom(),
            balance(before).subtract(balance(after)));
    StakingPool.NOT_BONDED.pay(
        context, addresses.parseAccount(before.getDelegatorAddress()), coins);
    context.emit(StakingEvents.unbonded(before, coins));
  }

  private void write(Pair<byte[], byte[]> key, UnbondingDelegation unbonding) {
    if (unbonding.getEntriesCount() == 0) {
      StakingState.UNBONDINGS.remove(store, key);
    } else {
      StakingState.UNBONDINGS.set(store, key, unbonding);
    }
  }

  private static Instant completion(UnbondingDelegationEntryOrBuilder entry) {
    return Times.instant(entry.getCompletionTime());
  }
}
