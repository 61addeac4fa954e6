package io.segue.bundles.gov;

import io.segue.bundles.gov.ProposalMessages.Failure;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.kernel.api.module.Context;
import java.util.Optional;

/**
 * What happens at the end of a block to the proposals whose time is up. It costs what those
 * proposals cost, however many others there are.
 */
final class EndOfPeriods {
  private final Context context;
  private final Proposals proposals;
  private final Deposits deposits;
  private final Ballots ballots;
  private final ProposalMessages messages;

  EndOfPeriods(Context context, Addresses addresses) {
    this.context = context;
    this.proposals = new Proposals(context.store());
    this.deposits = new Deposits(context, addresses);
    this.ballots = new Ballots(context, addresses);
    this.messages = new ProposalMessages(context, addresses);
  }

  /**
   * Ends every period whose end is at or before the time of this block. What one proposal executes
   * may cancel another that is due, so each is looked up when its turn comes.
   */
  void run() {
    for (long id : proposals.depositEnded(context.time())) {
      proposals.find(id).filter(Life::inDeposit).ifPresent(this::drop);
    }
    for (long id : proposals.votingEnded(context.time())) {
      proposals.find(id).filter(Life::inVoting).ifPresent(this::decide);
    }
  }

  private void drop(Proposal proposal) {
    Params params = GovParams.load(context.store());
    proposals.remove(proposal);
    if (params.getBurnProposalDepositPrevote()) {
      deposits.burn(proposal.getId());
    } else {
      deposits.refund(proposal.getId());
    }
    context.emit(GovEvents.dropped(proposal.getId()));
  }

  private void decide(Proposal proposal) {
    Params params = GovParams.load(context.store());
    Tally.Outcome outcome = ballots.count(proposal, params);
    ballots.discard(proposal.getId());
    if (proposal.getExpedited() && !outcome.passes()) {
      proposals.update(proposal, Life.converted(proposal, outcome.result(), params));
      context.emit(GovEvents.converted(proposal.getId()));
      return;
    }
    if (outcome.burns()) {
      deposits.burn(proposal.getId());
    } else {
      deposits.refund(proposal.getId());
    }
    if (outcome.passes()) {
      execute(proposal, outcome);
    } else {
      proposals.update(proposal, Life.rejected(proposal, outcome.result()));
      context.emit(GovEvents.rejected(proposal.getId()));
    }
  }

  /** The proposal is closed before its messages run, so that none of them can reach it. */
  private void execute(Proposal proposal, Tally.Outcome outcome) {
    Proposal passed = Life.passed(proposal, outcome.result());
    proposals.update(proposal, passed);
    Optional<Failure> failure = messages.execute(proposal.getMessagesList());
    if (failure.isEmpty()) {
      context.emit(GovEvents.passed(proposal.getId()));
    } else {
      proposals.update(passed, Life.failed(passed, failure.get().reason()));
      context.emit(GovEvents.failed(proposal.getId(), failure.get().log()));
    }
  }
}
