package io.segue.bundles.gov;

import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  /** Numbers of the proposals whose deposit period has ended, the earliest end first. */
  List<Long> depositEnded(Instant now) {
    return ended(GovKeys.DEPOSIT_QUEUE, now);
  }

  /** Numbers of the proposals whose voting period has ended, the earliest end first. */
  List<Long> votingEnded(Instant now) {
    return ended(GovKeys.VOTING_QUEUE, now);
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

  private List<Long> ended(byte[] queue, Instant now) {
    List<Long> ids = new ArrayList<>();
    byte[] end = KVStore.prefixEnd(GovKeys.queuedUntil(queue, now));
    try (KVIterator entries = store.iterate(queue, end)) {
      while (entries.next()) {
        ids.add(GovKeys.number(entries.value()));
      }
    }
    return ids;
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
    return switch (proposal.getStatus()) {
      case PROPOSAL_STATUS_DEPOSIT_PERIOD ->
          GovKeys.queued(
              GovKeys.DEPOSIT_QUEUE, Times.instant(proposal.getDepositEndTime()), proposal.getId());
      case PROPOSAL_STATUS_VOTING_PERIOD ->
          GovKeys.queued(
              GovKeys.VOTING_QUEUE, Times.instant(proposal.getVotingEndTime()), proposal.getId());
      default -> null;
    };
  }
}
