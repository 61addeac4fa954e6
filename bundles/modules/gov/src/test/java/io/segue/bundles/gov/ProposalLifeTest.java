package io.segue.bundles.gov;

import static io.segue.bundles.gov.GovChain.A;
import static io.segue.bundles.gov.GovChain.B;
import static io.segue.bundles.gov.GovChain.BALANCE;
import static io.segue.bundles.gov.GovChain.EXPEDITED_SECONDS;
import static io.segue.bundles.gov.GovChain.GOV;
import static io.segue.bundles.gov.GovChain.PERIOD_SECONDS;
import static io.segue.bundles.gov.GovChain.deposit;
import static io.segue.bundles.gov.GovChain.proposal;
import static io.segue.bundles.gov.GovChain.send;
import static io.segue.bundles.gov.GovChain.upgradeTo;
import static io.segue.bundles.gov.GovChain.vote;
import static io.segue.bundles.gov.GovChain.yes;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.segue.bundles.gov.proposal.TallyTest;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.bundles.sdk.proto.gov.GenesisState;
import io.segue.bundles.sdk.proto.gov.MsgCancelProposal;
import io.segue.bundles.sdk.proto.gov.MsgUpdateParams;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.ProposalStatus;
import io.segue.bundles.sdk.proto.gov.QueryProposalRequest;
import io.segue.bundles.sdk.proto.gov.QueryVotesRequest;
import io.segue.bundles.sdk.proto.gov.QueryVotesResponse;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.bundles.sdk.proto.govv1beta1.TextProposal;
import io.segue.bundles.sdk.proto.upgrade.CancelSoftwareUpgradeProposal;
import io.segue.bundles.sdk.proto.upgrade.Plan;
import io.segue.bundles.sdk.proto.upgrade.QueryCurrentPlanRequest;
import io.segue.bundles.sdk.proto.upgrade.QueryCurrentPlanResponse;
import io.segue.bundles.sdk.proto.upgrade.SoftwareUpgradeProposal;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProposalLifeTest {
  private GovChain chain = GovChain.started();

  @AfterEach
  void closeChain() {
    chain.close();
  }

  @Test
  void aPassedProposalIsExecuted() {
    chain.succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    chain.succeed(yes(A, 1));
    chain.pass(PERIOD_SECONDS);
    Proposal passed = chain.proposal(1);
    assertThat(passed.getStatus()).isEqualTo(ProposalStatus.PROPOSAL_STATUS_PASSED);
    assertThat(passed.getFailedReason()).isEmpty();
    assertThat(passed.getFinalTallyResult()).isEqualTo(TallyTest.result(60, 0, 0, 0));
    assertThat(plan().getPlan().getName()).isEqualTo("v2");
    assertThat(plan().getPlan().getHeight()).isEqualTo(1000);
    assertThat(chain.balance(A)).isEqualTo(BALANCE);
    assertThat(chain.balance(GOV)).isZero();
  }

  @Test
  void votingEndsInTheFirstBlockThatIsNotBeforeItsEnd() {
    chain.succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    chain.pass(PERIOD_SECONDS - 1);
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_VOTING_PERIOD);
    chain.pass(1);
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_REJECTED);
  }

  @Test
  void aProposalWithoutEnoughVotesIsRejectedAndItsDepositReturned() {
    chain.succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    chain.succeed(vote(A, 1, VoteOption.VOTE_OPTION_NO));
    chain.pass(PERIOD_SECONDS);
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_REJECTED);
    assertThat(chain.proposal(1).getFailedReason())
        .isEqualTo("proposal did not get enough votes to pass");
    assertThat(chain.balance(A)).isEqualTo(BALANCE);
    assertThat(plan().hasPlan()).isFalse();
  }

  @Test
  void aVetoBurnsTheDeposits() {
    chain.succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    chain.succeed(deposit(B, 1, "5stake"));
    chain.succeed(yes(A, 1));
    chain.succeed(vote(B, 1, VoteOption.VOTE_OPTION_NO_WITH_VETO));
    chain.pass(PERIOD_SECONDS);
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_REJECTED);
    assertThat(chain.balance(A)).isEqualTo(BALANCE - 10);
    assertThat(chain.balance(B)).isEqualTo(BALANCE - 5);
    assertThat(chain.balance(GOV)).isZero();
  }

  @Test
  void aMissedQuorumReturnsTheDepositsUnlessTheRulesBurnThem() {
    chain.succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    chain.pass(PERIOD_SECONDS);
    assertThat(chain.balance(A)).isEqualTo(BALANCE);

    restart(GovChain.started(params -> params.setBurnVoteQuorum(true)));
    chain.succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    chain.pass(PERIOD_SECONDS);
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_REJECTED);
    assertThat(chain.balance(A)).isEqualTo(BALANCE - 10);
  }

  @Test
  void depositsOfSeveralOpenTheVoting() {
    chain.succeed(proposal("1stake", upgradeTo("v2", 1000)).build());
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_DEPOSIT_PERIOD);
    assertThat(chain.proposal(1).hasVotingStartTime()).isFalse();
    ExecTxResult opening = chain.succeed(deposit(B, 1, "9stake"));
    assertThat(GovChain.text(opening.events()))
        .last()
        .isEqualTo("proposal_deposit{voting_period_start=1, msg_index=0}");
    Proposal voted = chain.proposal(1);
    assertThat(voted.getStatus()).isEqualTo(ProposalStatus.PROPOSAL_STATUS_VOTING_PERIOD);
    assertThat(voted.getTotalDepositList()).isEqualTo(GovChain.coins("10stake"));
    assertThat(voted.getVotingEndTime().getSeconds() - voted.getVotingStartTime().getSeconds())
        .isEqualTo(PERIOD_SECONDS);
  }

  @Test
  void aProposalThatFindsNoDepositIsDropped() {
    chain.succeed(proposal("1stake", upgradeTo("v2", 1000)).build());
    chain.succeed(deposit(B, 1, "2stake"));
    chain.pass(PERIOD_SECONDS);
    assertThat(answer(1).code()).isEqualTo(22);
    assertThat(chain.balance(A)).isEqualTo(BALANCE);
    assertThat(chain.balance(B)).isEqualTo(BALANCE);
  }

  @Test
  void aDroppedProposalsDepositsAreBurnedWhereTheRulesSaySo() {
    restart(GovChain.started(params -> params.setBurnProposalDepositPrevote(true)));
    chain.succeed(proposal("1stake", upgradeTo("v2", 1000)).build());
    chain.pass(PERIOD_SECONDS);
    assertThat(answer(1).code()).isEqualTo(22);
    assertThat(chain.balance(A)).isEqualTo(BALANCE - 1);
    assertThat(chain.balance(GOV)).isZero();
  }

  @Test
  void nothingOfAProposalIsKeptWhereAMessageFails() {
    restart(richChain());
    chain.succeed(proposal("10stake", send(GOV, B, "30stake"), send(GOV, B, "71stake")).build());
    chain.succeed(yes(A, 1));
    chain.pass(PERIOD_SECONDS);
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_FAILED);
    assertThat(chain.proposal(1).getFailedReason())
        .isEqualTo("spendable balance 70stake is smaller than 71stake: insufficient funds");
    assertThat(chain.balance(GOV)).isEqualTo(100);
    assertThat(chain.balance(B)).isEqualTo(BALANCE);
  }

  @Test
  void aProposalMaySpendWhatTheGovAccountHasButNoDeposits() {
    restart(richChain());
    chain.succeed(proposal("10stake", send(GOV, B, "101stake")).build());
    chain.succeed(proposal("10stake", send(GOV, B, "100stake")).build());
    chain.succeed(yes(A, 1), yes(A, 2));
    chain.pass(PERIOD_SECONDS);
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_FAILED);
    assertThat(chain.proposal(1).getFailedReason())
        .isEqualTo("it would spend 1stake of deposits: insufficient funds");
    assertThat(status(2)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_PASSED);
    assertThat(chain.balance(A)).isEqualTo(BALANCE);
    assertThat(chain.balance(B)).isEqualTo(BALANCE + 100);
    assertThat(chain.balance(GOV)).isZero();
  }

  @Test
  void anExpeditedProposalPassesEarly() {
    chain.succeed(proposal("20stake", upgradeTo("v2", 1000)).setExpedited(true).build());
    chain.succeed(yes(A, 1), yes(B, 1));
    chain.pass(EXPEDITED_SECONDS - 1);
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_PASSED);
    assertThat(chain.proposal(1).getExpedited()).isTrue();
    assertThat(chain.balance(A)).isEqualTo(BALANCE);
  }

  @Test
  void anExpeditedProposalThatFallsShortGoesOnAsARegularOne() {
    chain.succeed(proposal("20stake", upgradeTo("v2", 1000)).setExpedited(true).build());
    chain.succeed(yes(A, 1), vote(B, 1, VoteOption.VOTE_OPTION_NO));
    chain.pass(EXPEDITED_SECONDS - 1);
    Proposal converted = chain.proposal(1);
    assertThat(converted.getStatus()).isEqualTo(ProposalStatus.PROPOSAL_STATUS_VOTING_PERIOD);
    assertThat(converted.getExpedited()).isFalse();
    assertThat(converted.getFinalTallyResult()).isEqualTo(TallyTest.result(60, 0, 40, 0));
    assertThat(
            converted.getVotingEndTime().getSeconds() - converted.getVotingStartTime().getSeconds())
        .isEqualTo(PERIOD_SECONDS);
    assertThat(chain.balance(GOV)).isEqualTo(20);
    assertThat(votes(1).getVotesCount()).isZero();

    chain.succeed(yes(A, 1));
    chain.pass(PERIOD_SECONDS - EXPEDITED_SECONDS - 1);
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_PASSED);
    assertThat(chain.balance(A)).isEqualTo(BALANCE);
  }

  @Test
  void votesAndDepositsAreGoneWhenVotingHasEnded() {
    chain.succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    chain.succeed(yes(A, 1));
    assertThat(votes(1).getVotesCount()).isEqualTo(1);
    chain.pass(PERIOD_SECONDS);
    assertThat(votes(1).getVotesCount()).isZero();
    assertThat(chain.chain().entries("gov").keySet())
        .as("first bytes of the keys that are left")
        .extracting(key -> key[0])
        .containsOnly((byte) 0x00, (byte) 0x03, (byte) 0x30);
  }

  @Test
  void theLastVoteOfAVoterCounts() {
    chain.succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    chain.succeed(yes(A, 1));
    chain.succeed(vote(A, 1, VoteOption.VOTE_OPTION_NO));
    chain.pass(PERIOD_SECONDS);
    assertThat(chain.proposal(1).getFinalTallyResult()).isEqualTo(TallyTest.result(0, 0, 60, 0));
  }

  @Test
  void theProposerMayCancelAtAPrice() {
    chain.succeed(proposal("11stake", upgradeTo("v2", 1000)).build());
    chain.succeed(deposit(B, 1, "3stake"));
    chain.succeed(yes(B, 1));
    chain.succeed(cancel(A, 1));
    assertThat(answer(1).code()).isEqualTo(22);
    assertThat(chain.balance(A)).isEqualTo(BALANCE - 5);
    assertThat(chain.balance(B)).isEqualTo(BALANCE - 1);
    assertThat(chain.balance(GOV)).isZero();
    assertThat(votes(1).getVotesCount()).isZero();
  }

  @Test
  void thePriceOfCancellingGoesWhereTheRulesSay() {
    restart(GovChain.started(params -> params.setProposalCancelDest(B)));
    chain.succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    chain.succeed(cancel(A, 1));
    assertThat(chain.balance(A)).isEqualTo(BALANCE - 5);
    assertThat(chain.balance(B)).isEqualTo(BALANCE + 5);
  }

  @Test
  void aPassedProposalMayCancelAnotherThatIsDueInTheSameBlock() {
    MsgCancelProposal cancelSecond = cancel(GOV, 2);
    restart(richChain());
    chain.succeed(
        proposal("10stake", cancelSecond).build(),
        proposal("10stake", upgradeTo("v2", 1000)).setProposer(GOV).build());
    chain.succeed(yes(A, 1), yes(A, 2));
    chain.pass(PERIOD_SECONDS);
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_PASSED);
    assertThat(answer(2).code()).isEqualTo(22);
    assertThat(plan().hasPlan()).isFalse();
  }

  @Test
  void aProposalCanNotReachItselfWhileItIsExecuted() {
    restart(richChain());
    chain.succeed(proposal("10stake", deposit(GOV, 1, "10stake")).build());
    chain.succeed(yes(A, 1));
    chain.pass(PERIOD_SECONDS);
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_FAILED);
    assertThat(chain.proposal(1).getFailedReason()).isEqualTo("1: inactive proposal");
    assertThat(chain.balance(GOV)).isEqualTo(100);
  }

  @Test
  void governanceChangesItsOwnRulesFromTheNextProposalOn() {
    MsgUpdateParams lower =
        MsgUpdateParams.newBuilder()
            .setAuthority(GOV)
            .setParams(GovChain.params().setQuorum("0.1").setThreshold("0.2"))
            .build();
    chain.succeed(proposal("10stake", lower).build());
    chain.succeed(yes(A, 1));
    chain.pass(PERIOD_SECONDS);
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_PASSED);
    chain.succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    chain.succeed(yes(B, 2), vote(A, 2, VoteOption.VOTE_OPTION_NO));
    chain.pass(PERIOD_SECONDS);
    assertThat(status(2)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_PASSED);
  }

  @Test
  void contentsOfTheTimeBeforeMessagesAreExecutedAsTheMessagesTheyMean() {
    Plan plan = Plan.newBuilder().setName("v2").setHeight(1000).build();
    chain.succeed(
        legacy(
            SoftwareUpgradeProposal.newBuilder()
                .setTitle("t")
                .setDescription("d")
                .setPlan(plan)
                .build()));
    chain.succeed(yes(A, 1));
    chain.pass(PERIOD_SECONDS);
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_PASSED);
    assertThat(plan().getPlan().getName()).isEqualTo("v2");
    chain.succeed(
        legacy(
            CancelSoftwareUpgradeProposal.newBuilder().setTitle("t").setDescription("d").build()),
        legacy(TextProposal.newBuilder().setTitle("t").setDescription("d").build()));
    chain.succeed(yes(A, 2), yes(A, 3));
    chain.pass(PERIOD_SECONDS);
    assertThat(status(2)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_PASSED);
    assertThat(status(3)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_PASSED);
    assertThat(plan().hasPlan()).isFalse();
  }

  private static Message legacy(Message content) {
    return io.segue.bundles.sdk.proto.govv1beta1.MsgSubmitProposal.newBuilder()
        .setContent(GovChain.pack(content))
        .addAllInitialDeposit(GovChain.coins("10stake"))
        .setProposer(A)
        .build();
  }

  @Test
  void aMessageThatAnUpgradeLeftWithoutAnOwnerFails() {
    chain.succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    chain.succeed(yes(A, 1));
    chain.removeUpgradeModule();
    chain.pass(PERIOD_SECONDS);
    assertThat(status(1)).isEqualTo(ProposalStatus.PROPOSAL_STATUS_FAILED);
    assertThat(chain.proposal(1).getFailedReason())
        .isEqualTo(
            "/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade: proposal message not recognized by"
                + " router");
    assertThat(chain.balance(A)).isEqualTo(BALANCE);
  }

  /** A chain whose gov account has 100 stake of its own. */
  private static GovChain richChain() {
    GenesisState genesis =
        GenesisState.newBuilder().setStartingProposalId(1).setParams(GovChain.params()).build();
    return GovChain.startedWith(GovChain.json().print(genesis), Coins.parse("100stake"));
  }

  private void restart(GovChain other) {
    chain.close();
    chain = other;
  }

  private static MsgCancelProposal cancel(String proposer, long id) {
    return MsgCancelProposal.newBuilder().setProposer(proposer).setProposalId(id).build();
  }

  private ProposalStatus status(long id) {
    return chain.proposal(id).getStatus();
  }

  private QueryResponse answer(long id) {
    return chain.query(
        "/cosmos.gov.v1.Query/Proposal",
        QueryProposalRequest.newBuilder().setProposalId(id).build());
  }

  private QueryVotesResponse votes(long id) {
    return chain.ask(
        "/cosmos.gov.v1.Query/Votes",
        QueryVotesRequest.newBuilder()
            .setProposalId(id)
            .setPagination(PageRequest.getDefaultInstance())
            .build(),
        QueryVotesResponse.parser());
  }

  private QueryCurrentPlanResponse plan() {
    return chain.ask(
        "/cosmos.upgrade.v1beta1.Query/CurrentPlan",
        QueryCurrentPlanRequest.getDefaultInstance(),
        QueryCurrentPlanResponse.parser());
  }
}
