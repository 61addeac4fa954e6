package io.segue.bundles.gov;

import com.google.protobuf.MessageLite;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.SignedHandler;
import io.segue.bundles.sdk.proto.gov.MsgDeposit;
import io.segue.bundles.sdk.proto.gov.MsgDepositResponse;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.kernel.api.module.Context;

/** Adds to the deposit of a proposal, which may open the voting. */
final class MakeDeposit extends SignedHandler<MsgDeposit> {
  static final String TYPE_URL = "/cosmos.gov.v1.MsgDeposit";

  /** Size of the largest deposit in bytes: room for 70 denominations with the longest names. */
  static final int MAX_BYTES = 16 * 1024;

  MakeDeposit(Addresses addresses) {
    super(addresses, MsgDeposit.parser(), MAX_BYTES, MsgDeposit::getDepositor);
  }

  @Override
  protected void judge(Context context, MsgDeposit message) {
    addresses().member("invalid depositor address", message.getDepositor());
    DepositRules.later(message.getAmountList());
  }

  @Override
  protected MessageLite execute(Context context, MsgDeposit message) {
    byte[] depositor = addresses().member("invalid depositor address", message.getDepositor());
    Coins deposit = DepositRules.later(message.getAmountList());
    Proposals proposals = new Proposals(context.store());
    Proposal before = proposals.require(message.getProposalId());
    if (!Life.open(before)) {
      throw GovErrors.inactiveProposal(before.getId());
    }
    if (proposals.closed(before)) {
      throw GovErrors.waitingProposal(before.getId());
    }
    Proposal after =
        new Deposits(context, addresses())
            .add(before, GovParams.load(context.store()), depositor, deposit);
    proposals.update(before, after);
    if (Life.inDeposit(before) && Life.inVoting(after)) {
      context.emit(GovEvents.votingStartedByDeposit(after.getId()));
    }
    return MsgDepositResponse.getDefaultInstance();
  }
}
