package io.segue.bundles.gov.proposal;

import io.segue.bundles.gov.state.GovState;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.state.Pair;
import io.segue.bundles.sdk.state.Range;
import io.segue.bundles.sdk.state.Table;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The proposals of a chain. Where a proposal stands in the queues follows from its status and its
 * end times alone, so whoever saves a proposal keeps the queues right. Valid as long as the context
 * whose store it was made with.
 */
public final class Proposals {
  private final KVStore store;

  public Proposals(KVStore store) {
    this.store = store;
  }

  public Optional<Proposal> find(long id) {
    return GovState.PROPOSALS.find(store, id);
  }

  /**
   * A proposal that should be there.
   *
   * @throws ModuleException code 1 of no codespace, as the Cosmos SDK answers
   */
  public Proposal require(long id) {
    return find(id)
        .orElseThrow(
            () ->
                SdkErrors.unregistered(
                    "collections: not found: key '"
                        + Long.toUnsignedString(id)
                        + "' of type github.com/cosmos/gogoproto/cosmos.gov.v1.Proposal"));
  }

  /** Whether votes on a proposal are taken; cheaper than reading it. */
  public boolean inVoting(long id) {
    return GovState.IN_VOTING.has(store, id);
  }

  /** Saves a new proposal. */
  public void add(Proposal proposal) {
    enqueue(proposal);
    write(proposal);
  }

  /** Saves what became of a proposal. */
  public void update(Proposal before, Proposal after) {
    if (!place(before).equals(place(after))) {
      dequeue(before);
      enqueue(after);
    }
    write(after);
  }

  public void remove(Proposal proposal) {
    dequeue(proposal);
    GovState.PROPOSALS.remove(store, proposal.getId());
  }

  /**
   * The next proposal whose period has ended, the earliest end first.
   *
   * @param queue of deposit periods or of voting periods
   * @param after the one before; null for the first
   * @return where it is in the queue
   */
  public Optional<Pair<Instant, Long>> due(
      Table<Pair<Instant, Long>, Long> queue, @Nullable Pair<Instant, Long> after, Instant now) {
    Range<Pair<Instant, Long>> ended = GovState.PERIOD_END.through(now);
    return queue.keys(store, after == null ? ended : ended.after(after), 1).stream().findFirst();
  }

  /**
   * Closes the proposals whose period ended until then, as a block had no room to end them.
   *
   * @param end null where none of them is left
   */
  public void closeUntil(@Nullable Instant end) {
    if (end != null) {
      GovState.CLOSED_UNTIL.set(store, end);
    } else if (GovState.CLOSED_UNTIL.has(store)) {
      GovState.CLOSED_UNTIL.remove(store);
    }
  }

  /** Until when proposals are closed that are still in their queue; empty where none is. */
  public Optional<Instant> closedUntil() {
    return GovState.CLOSED_UNTIL.find(store);
  }

  /** Whether an open proposal takes nothing any more, and only waits for its turn. */
  public boolean closed(Proposal proposal) {
    return closedUntil().filter(until -> !periodEnd(proposal).isAfter(until)).isPresent();
  }

  /** All proposals, by number. */
  public void forEach(Consumer<Proposal> visitor) {
    GovState.PROPOSALS.forEach(store, Range.all(), (id, proposal) -> visitor.accept(proposal));
  }

  /** How many entries the queues have. */
  public long queued() {
    return GovState.DEPOSIT_QUEUE.count(store, Range.all())
        + GovState.VOTING_QUEUE.count(store, Range.all());
  }

  /** Whether a proposal stands in the queue it belongs in. */
  public boolean queuedRightly(Proposal proposal) {
    return !ProposalLifecycle.open(proposal) || queue(proposal).has(store, end(proposal));
  }

  private void write(Proposal proposal) {
    GovState.PROPOSALS.set(store, proposal.getId(), proposal);
  }

  private void enqueue(Proposal proposal) {
    if (ProposalLifecycle.open(proposal)) {
      queue(proposal).set(store, end(proposal), proposal.getId());
    }
    if (ProposalLifecycle.inVoting(proposal)) {
      GovState.IN_VOTING.add(store, proposal.getId());
    }
  }

  private void dequeue(Proposal proposal) {
    if (ProposalLifecycle.open(proposal)) {
      queue(proposal).remove(store, end(proposal));
    }
    if (ProposalLifecycle.inVoting(proposal)) {
      GovState.IN_VOTING.remove(store, proposal.getId());
    }
  }

  /** Where a proposal is in the queues; empty where it is in none. */
  private static Optional<Pair<Boolean, Pair<Instant, Long>>> place(Proposal proposal) {
    return Optional.of(proposal)
        .filter(ProposalLifecycle::open)
        .map(open -> Pair.of(ProposalLifecycle.inVoting(open), end(open)));
  }

  /** The queue of an open proposal. */
  private static Table<Pair<Instant, Long>, Long> queue(Proposal open) {
    return ProposalLifecycle.inVoting(open) ? GovState.VOTING_QUEUE : GovState.DEPOSIT_QUEUE;
  }

  /** Where an open proposal is in its queue. */
  private static Pair<Instant, Long> end(Proposal open) {
    return Pair.of(periodEnd(open), open.getId());
  }

  private static Instant periodEnd(Proposal open) {
    return Times.instant(
        ProposalLifecycle.inVoting(open) ? open.getVotingEndTime() : open.getDepositEndTime());
  }
}
