package io.segue.bundles.gov.proposal;

import io.segue.bundles.gov.state.TextLimits;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.ProposalStatus;
import io.segue.bundles.sdk.proto.gov.TallyResult;
import java.time.Duration;
import java.time.Instant;

/**
 * The life of a proposal, as functions from what it was to what it becomes: submitted, then voted
 * on once enough is deposited, then passed, failed or rejected. An expedited one that does not pass
 * is voted on once more, as a regular one, within the regular period that began with its first.
 */
public final class ProposalLifecycle {
  /** The result of a proposal that nobody has counted yet. */
  public static final TallyResult NO_VOTES =
      TallyResult.newBuilder()
          .setYesCount("0")
          .setAbstainCount("0")
          .setNoCount("0")
          .setNoWithVetoCount("0")
          .build();

  private static final String NOT_ENOUGH_VOTES = "proposal did not get enough votes to pass";

  private ProposalLifecycle() {}

  public static Proposal submitted(
      long id, MsgSubmitProposal message, String proposer, Params params, Instant now) {
    Duration depositPeriod = Times.duration(params.getMaxDepositPeriod());
    return Proposal.newBuilder()
        .setId(id)
        .addAllMessages(message.getMessagesList())
        .setStatus(ProposalStatus.PROPOSAL_STATUS_DEPOSIT_PERIOD)
        .setFinalTallyResult(NO_VOTES)
        .setSubmitTime(Times.timestamp(now))
        .setDepositEndTime(Times.timestamp(now.plus(depositPeriod)))
        .setMetadata(message.getMetadata())
        .setTitle(message.getTitle())
        .setSummary(message.getSummary())
        .setProposer(proposer)
        .setExpedited(message.getExpedited())
        .build();
  }

  public static Proposal votingStarted(Proposal proposal, Params params, Instant now) {
    Duration period =
        Times.duration(
            proposal.getExpedited() ? params.getExpeditedVotingPeriod() : params.getVotingPeriod());
    return proposal.toBuilder()
        .setStatus(ProposalStatus.PROPOSAL_STATUS_VOTING_PERIOD)
        .setVotingStartTime(Times.timestamp(now))
        .setVotingEndTime(Times.timestamp(now.plus(period)))
        .build();
  }

  /** Voters get a second period, even where the first one was counted later than that would end. */
  public static Proposal converted(
      Proposal proposal, TallyResult result, Params params, Instant now) {
    Duration period = Times.duration(params.getVotingPeriod());
    Instant end = Times.instant(proposal.getVotingStartTime()).plus(period);
    if (!end.isAfter(now)) {
      end = now.plus(period.minus(Times.duration(params.getExpeditedVotingPeriod())));
    }
    return proposal.toBuilder()
        .setExpedited(false)
        .setVotingEndTime(Times.timestamp(end))
        .setFinalTallyResult(result)
        .build();
  }

  public static Proposal passed(Proposal proposal, TallyResult result) {
    return ended(proposal, ProposalStatus.PROPOSAL_STATUS_PASSED)
        .setFinalTallyResult(result)
        .build();
  }

  public static Proposal failed(Proposal passed, String reason) {
    return ended(passed, ProposalStatus.PROPOSAL_STATUS_FAILED)
        .setFailedReason(TextLimits.reason(reason))
        .build();
  }

  public static Proposal rejected(Proposal proposal, TallyResult result) {
    return ended(proposal, ProposalStatus.PROPOSAL_STATUS_REJECTED)
        .setFinalTallyResult(result)
        .setFailedReason(NOT_ENOUGH_VOTES)
        .build();
  }

  public static boolean inDeposit(Proposal proposal) {
    return proposal.getStatus() == ProposalStatus.PROPOSAL_STATUS_DEPOSIT_PERIOD;
  }

  public static boolean inVoting(Proposal proposal) {
    return proposal.getStatus() == ProposalStatus.PROPOSAL_STATUS_VOTING_PERIOD;
  }

  /** Whether deposits and cancellation are still possible. */
  public static boolean open(Proposal proposal) {
    return inDeposit(proposal) || inVoting(proposal);
  }

  private static Proposal.Builder ended(Proposal proposal, ProposalStatus status) {
    return proposal.toBuilder().setStatus(status);
  }
}
