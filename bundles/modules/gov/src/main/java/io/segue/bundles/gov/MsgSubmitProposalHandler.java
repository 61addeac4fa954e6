package io.segue.bundles.gov;

import io.segue.bundles.gov.deposit.DepositRules;
import io.segue.bundles.gov.deposit.Deposits;
import io.segue.bundles.gov.proposal.ProposalLifecycle;
import io.segue.bundles.gov.proposal.ProposalMetadata;
import io.segue.bundles.gov.proposal.Proposals;
import io.segue.bundles.gov.state.GovErrors;
import io.segue.bundles.gov.state.GovEvents;
import io.segue.bundles.gov.state.GovParams;
import io.segue.bundles.gov.state.GovState;
import io.segue.bundles.gov.state.TextLimits;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposalResponse;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.kernel.api.module.Context;

/** Puts messages up for a vote, with a first deposit. */
final class MsgSubmitProposalHandler {
  /** Size of the largest proposal in bytes, its messages included. */
  static final int MAX_BYTES = 256 * 1024;

  /**
   * Gas for each byte of a proposal beyond what writing it costs: it will be written again as it
   * goes through its life, at nobody's expense.
   */
  static final long GAS_PER_BYTE = 3 * 30;

  private final Addresses addresses;

  MsgSubmitProposalHandler(Addresses addresses) {
    this.addresses = addresses;
  }

  void check(Context context, MsgSubmitProposal message) {
    if (message.getTitle().isEmpty()) {
      throw SdkErrors.invalidRequest("proposal title cannot be empty");
    }
    if (message.getSummary().isEmpty()) {
      throw SdkErrors.invalidRequest("proposal summary cannot be empty");
    }
    addresses.member("invalid proposer address", message.getProposer());
    if (message.getMessagesCount() == 0 && message.getMetadata().isEmpty()) {
      throw GovErrors.noMessages("either metadata or Msgs length must be non-nil");
    }
    ProposalMetadata.requireSame(message.getMetadata(), message.getTitle(), message.getSummary());
  }

  MsgSubmitProposalResponse handle(Context context, MsgSubmitProposal message) {
    byte[] proposer = addresses.member("invalid proposer address", message.getProposer());
    Params params = GovParams.load(context.store());
    DepositRules rules = new DepositRules(params);
    Coins deposit = rules.initial(message.getInitialDepositList(), message.getExpedited());
    TextLimits.requireMetadata(message.getMetadata());
    TextLimits.requireSummary(message.getSummary());
    TextLimits.requireMetadata(message.getTitle());
    new ProposalMessages(context, addresses).judge(message.getMessagesList());

    Proposals proposals = new Proposals(context.store());
    long id = GovState.NEXT_ID.next(context.store());
    Proposal proposal =
        ProposalLifecycle.submitted(
            id, message, addresses.account(proposer), params, context.time());
    context.gas().consume(GAS_PER_BYTE * proposal.getSerializedSize(), "submit proposal");
    context.emit(GovEvents.submitted(proposal));
    Proposal deposited = new Deposits(context, addresses).add(proposal, params, proposer, deposit);
    proposals.add(deposited);
    if (ProposalLifecycle.inVoting(deposited)) {
      context.emit(GovEvents.votingStartedAtSubmission(id));
    }
    return MsgSubmitProposalResponse.newBuilder().setProposalId(id).build();
  }
}
