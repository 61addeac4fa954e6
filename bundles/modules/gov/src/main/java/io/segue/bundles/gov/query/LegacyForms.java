package io.segue.bundles.gov.query;

import com.google.protobuf.Any;
import com.google.protobuf.Timestamp;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.gov.MsgExecLegacyContent;
import io.segue.bundles.sdk.proto.govv1beta1.Deposit;
import io.segue.bundles.sdk.proto.govv1beta1.Proposal;
import io.segue.bundles.sdk.proto.govv1beta1.TallyResult;
import io.segue.bundles.sdk.proto.govv1beta1.Vote;
import io.segue.bundles.sdk.proto.govv1beta1.WeightedVoteOption;

/** The values of governance as version v1beta1 writes them. */
public final class LegacyForms {
  /** 0001-01-01T00:00:00Z: how clients written in Go write a time that is not there. */
  public static final Timestamp NO_TIME =
      Timestamp.newBuilder().setSeconds(-62_135_596_800L).build();

  private static final String EXEC_CONTENT =
      "/" + MsgExecLegacyContent.getDescriptor().getFullName();

  private LegacyForms() {}

  /** Whether a proposal has an old form: it has exactly one message. */
  static boolean shown(io.segue.bundles.sdk.proto.gov.Proposal proposal) {
    return proposal.getMessagesCount() == 1;
  }

  /** A proposal that is {@link #shown}; its one message stands where the content was. */
  static Proposal old(io.segue.bundles.sdk.proto.gov.Proposal proposal) {
    return Proposal.newBuilder()
        .setProposalId(proposal.getId())
        .setContent(content(proposal.getMessages(0)))
        .setStatusValue(proposal.getStatusValue())
        .setFinalTallyResult(old(proposal.getFinalTallyResult()))
        .setSubmitTime(time(proposal.hasSubmitTime(), proposal.getSubmitTime()))
        .setDepositEndTime(time(proposal.hasDepositEndTime(), proposal.getDepositEndTime()))
        .addAllTotalDeposit(proposal.getTotalDepositList())
        .setVotingStartTime(time(proposal.hasVotingStartTime(), proposal.getVotingStartTime()))
        .setVotingEndTime(time(proposal.hasVotingEndTime(), proposal.getVotingEndTime()))
        .build();
  }

  static TallyResult old(io.segue.bundles.sdk.proto.gov.TallyResult result) {
    return TallyResult.newBuilder()
        .setYes(result.getYesCount())
        .setAbstain(result.getAbstainCount())
        .setNo(result.getNoCount())
        .setNoWithVeto(result.getNoWithVetoCount())
        .build();
  }

  static Vote old(io.segue.bundles.sdk.proto.gov.Vote vote) {
    Vote.Builder old =
        Vote.newBuilder().setProposalId(vote.getProposalId()).setVoter(vote.getVoter());
    for (io.segue.bundles.sdk.proto.gov.WeightedVoteOption option : vote.getOptionsList()) {
      old.addOptions(
          WeightedVoteOption.newBuilder()
              .setOptionValue(option.getOptionValue())
              .setWeight(scaled(option.getWeight())));
    }
    return old.build();
  }

  static Deposit old(io.segue.bundles.sdk.proto.gov.Deposit deposit) {
    return Deposit.newBuilder()
        .setProposalId(deposit.getProposalId())
        .setDepositor(deposit.getDepositor())
        .addAllAmount(deposit.getAmountList())
        .build();
  }

  /** A decimal as the digits of its 10^18-fold. */
  static String scaled(String pointed) {
    return Dec.parse(pointed).scaled();
  }

  private static Any content(Any message) {
    return message.getTypeUrl().equals(EXEC_CONTENT)
        ? Proto.parse(MsgExecLegacyContent.parser(), message.getValue().toByteArray()).getContent()
        : message;
  }

  private static Timestamp time(boolean present, Timestamp time) {
    return present ? time : NO_TIME;
  }
}
