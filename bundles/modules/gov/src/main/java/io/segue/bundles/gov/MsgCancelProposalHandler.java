package io.segue.bundles.gov;

import io.segue.bundles.gov.deposit.DepositSettlements;
import io.segue.bundles.gov.proposal.ProposalLifecycle;
import io.segue.bundles.gov.proposal.Proposals;
import io.segue.bundles.gov.state.GovErrors;
import io.segue.bundles.gov.state.GovEvents;
import io.segue.bundles.gov.state.GovParams;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Budget;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.gov.MsgCancelProposal;
import io.segue.bundles.sdk.proto.gov.MsgCancelProposalResponse;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.kernel.api.module.Context;

/** Takes a proposal back, by who made it and at a price. */
final class MsgCancelProposalHandler {
  /** Size of the largest cancellation in bytes. */
  static final int MAX_BYTES = 1024;

  /**
   * Gas within which deposits and votes are removed by the transaction that cancels, and at its
   * price; the ends of blocks do the rest.
   */
  static final long SETTLING_GAS = 1_000_000;

  private final Addresses addresses;

  MsgCancelProposalHandler(Addresses addresses) {
    this.addresses = addresses;
  }

  void check(Context context, MsgCancelProposal message) {
    addresses.member("invalid proposer address", message.getProposer());
  }

  MsgCancelProposalResponse handle(Context context, MsgCancelProposal message) {
    byte[] sender = addresses.member("invalid proposer address", message.getProposer());
    String proposer = addresses.account(sender);
    Proposals proposals = new Proposals(context.store());
    Proposal proposal = proposals.require(message.getProposalId());
    requireCancellable(context, proposal, proposer);
    if (proposals.closed(proposal)) {
      throw GovErrors.waitingProposal(proposal.getId());
    }
    Params params = GovParams.load(context.store());
    new DepositSettlements(context, addresses)
        .begin(
            DepositSettlements.cancellation(proposal.getId(), params),
            new Budget(context.gas(), SETTLING_GAS));
    proposals.remove(proposal);
    context.emit(GovEvents.cancelled(proposer, proposal.getId()));
    return MsgCancelProposalResponse.newBuilder()
        .setProposalId(proposal.getId())
        .setCanceledTime(Times.timestamp(context.time()))
        .setCanceledHeight(context.height())
        .build();
  }

  private static void requireCancellable(Context context, Proposal proposal, String proposer) {
    if (proposal.getProposer().isEmpty()) {
      throw GovErrors.invalidProposal(
          "proposal "
              + Long.toUnsignedString(proposal.getId())
              + " doesn't have proposer "
              + proposer
              + ", so cannot be canceled");
    }
    if (!proposal.getProposer().equals(proposer)) {
      throw GovErrors.invalidProposer(proposer);
    }
    if (!ProposalLifecycle.open(proposal)) {
      throw GovErrors.invalidProposal("proposal should be in the deposit or voting period");
    }
    if (ProposalLifecycle.inVoting(proposal)
        && Times.instant(proposal.getVotingEndTime()).isBefore(context.time())) {
      throw GovErrors.votingEnded(proposal.getId());
    }
  }
}
