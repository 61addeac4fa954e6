package io.segue.bundles.gov.state;

import com.google.protobuf.Any;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.WeightedVoteOption;
import io.segue.kernel.api.abci.Abci.Event;
import java.util.List;

/** The events by which clients and explorers follow governance. */
public final class GovEvents {
  private static final String ID = "proposal_id";
  private static final String RESULT = "proposal_result";

  private GovEvents() {}

  public static Event submitted(Proposal proposal) {
    StringBuilder types = new StringBuilder();
    for (Any message : proposal.getMessagesList()) {
      types.append(',').append(message.getTypeUrl());
    }
    return Event.of(
        "submit_proposal",
        ID,
        id(proposal.getId()),
        "proposal_proposer",
        proposal.getProposer(),
        "proposal_messages",
        types.toString());
  }

  public static Event votingStartedAtSubmission(long id) {
    return Event.of("submit_proposal", "voting_period_start", id(id));
  }

  public static Event votingStartedByDeposit(long id) {
    return Event.of("proposal_deposit", "voting_period_start", id(id));
  }

  public static Event deposited(String depositor, String amount, long id) {
    return Event.of("proposal_deposit", "depositor", depositor, "amount", amount, ID, id(id));
  }

  public static Event voted(String voter, List<WeightedVoteOption> options, long id) {
    return Event.of("proposal_vote", "voter", voter, "option", json(options), ID, id(id));
  }

  public static Event cancelled(String proposer, long id) {
    return Event.of("cancel_proposal", "sender", proposer, ID, id(id));
  }

  /** The votes don't fit into the end of one block. */
  public static Event counting(long id, long votes) {
    return Event.of("counting_proposal", ID, id(id), "votes_counted", Long.toString(votes));
  }

  public static Event dropped(long id) {
    return Event.of("inactive_proposal", ID, id(id), RESULT, "proposal_dropped");
  }

  public static Event passed(long id) {
    return votingEnded(id, "proposal_passed", "passed");
  }

  public static Event failed(long id, String log) {
    return votingEnded(id, "proposal_failed", log);
  }

  public static Event rejected(long id) {
    return votingEnded(id, "proposal_rejected", "rejected");
  }

  public static Event converted(long id) {
    return votingEnded(
        id, "expedited_proposal_rejected", "expedited proposal converted to regular");
  }

  private static Event votingEnded(long id, String result, String log) {
    return Event.of("active_proposal", ID, id(id), RESULT, result, "proposal_log", log);
  }

  /** Weights are decimals and options numbers: nothing needs escaping. */
  private static String json(List<WeightedVoteOption> options) {
    StringBuilder json = new StringBuilder("[");
    for (WeightedVoteOption option : options) {
      json.append(json.length() > 1 ? "," : "")
          .append("{\"option\":")
          .append(option.getOptionValue())
          .append(",\"weight\":\"")
          .append(option.getWeight())
          .append("\"}");
    }
    return json.append(']').toString();
  }

  private static String id(long id) {
    return Long.toUnsignedString(id);
  }
}
