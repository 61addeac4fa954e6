package io.segue.bundles.staking;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Budget;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.staking.Redelegation;
import io.segue.bundles.sdk.proto.staking.RedelegationEntry;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What accounts moved from one validator to another, until the time is over in which it may not
 * move on. Each entry has its time in a queue; whoever saves a redelegation keeps the queue right.
 * Lives for one call.
 */
final class Redelegations {
  private final Context context;
  private final KVStore store;
  private final Addresses addresses;
  private final TimeQueue queue;

  Redelegations(Context context, Addresses addresses) {
    this.context = context;
    this.store = context.store();
    this.addresses = addresses;
    this.queue = new TimeQueue(store, StakingKeys.REDELEGATION_QUEUE);
  }

  /** A way on which stake moves: raw addresses of an account and of two operators. */
  record Way(byte[] delegator, byte[] from, byte[] to) {
    byte[] id() {
      return StakingKeys.addresses(delegator, from, to);
    }
  }

  @Nullable Redelegation find(Way way) {
    return find(way.id());
  }

  /**
   * Refuses what may not begin: stake that has just come does not move on, and a way has as many
   * entries as the rules allow.
   *
   * @throws ModuleException staking/32, staking/33
   */
  void requireMay(Way way) {
    String from = addresses.operator(way.from());
    boolean[] hop = {false};
    forEach(
        StakingKeys.of(StakingKeys.REDELEGATION, way.delegator()),
        redelegation -> hop[0] |= redelegation.getValidatorDstAddress().equals(from));
    if (hop[0]) {
      throw StakingErrors.transitiveRedelegation();
    }
    Redelegation before = find(way);
    long most = Integer.toUnsignedLong(new Stakes(store).params().getMaxEntries());
    if (before != null && before.getEntriesCount() >= most) {
      throw StakingErrors.tooManyRedelegations();
    }
  }

  /** Notes what moved, and until when it may not move on. */
  void begin(Way way, BigInteger tokens, Dec sharesThere, long height, Instant completion) {
    Redelegation before = find(way);
    Redelegation.Builder after =
        before != null
            ? before.toBuilder()
            : Redelegation.newBuilder()
                .setDelegatorAddress(addresses.account(way.delegator()))
                .setValidatorSrcAddress(addresses.operator(way.from()))
                .setValidatorDstAddress(addresses.operator(way.to()));
    after
        .addEntriesBuilder()
        .setCreationHeight(height)
        .setCompletionTime(Times.timestamp(completion))
        .setInitialBalance(tokens.toString())
        .setSharesDst(sharesThere.scaled())
        .setUnbondingId(new Stakes(store).nextUnbonding());
    put(way, after.build());
  }

  /** Saves a redelegation with all its entries. */
  void put(Way way, Redelegation redelegation) {
    redelegation.getEntriesList().forEach(entry -> queue.add(completion(entry), way.id()));
    write(way.id(), redelegation);
  }

  /** Ends what is due, as far as the budget goes. */
  void complete(Budget budget) {
    queue.drain(context.time(), budget, this::complete);
  }

  /** All redelegations whose key starts with {@code prefix}, in order of keys. */
  void forEach(byte[] prefix, Consumer<Redelegation> visitor) {
    try (KVIterator rows = store.prefix(prefix)) {
      while (rows.next()) {
        visitor.accept(Proto.stored(Redelegation.parser(), rows.value()));
      }
    }
  }

  /** How many rows of the queue the entries of one make. */
  static long ends(Redelegation redelegation) {
    return redelegation.getEntriesList().stream().map(e -> completion(e)).distinct().count();
  }

  /** How many rows the queue has. */
  long waiting() {
    return queue.size();
  }

  /** Whether every entry waits in the queue. */
  boolean queued(Redelegation redelegation) {
    byte[] id = way(redelegation).id();
    return redelegation.getEntriesList().stream().allMatch(e -> queue.has(completion(e), id));
  }

  /**
   * The way of a redelegation.
   *
   * @throws IllegalArgumentException where an address is malformed
   */
  Way way(Redelegation redelegation) {
    return new Way(
        addresses.parseAccount(redelegation.getDelegatorAddress()),
        addresses.parseOperator(redelegation.getValidatorSrcAddress()),
        addresses.parseOperator(redelegation.getValidatorDstAddress()));
  }

  private void complete(byte[] id) {
    Redelegation before = find(id);
    if (before == null) {
      return;
    }
    Redelegation.Builder left = before.toBuilder().clearEntries();
    BigInteger ended = BigInteger.ZERO;
    for (RedelegationEntry entry : before.getEntriesList()) {
      if (completion(entry).isAfter(context.time())) {
        left.addEntries(entry);
      } else {
        ended = ended.add(new BigInteger(entry.getInitialBalance()));
      }
    }
    if (left.getEntriesCount() < before.getEntriesCount()) {
      write(id, left.build());
      String denom = new Stakes(store).params().getBondDenom();
      context.emit(StakingEvents.redelegated(before, Coins.of(denom, ended)));
    }
  }

  private @Nullable Redelegation find(byte[] id) {
    byte[] value = store.get(StakingKeys.join(StakingKeys.REDELEGATION, id));
    return value == null ? null : Proto.stored(Redelegation.parser(), value);
  }

  private void write(byte[] id, Redelegation redelegation) {
    byte[] key = StakingKeys.join(StakingKeys.REDELEGATION, id);
    if (redelegation.getEntriesCount() == 0) {
      store.delete(key);
    } else {
      store.set(key, redelegation.toByteArray());
    }
  }

  private static Instant completion(RedelegationEntry entry) {
    return Times.instant(entry.getCompletionTime());
  }
}
