package io.segue.bundles.staking.delegation;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Budget;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.staking.Redelegation;
import io.segue.bundles.sdk.proto.staking.RedelegationEntry;
import io.segue.bundles.sdk.state.Pair;
import io.segue.bundles.sdk.state.Range;
import io.segue.bundles.sdk.state.Triple;
import io.segue.bundles.staking.state.StakingErrors;
import io.segue.bundles.staking.state.StakingEvents;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.state.StakingState;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What accounts moved from one validator to another, until the time is over in which it may not
 * move on. Each entry has its time in a queue; whoever saves a redelegation keeps the queue right.
 * Lives for one call.
 */
public final class Redelegations {
  private final Context context;
  private final KVStore store;
  private final Addresses addresses;

  public Redelegations(Context context, Addresses addresses) {
    this.context = context;
    this.store = context.store();
    this.addresses = addresses;
  }

  /** A route on which stake moves: raw addresses of an account and of two operators. */
  public record Route(byte[] delegator, byte[] from, byte[] to) {
    Triple<byte[], byte[], byte[]> key() {
      return Triple.of(delegator, from, to);
    }
  }

  public Optional<Redelegation> find(Route route) {
    return StakingState.REDELEGATIONS.find(store, route.key());
  }

  /**
   * Refuses what may not begin: stake that has just come does not move on, and a route has as many
   * entries as the rules allow.
   *
   * @throws ModuleException staking/32, staking/33
   */
  public void requireMay(Route route) {
    String from = addresses.operator(route.from());
    boolean[] hop = {false};
    StakingState.REDELEGATIONS.forEach(
        store,
        StakingState.REDELEGATION.startingWith(route.delegator()),
        (key, redelegation) -> hop[0] |= redelegation.getValidatorDstAddress().equals(from));
    if (hop[0]) {
      throw StakingErrors.transitiveRedelegation();
    }
    Optional<Redelegation> before = find(route);
    long most = Integer.toUnsignedLong(new StakingKeeper(store).params().getMaxEntries());
    if (before.isPresent() && before.get().getEntriesCount() >= most) {
      throw StakingErrors.tooManyRedelegations();
    }
  }

  /** Notes what moved, and until when it may not move on. */
  public void begin(
      Route route, BigInteger tokens, Dec sharesThere, long height, Instant completion) {
    Redelegation.Builder after =
        find(route)
            .map(Redelegation::toBuilder)
            .orElseGet(
                () ->
                    Redelegation.newBuilder()
                        .setDelegatorAddress(addresses.account(route.delegator()))
                        .setValidatorSrcAddress(addresses.operator(route.from()))
                        .setValidatorDstAddress(addresses.operator(route.to())));
    after
        .addEntriesBuilder()
        .setCreationHeight(height)
        .setCompletionTime(Times.timestamp(completion))
        .setInitialBalance(tokens.toString())
        .setSharesDst(sharesThere.scaled())
        .setUnbondingId(new StakingKeeper(store).nextUnbonding());
    put(route, after.build());
  }

  /** Saves a redelegation with all its entries. */
  public void put(Route route, Redelegation redelegation) {
    for (RedelegationEntry entry : redelegation.getEntriesList()) {
      StakingState.REDELEGATION_QUEUE.add(store, Pair.of(completion(entry), route.key()));
    }
    write(route.key(), redelegation);
  }

  /** Ends what is due, as far as the budget goes. */
  public void complete(Budget budget) {
    StakingState.REDELEGATION_QUEUE.drain(
        store,
        StakingState.REDELEGATION_END.through(context.time()),
        budget,
        due -> complete(due.second()));
  }

  /** All redelegations, in order of keys. */
  public void forEach(Consumer<Redelegation> visitor) {
    StakingState.REDELEGATIONS.forEach(
        store, Range.all(), (key, redelegation) -> visitor.accept(redelegation));
  }

  /** How many rows of the queue the entries of one make. */
  public static long ends(Redelegation redelegation) {
    return redelegation.getEntriesList().stream().map(e -> completion(e)).distinct().count();
  }

  /** How many rows the queue has. */
  public long waiting() {
    return StakingState.REDELEGATION_QUEUE.count(store, Range.all());
  }

  /** Whether every entry waits in the queue. */
  public boolean queued(Redelegation redelegation) {
    Triple<byte[], byte[], byte[]> key = route(redelegation).key();
    return redelegation.getEntriesList().stream()
        .allMatch(e -> StakingState.REDELEGATION_QUEUE.has(store, Pair.of(completion(e), key)));
  }

  /**
   * The route of a redelegation.
   *
   * @throws IllegalArgumentException where an address is malformed
   */
  Route route(Redelegation redelegation) {
    return new Route(
        addresses.parseAccount(redelegation.getDelegatorAddress()),
        addresses.parseOperator(redelegation.getValidatorSrcAddress()),
        addresses.parseOperator(redelegation.getValidatorDstAddress()));
  }

  private void complete(Triple<byte[], byte[], byte[]> key) {
    StakingState.REDELEGATIONS
        .find(store, key)
        .ifPresent(redelegation -> complete(key, redelegation));
  }

  /** Ends all entries that are due, also those whose row of the queue comes in a later block. */
  private void complete(Triple<byte[], byte[], byte[]> key, Redelegation before) {
    Redelegation.Builder left = before.toBuilder().clearEntries();
    BigInteger ended = BigInteger.ZERO;
    for (RedelegationEntry entry : before.getEntriesList()) {
      if (completion(entry).isAfter(context.time())) {
        left.addEntries(entry);
      } else {
        StakingState.REDELEGATION_QUEUE.remove(store, Pair.of(completion(entry), key));
        ended = ended.add(new BigInteger(entry.getInitialBalance()));
      }
    }
    if (left.getEntriesCount() < before.getEntriesCount()) {
      write(key, left.build());
      String denom = new StakingKeeper(store).params().getBondDenom();
      context.emit(StakingEvents.redelegated(before, Coins.of(denom, ended)));
    }
  }

  private void write(Triple<byte[], byte[], byte[]> key, Redelegation redelegation) {
    if (redelegation.getEntriesCount() == 0) {
      StakingState.REDELEGATIONS.remove(store, key);
    } else {
      StakingState.REDELEGATIONS.set(store, key, redelegation);
    }
  }

  private static Instant completion(RedelegationEntry entry) {
    return Times.instant(entry.getCompletionTime());
  }
}
