package io.segue.bundles.gov;

import io.segue.bundles.gov.ProposalMessages.Failure;
import io.segue.bundles.gov.deposit.DepositSettlements;
import io.segue.bundles.gov.proposal.ProposalLifecycle;
import io.segue.bundles.gov.proposal.Proposals;
import io.segue.bundles.gov.proposal.Tally;
import io.segue.bundles.gov.proposal.Votes;
import io.segue.bundles.gov.state.GovEvents;
import io.segue.bundles.gov.state.GovParams;
import io.segue.bundles.gov.state.GovState;
import io.segue.bundles.gov.state.TextLimits;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Budget;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.state.Pair;
import io.segue.kernel.api.module.Context;
import java.time.Instant;
import java.util.Optional;

/**
 * What happens at the end of a block to the proposals whose time is up. It costs what those
 * proposals cost, however many others there are, and never more than a block has room for: what
 * does not fit goes on at the end of the next block where it stopped, in the same order.
 *
 * <ol>
 *   <li>proposals that were closed before get their deposits settled, by number ({@link
 *       DepositSettlements});
 *   <li>proposals whose deposit period has ended are dropped, the earliest end first;
 *   <li>proposals whose voting period has ended are counted and decided, one after the other, the
 *       earliest end first, and executed where they pass.
 * </ol>
 *
 * Each of the three has a budget of its own, so that none can keep another from going on. Proposals
 * whose turn has not come are closed meanwhile ({@link Proposals#closed}).
 */
final class EndBlocker {
  /** Gas within which each of the three kinds of work may be begun at the end of one block. */
  static final long GAS_PER_BLOCK = 20_000_000;

  /** Most gas that the messages of a proposal may use; as in the Cosmos SDK 0.52. */
  static final long EXECUTION_GAS = 10_000_000;

  private final Context context;
  private final long gasPerBlock;
  private final Proposals proposals;
  private final DepositSettlements settlements;
  private final Votes votes;
  private final ProposalMessages messages;

  /**
   * The end of a block.
   *
   * @param gasPerBlock {@link #GAS_PER_BLOCK}, but in tests
   */
  EndBlocker(Context context, Addresses addresses, long gasPerBlock) {
    this.context = context;
    this.gasPerBlock = gasPerBlock;
    this.proposals = new Proposals(context.store());
    this.settlements = new DepositSettlements(context, addresses);
    this.votes = new Votes(context, addresses);
    this.messages = new ProposalMessages(context, addresses);
  }

  /**
   * Ends periods whose end is at or before the time of this block. What one proposal executes may
   * cancel another that is due, so each is looked up when its turn comes.
   */
  void run() {
    settlements.goOn(budget());
    boolean dropped = dropDue(budget());
    boolean decided = decideDue(budget());
    proposals.closeUntil(dropped && decided ? null : context.time());
  }

  private Budget budget() {
    return new Budget(context.gas(), gasPerBlock);
  }

  /** Returns whether no period is left that ended. */
  private boolean dropDue(Budget budget) {
    Pair<Instant, Long> last = null;
    while (true) {
      Optional<Pair<Instant, Long>> due =
          proposals.due(GovState.DEPOSIT_QUEUE, last, context.time());
      if (due.isEmpty()) {
        return true;
      }
      if (last != null && !budget.left()) {
        return false;
      }
      last = due.get();
      proposals
          .find(last.second())
          .filter(ProposalLifecycle::inDeposit)
          .ifPresent(proposal -> drop(proposal, budget));
    }
  }

  private void drop(Proposal proposal, Budget budget) {
    Params params = GovParams.load(context.store());
    long id = proposal.getId();
    proposals.remove(proposal);
    settlements.begin(
        params.getBurnProposalDepositPrevote()
            ? DepositSettlements.burn(id)
            : DepositSettlements.refund(id),
        budget);
    context.emit(GovEvents.dropped(id));
  }

  /** Returns whether no period is left that ended. */
  private boolean decideDue(Budget budget) {
    Optional<Proposal> begun =
        votes.begun().flatMap(count -> proposals.find(count.getProposalId()));
    if (begun.isPresent() && !decide(begun.get(), budget)) {
      return false;
    }
    Pair<Instant, Long> last = null;
    while (true) {
      Optional<Pair<Instant, Long>> due =
          proposals.due(GovState.VOTING_QUEUE, last, context.time());
      if (due.isEmpty()) {
        return true;
      }
      if ((last != null || begun.isPresent()) && !budget.left()) {
        return false;
      }
      last = due.get();
      Optional<Proposal> next = proposals.find(last.second()).filter(ProposalLifecycle::inVoting);
      if (next.isPresent() && !decide(next.get(), budget)) {
        return false;
      }
    }
  }

  /** Returns false where the proposal's votes don't fit into this block. */
  private boolean decide(Proposal proposal, Budget budget) {
    Optional<Tally> counted = votes.count(proposal.getId(), budget);
    if (counted.isEmpty()) {
      return false;
    }
    Params params = GovParams.load(context.store());
    Tally.Outcome outcome = counted.get().outcome(params, proposal.getExpedited());
    if (proposal.getExpedited() && !outcome.passes()) {
      proposals.update(
          proposal,
          ProposalLifecycle.converted(proposal, outcome.result(), params, context.time()));
      context.emit(GovEvents.converted(proposal.getId()));
      return true;
    }
    long id = proposal.getId();
    settlements.begin(
        outcome.burns() ? DepositSettlements.burn(id) : DepositSettlements.refund(id), budget);
    if (outcome.passes()) {
      execute(proposal, outcome);
    } else {
      proposals.update(proposal, ProposalLifecycle.rejected(proposal, outcome.result()));
      context.emit(GovEvents.rejected(id));
    }
    return true;
  }

  /** The proposal is closed before its messages run, so that none of them can reach it. */
  private void execute(Proposal proposal, Tally.Outcome outcome) {
    Proposal passed = ProposalLifecycle.passed(proposal, outcome.result());
    proposals.update(proposal, passed);
    Optional<Failure> failure = messages.execute(proposal.getMessagesList(), EXECUTION_GAS);
    if (failure.isEmpty()) {
      context.emit(GovEvents.passed(proposal.getId()));
    } else {
      Failure why = failure.get();
      proposals.update(passed, ProposalLifecycle.failed(passed, why.reason()));
      context.emit(GovEvents.failed(proposal.getId(), TextLimits.reason(why.log())));
    }
  }
}
