package io.segue.bundles.cli.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.nodes.Waiting;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.gov.MsgDeposit;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.gov.MsgVote;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.ProposalStatus;
import io.segue.bundles.sdk.proto.gov.QueryProposalRequest;
import io.segue.bundles.sdk.proto.gov.QueryProposalResponse;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade;
import io.segue.bundles.sdk.proto.upgrade.Plan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Submits proposals, deposits on them, votes, and waits for the outcome. */
public final class GovernanceClient {
  /** Enough for a proposal under the highest base fee of the upgrade's fee market. */
  static final long GAS_LIMIT = 1_000_000;

  static final Coins FEE = Coins.of("stake", 1000);

  private final NodeClient node;
  private final Signer proposer;
  private final List<Signer> validators;
  private int transactions;

  /**
   * For the proposals of an account.
   *
   * @param validators the accounts that vote
   */
  public GovernanceClient(NodeClient node, Signer proposer, Signer... validators) {
    this.node = node;
    this.proposer = proposer;
    this.validators = List.of(validators);
  }

  /** How many transactions this was so far. */
  public int transactions() {
    return transactions;
  }

  /** Submits a proposal; answers with its number. */
  public long submit(MsgSubmitProposal.Builder proposal) {
    JsonNode tx = send(proposer, proposal.setProposer(proposer.address()).build());
    return SubmittedProposal.number(tx.path("tx_result"))
        .orElseThrow(() -> new CliException("the answer to a proposal has no number of one"));
  }

  /**
   * Submits the proposal of an upgrade's plan; answers with its number.
   *
   * @param deposit what the proposer gives with it
   */
  public long submitUpgrade(Plan plan, String title, String summary, Coins deposit) {
    MsgSoftwareUpgrade message =
        MsgSoftwareUpgrade.newBuilder()
            .setAuthority(SignerFields.governance())
            .setPlan(plan)
            .build();
    return submit(
        MsgSubmitProposal.newBuilder()
            .setTitle(title)
            .setSummary(summary)
            .addMessages(TxBuilder.any(message))
            .addAllInitialDeposit(deposit.toProto()));
  }

  public void deposit(long proposal, Coins coins) {
    send(
        proposer,
        MsgDeposit.newBuilder()
            .setProposalId(proposal)
            .setDepositor(proposer.address())
            .addAllAmount(coins.toProto())
            .build());
  }

  /** Has the validators vote, all at once, and waits for the blocks of their votes. */
  public void vote(long proposal, VoteOption option) {
    Map<String, MsgVote> sent = new LinkedHashMap<>();
    for (Signer validator : validators) {
      MsgVote vote =
          MsgVote.newBuilder()
              .setProposalId(proposal)
              .setVoter(validator.address())
              .setOption(option)
              .build();
      sent.put(validator.submit(node, vote, FEE, GAS_LIMIT), vote);
    }
    sent.forEach((hash, vote) -> Signer.await(node, vote, hash));
    transactions += sent.size();
  }

  /** The proposal as it is now. */
  public Proposal proposal(long id) {
    return node.query(
            "/cosmos.gov.v1.Query/Proposal",
            QueryProposalRequest.newBuilder().setProposalId(id).build(),
            0,
            QueryProposalResponse.parser())
        .getProposal();
  }

  /** Waits until the vote has ended, and answers with how. */
  public ProposalStatus awaitEnd(long id, Duration limit) {
    return Waiting.until(limit, () -> ended(proposal(id).getStatus()))
        .orElseThrow(
            () -> new CliException("the vote on proposal " + id + " did not end within " + limit));
  }

  private static Optional<ProposalStatus> ended(ProposalStatus status) {
    return switch (status) {
      case PROPOSAL_STATUS_PASSED, PROPOSAL_STATUS_REJECTED, PROPOSAL_STATUS_FAILED ->
          Optional.of(status);
      default -> Optional.empty();
    };
  }

  private JsonNode send(Signer signer, com.google.protobuf.Message message) {
    JsonNode tx = signer.send(node, message, FEE, GAS_LIMIT);
    transactions++;
    return tx;
  }
}
