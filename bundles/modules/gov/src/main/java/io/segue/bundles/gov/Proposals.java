package io.segue.bundles.gov;

import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The proposals of a chain. Where a proposal stands in the queues follows from its status and its
 * end times alone, so whoever saves a proposal keeps the queues right. Valid as long as the context
 * whose store it was made with.
 */
final class Proposals {
  private static final byte[] PRESENT = {1};

  private final KVStore store;

  Proposals(KVStore store) {
    this.store = store;
  }

  /** The number of the next proposal; from 1 up. */
  long nextId() {
    byte[] id = store.get(GovKeys.NEXT_ID);
    return id == null ? 1 : GovKeys.number(id);
  }

  void nextId(long id) {
    store.set(GovKeys.NEXT_ID, GovKeys.number(id));
  }

  Optional<Proposal> find(long id) {
    byte[] value = store.get(GovKeys.proposal(id));
    return value == null ? Optional.empty() : Optional.of(parse(value));
  }

  /**
   * A proposal that should be there.
   *
   * @throws ModuleException code 1 of no codespace, as the Cosmos SDK answers
   */
  Proposal require(long id) {
    return find(id)
        .orElseThrow(
            () ->
                SdkErrors.unregistered(
                    "collections: not found: key '"
                        + Long.toUnsignedString(id)
                        + "' of type github.com/cosmos/gogoproto/cosmos.gov.v1.Proposal"));
  }

  /** Whether votes on a proposal are taken; cheaper than reading it. */
  boolean inVoting(long id) {
    return store.has(GovKeys.inVoting(id));
  }

  /** Saves a new proposal. */
  void add(Proposal proposal) {
    enqueue(proposal);
    write(proposal);
  }

  /** Saves what became of a proposal. */
  void update(Proposal before, Proposal after) {
    if (!Arrays.equals(queueKey(before), queueKey(after))) {
      dequeue(before);
      enqueue(after);
    }
    write(after);
  }

  void remove(Proposal proposal) {
    dequeue(proposal);
    store.delete(GovKeys.proposal(proposal.getId()));
  }

  /**
   * A proposal whose period has ended.
   *
   * @param key where it stands in its queue
   */
  record Due(byte[] key, long id) {}

  /**
   * The next proposal whose period has ended, the earliest end first.
   *
   * @param queue of deposit periods or of voting periods
   * @param after the one before; null for the first
   */
  Optional<Due> due(byte[] queue, @Nullable Due after, Instant now) {
    byte[] from = after == null ? queue : Arrays.copyOf(after.key(), after.key().length + 1);
    byte[] end = KVStore.prefixEnd(GovKeys.queuedUntil(queue, now));
    try (KVIterator entries = store.iterate(from, end)) {
      return entries.next()
          ? Optional.of(new Due(entries.key(), GovKeys.number(entries.value())))
          : Optional.empty();
    }
  }

  /**
   * Closes the proposals whose period ended until then, as a block had no room to end them.
   *
   * @param end null where none of them is left
   */
  void closeUntil(@Nullable Instant end) {
    if (end != null) {
      store.set(GovKeys.CLOSED_UNTIL, Times.key(end));
    } else if (store.has(GovKeys.CLOSED_UNTIL)) {
      store.delete(GovKeys.CLOSED_UNTIL);
    }
  }

  /** Until when proposals are closed that still stand in their queue; null where none is. */
  @Nullable Instant closedUntil() {
    byte[] text = store.get(GovKeys.CLOSED_UNTIL);
    return text == null ? null : Times.ofKey(text);
  }

  /** Whether an open proposal takes nothing any more, and only waits for its turn. */
  boolean closed(Proposal proposal) {
    Instant until = closedUntil();
    return until != null && !periodEnd(proposal).isAfter(until);
  }

  /** All proposals, by number. */
  void forEach(Consumer<Proposal> visitor) {
    try (KVIterator entries = store.prefix(GovKeys.PROPOSALS)) {
      while (entries.next()) {
        visitor.accept(parse(entries.value()));
      }
    }
  }

  /** How many entries the queues have. */
  long queued() {
    return count(GovKeys.DEPOSIT_QUEUE) + count(GovKeys.VOTING_QUEUE);
  }

  /** Whether a proposal stands in the queue it belongs in. */
  boolean queuedRightly(Proposal proposal) {
    byte[] key = queueKey(proposal);
    return key == null || store.has(key);
  }

  static Proposal parse(byte[] value) {
    return Proto.stored(Proposal.parser(), value);
  }

  private void write(Proposal proposal) {
    store.set(GovKeys.proposal(proposal.getId()), proposal.toByteArray());
  }

  private void enqueue(Proposal proposal) {
    byte[] key = queueKey(proposal);
    if (key != null) {
      store.set(key, GovKeys.number(proposal.getId()));
    }
    if (Life.inVoting(proposal)) {
      store.set(GovKeys.inVoting(proposal.getId()), PRESENT);
    }
  }

  private void dequeue(Proposal proposal) {
    byte[] key = queueKey(proposal);
    if (key != null) {
      store.delete(key);
    }
    if (Life.inVoting(proposal)) {
      store.delete(GovKeys.inVoting(proposal.getId()));
    }
  }

  private long count(byte[] queue) {
    long count = 0;
    try (KVIterator entries = store.prefix(queue)) {
      while (entries.next()) {
        count++;
      }
    }
    return count;
  }

  private static byte @Nullable [] queueKey(Proposal proposal) {
    if (!Life.open(proposal)) {
      return null;
    }
    byte[] queue = Life.inVoting(proposal) ? GovKeys.VOTING_QUEUE : GovKeys.DEPOSIT_QUEUE;
    return GovKeys.queued(queue, periodEnd(proposal), proposal.getId());
  }

  private static Instant periodEnd(Proposal open) {
    return Times.instant(Life.inVoting(open) ? open.getVotingEndTime() : open.getDepositEndTime());
  }
}
