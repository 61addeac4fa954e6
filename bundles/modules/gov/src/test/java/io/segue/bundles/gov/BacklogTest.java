package io.segue.bundles.gov;

import static io.segue.bundles.gov.GovChain.A;
import static io.segue.bundles.gov.GovChain.B;
import static io.segue.bundles.gov.GovChain.BALANCE;
import static io.segue.bundles.gov.GovChain.EXPEDITED_SECONDS;
import static io.segue.bundles.gov.GovChain.GOV;
import static io.segue.bundles.gov.GovChain.PEOPLE;
import static io.segue.bundles.gov.GovChain.PERIOD_SECONDS;
import static io.segue.bundles.gov.GovChain.deposit;
import static io.segue.bundles.gov.GovChain.proposal;
import static io.segue.bundles.gov.GovChain.send;
import static io.segue.bundles.gov.GovChain.someone;
import static io.segue.bundles.gov.GovChain.upgradeTo;
import static io.segue.bundles.gov.GovChain.vote;
import static io.segue.bundles.gov.GovChain.yes;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.segue.bundles.gov.proposal.TallyTest;
import io.segue.bundles.gov.state.TextLimits;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.gov.GenesisState;
import io.segue.bundles.sdk.proto.gov.MsgCancelProposal;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.gov.ProposalStatus;
import io.segue.bundles.sdk.proto.gov.QueryBacklogRequest;
import io.segue.bundles.sdk.proto.gov.QueryBacklogResponse;
import io.segue.bundles.sdk.proto.gov.QueryProposalRequest;
import io.segue.bundles.sdk.proto.gov.QueryTallyResultRequest;
import io.segue.bundles.sdk.proto.gov.QueryTallyResultResponse;
import io.segue.bundles.sdk.proto.gov.TallyResult;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.module.Tx;
import io.segue.kernel.testkit.modules.PlainTx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Proposals whose end has more to do than one block has room for; all invariants hold meanwhile.
 */
class BacklogTest {
  private static final QueryBacklogResponse NOTHING = QueryBacklogResponse.getDefaultInstance();

  /** Room for one vote, one deposit, one proposal at the end of each block. */
  private GovChain chain = GovChain.narrow();

  @AfterEach
  void closeChain() {
    chain.close();
  }

  @Test
  void votesAreCountedOverSeveralBlocksWithTheSameResult() {
    chain.succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    List<Message> votes = new ArrayList<>(List.of(yes(A, 1), no(B, 1)));
    for (int i = 0; i < 10; i++) {
      votes.add(no(someone(i), 1));
    }
    chain.succeed(votes.toArray(Message[]::new));
    TallyResult expected = TallyTest.result(60, 0, 40, 0);
    assertThat(tally(1)).isEqualTo(expected);
    chain.pass(PERIOD_SECONDS - 1);
    assertThat(chain.blockEvents())
        .contains("counting_proposal{proposal_id=1, votes_counted=1, mode=EndBlock}");

    for (int counted = 1; counted < votes.size(); counted++) {
      assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_VOTING_PERIOD);
      assertThat(backlog().getCountingProposalId()).isEqualTo(1);
      assertThat(backlog().getVotesCounted()).isEqualTo(counted);
      assertThat(backlog().hasClosedUntil()).isTrue();
      assertThat(tally(1)).isEqualTo(expected);
      chain.pass(1);
    }
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_PASSED);
    assertThat(tally(1)).isEqualTo(expected);
    assertThat(chain.balance(A)).isEqualTo(BALANCE);
    assertThat(backlog()).isEqualTo(NOTHING);
  }

  @Test
  void whatWaitsForItsTurnIsClosed() {
    chain.succeed(
        proposal("10stake", upgradeTo("v2", 1000)).build(),
        proposal("10stake", upgradeTo("v3", 2000)).build());
    chain.succeed(yes(A, 1), yes(B, 1), yes(A, 2), yes(B, 2));
    chain.pass(PERIOD_SECONDS - 1);

    List<ExecTxResult> late =
        chain
            .chain()
            .block(
                tx(no(A, 1)),
                tx(no(A, 2)),
                tx(deposit(A, 1, "5stake")),
                tx(deposit(A, 2, "5stake")),
                tx(cancel(A, 1)),
                tx(cancel(A, 2)))
            .txResults();
    assertThat(late).extracting(ExecTxResult::code).containsExactly(3, 3, 3, 3, 20, 20);
    assertThat(late.get(0).log()).contains("the period of proposal 1 is over");
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_PASSED);
    assertThat(tally(1)).isEqualTo(TallyTest.result(100, 0, 0, 0));
  }

  @Test
  void aProposalThatWaitsToBeDroppedIsClosed() {
    chain.succeed(
        proposal("1stake", upgradeTo("v2", 1000)).build(),
        proposal("1stake", upgradeTo("v3", 2000)).build(),
        proposal("1stake", upgradeTo("v4", 3000)).build());
    chain.pass(PERIOD_SECONDS);
    assertThat(chain.blockEvents()).contains(dropped(1)).doesNotContain(dropped(2));
    ExecTxResult late = chain.run(deposit(B, 3, "20stake"));
    assertThat(late.code()).isEqualTo(3);
    assertThat(late.log()).contains("the period of proposal 3 is over", "inactive proposal");
    assertThat(chain.blockEvents()).contains(dropped(2)).doesNotContain(dropped(3));
    chain.pass(1);
    assertThat(chain.blockEvents()).contains(dropped(3));
    assertThat(backlog()).isEqualTo(NOTHING);
    assertThat(chain.balance(A)).isEqualTo(BALANCE);
  }

  @Test
  void depositsComeBackOneBlockAfterTheOther() {
    chain.succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    for (int i = 0; i < 5; i++) {
      chain.succeed(deposit(someone(i), 1, "7stake"));
    }
    chain.succeed(yes(A, 1));
    chain.pass(PERIOD_SECONDS - 6);
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_PASSED);
    for (int left = 5; left > 0; left--) {
      assertThat(backlog().getSettlingProposalId()).isEqualTo(1);
      chain.pass(1);
    }
    assertThat(backlog()).isEqualTo(NOTHING);
    assertThat(chain.balance(GOV)).isZero();
    for (int i = 0; i < 5; i++) {
      assertThat(chain.balance(someone(i))).isEqualTo(1000);
    }
  }

  @Test
  void anExecutionCanNotSpendDepositsThatAreStillToGoBack() {
    chain.succeed(proposal("10stake", send(GOV, B, "1stake")).build());
    chain.succeed(deposit(B, 1, "5stake"), yes(A, 1));
    chain.pass(PERIOD_SECONDS);
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_FAILED);
    assertThat(chain.proposal(1).getFailedReason()).contains("1stake of deposits");
    chain.pass(1);
    assertThat(chain.balance(A)).isEqualTo(BALANCE);
    assertThat(chain.balance(B)).isEqualTo(BALANCE);
  }

  @Test
  void anExpeditedProposalGetsItsSecondPeriodHoweverLateItIsCounted() {
    chain.succeed(proposal("20stake", upgradeTo("v2", 1000)).setExpedited(true).build());
    List<Message> votes = new ArrayList<>(List.of(yes(A, 1), no(B, 1)));
    for (int i = 0; i < 5; i++) {
      votes.add(no(someone(i), 1));
    }
    chain.succeed(votes.toArray(Message[]::new));
    chain.pass(PERIOD_SECONDS);
    assertThat(chain.proposal(1).getExpedited()).isTrue();
    assertThat(backlog().getCountingProposalId()).isEqualTo(1);
    chain.pass(1);
    assertThat(chain.proposal(1).getExpedited()).isFalse();
    chain.succeed(yes(A, 1));
    chain.pass(PERIOD_SECONDS - EXPEDITED_SECONDS);
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_PASSED);
  }

  @Test
  void theEndsOfBlocksSettleWhatACancellationLeaves() {
    chain.succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    List<byte[]> txs = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      txs.add(tx(deposit(someone(i), 1, "2stake"), no(someone(i), 1)));
    }
    assertThat(chain.chain().block(txs.toArray(byte[][]::new)).txResults())
        .allSatisfy(result -> assertThat(result.log()).isEmpty());

    ExecTxResult cancelled = chain.succeed(cancel(A, 1));
    assertThat(cancelled.gasUsed()).isBetween(MsgCancelProposalHandler.SETTLING_GAS, 1_200_000L);
    assertThat(proposalCode()).isEqualTo(22);
    assertThat(backlog().getSettlingProposalId()).isEqualTo(1);
    int blocks = 0;
    for (; !backlog().equals(NOTHING); blocks++) {
      assertThat(blocks).as("blocks that settle a row or two").isLessThan(2 * PEOPLE);
      chain.pass(1);
    }
    assertThat(blocks).isGreaterThan(PEOPLE);
    assertThat(chain.balance(A)).isEqualTo(BALANCE - 5);
    assertThat(chain.balance(GOV)).isZero();
    for (int i = 0; i < PEOPLE; i++) {
      assertThat(chain.balance(someone(i))).isEqualTo(999);
    }
    assertThat(chain.chain().entries("gov").keySet())
        .as("first bytes of the keys that are left")
        .extracting(key -> key[0])
        .containsOnly((byte) 0x03, (byte) 0x30);
  }

  @Test
  void theMessagesOfAProposalHaveALimitOfGas() {
    GenesisState genesis =
        GenesisState.newBuilder().setStartingProposalId(1).setParams(GovChain.params()).build();
    chain.close();
    chain = GovChain.startedWith(GovChain.json().print(genesis), Coins.parse("1000stake"));
    MsgSubmitProposal heavy =
        proposal("10stake", upgradeTo("v3", 1000))
            .setProposer(GOV)
            .setSummary("s".repeat(TextLimits.MAX_SUMMARY))
            .build();
    MsgSubmitProposal.Builder many = proposal("10stake");
    for (int i = 0; i < 12; i++) {
      many.addMessages(GovChain.pack(heavy));
    }
    assertThat(chain.chain().run(tx(many.build())).log()).isEmpty();
    chain.succeed(proposal("10stake", heavy).build(), yes(A, 1), yes(A, 2));
    chain.pass(PERIOD_SECONDS);
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_FAILED);
    assertThat(chain.proposal(1).getFailedReason()).contains("out of gas");
    assertThat(status(2)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_PASSED);
    assertThat(chain.proposal(3).getProposer()).isEqualTo(GOV);
    assertThat(chain.balance(GOV)).isEqualTo(1000);
  }

  private static byte[] tx(Message... messages) {
    List<Tx.Message> tx = new ArrayList<>();
    for (Message message : messages) {
      tx.add(
          new Tx.Message(
              "/" + message.getDescriptorForType().getFullName(), message.toByteArray()));
    }
    return PlainTx.of(100_000_000, List.of(), tx);
  }

  private static Message no(String voter, long id) {
    return vote(voter, id, VoteOption.VOTE_OPTION_NO);
  }

  private static Message cancel(String proposer, long id) {
    return MsgCancelProposal.newBuilder().setProposer(proposer).setProposalId(id).build();
  }

  private static String dropped(long id) {
    return "inactive_proposal{proposal_id="
        + id
        + ", proposal_result=proposal_dropped, mode=EndBlock}";
  }

  private int proposalCode() {
    return chain
        .query(
            "/cosmos.gov.v1.Query/Proposal",
            QueryProposalRequest.newBuilder().setProposalId(1).build())
        .code();
  }

  private ProposalStatus status(long id) {
    return chain.proposal(id).getStatus();
  }

  private TallyResult tally(long id) {
    return chain
        .ask(
            "/cosmos.gov.v1.Query/TallyResult",
            QueryTallyResultRequest.newBuilder().setProposalId(id).build(),
            QueryTallyResultResponse.parser())
        .getTally();
  }

  private QueryBacklogResponse backlog() {
    return chain.ask(
        "/segue.gov.v1.Query/Backlog",
        QueryBacklogRequest.getDefaultInstance(),
        QueryBacklogResponse.parser());
  }
}
