package io.segue.bundles.gov;

import io.segue.bundles.gov.deposit.DepositRules;
import io.segue.bundles.gov.deposit.Deposits;
import io.segue.bundles.gov.proposal.ProposalLifecycle;
import io.segue.bundles.gov.proposal.Proposals;
import io.segue.bundles.gov.state.GovErrors;
import io.segue.bundles.gov.state.GovEvents;
import io.segue.bundles.gov.state.GovParams;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.gov.MsgDeposit;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.kernel.api.module.Context;

/** Adds to the deposit of a proposal, which may open the voting. */
final class MsgDepositHandler {
  /** Size of the largest deposit in bytes: room for 70 denominations with the longest names. */
  static final int MAX_BYTES = 16 * 1024;

  private final Addresses addresses;

  MsgDepositHandler(Addresses addresses) {
    this.addresses = addresses;
  }

  void check(Context context, MsgDeposit message) {
    addresses.member("invalid depositor address", message.getDepositor());
    DepositRules.later(message.getAmountList());
  }

  void handle(Context context, MsgDeposit message) {
    byte[] depositor = addresses.member("invalid depositor address", message.getDepositor());
    Coins deposit = DepositRules.later(message.getAmountList());
    Proposals proposals = new Proposals(context.store());
    Proposal before = proposals.require(message.getProposalId());
    if (!ProposalLifecycle.open(before)) {
      throw GovErrors.inactiveProposal(before.getId());
    }
    if (proposals.closed(before)) {
      throw GovErrors.waitingProposal(before.getId());
    }
    Proposal after =
        new Deposits(context, addresses)
            .add(before, GovParams.load(context.store()), depositor, deposit);
    proposals.update(before, after);
    if (ProposalLifecycle.inDeposit(before) && ProposalLifecycle.inVoting(after)) {
      context.emit(GovEvents.votingStartedByDeposit(after.getId()));
    }
  }
}
