package io.segue.bundles.gov;

import static io.segue.bundles.gov.GovChain.A;
import static io.segue.bundles.gov.GovChain.B;
import static io.segue.bundles.gov.GovChain.GOV;
import static io.segue.bundles.gov.GovChain.proposal;
import static io.segue.bundles.gov.GovChain.send;
import static io.segue.bundles.gov.GovChain.upgradeTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.bundles.gov.query.LegacyForms;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.bundles.sdk.proto.govv1beta1.MsgVoteWeighted;
import io.segue.bundles.sdk.proto.govv1beta1.Proposal;
import io.segue.bundles.sdk.proto.govv1beta1.QueryDepositRequest;
import io.segue.bundles.sdk.proto.govv1beta1.QueryDepositResponse;
import io.segue.bundles.sdk.proto.govv1beta1.QueryDepositsRequest;
import io.segue.bundles.sdk.proto.govv1beta1.QueryDepositsResponse;
import io.segue.bundles.sdk.proto.govv1beta1.QueryParamsRequest;
import io.segue.bundles.sdk.proto.govv1beta1.QueryParamsResponse;
import io.segue.bundles.sdk.proto.govv1beta1.QueryProposalRequest;
import io.segue.bundles.sdk.proto.govv1beta1.QueryProposalResponse;
import io.segue.bundles.sdk.proto.govv1beta1.QueryProposalsRequest;
import io.segue.bundles.sdk.proto.govv1beta1.QueryProposalsResponse;
import io.segue.bundles.sdk.proto.govv1beta1.QueryTallyResultRequest;
import io.segue.bundles.sdk.proto.govv1beta1.QueryTallyResultResponse;
import io.segue.bundles.sdk.proto.govv1beta1.QueryVoteRequest;
import io.segue.bundles.sdk.proto.govv1beta1.QueryVoteResponse;
import io.segue.bundles.sdk.proto.govv1beta1.QueryVotesRequest;
import io.segue.bundles.sdk.proto.govv1beta1.QueryVotesResponse;
import io.segue.bundles.sdk.proto.govv1beta1.Vote;
import io.segue.bundles.sdk.proto.govv1beta1.VoteOption;
import io.segue.bundles.sdk.proto.govv1beta1.WeightedVoteOption;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Asks in the old words: proposal 1 waits for a deposit, 2 has two messages, 3 is voted on. */
class LegacyQueriesTest {
  private static GovChain chain;

  @BeforeAll
  static void startChain() {
    chain = GovChain.started();
    chain.succeed(
        proposal("1stake", upgradeTo("v2", 1000)).build(),
        proposal("10stake", send(GOV, A, "1stake"), send(GOV, B, "1stake")).build(),
        proposal("10stake", upgradeTo("v3", 1000)).build());
    chain.succeed(
        MsgVoteWeighted.newBuilder()
            .setProposalId(3)
            .setVoter(A)
            .addOptions(option(VoteOption.VOTE_OPTION_YES, "700000000000000000"))
            .addOptions(option(VoteOption.VOTE_OPTION_ABSTAIN, "300000000000000000"))
            .build());
  }

  @AfterAll
  static void closeChain() {
    chain.close();
  }

  @Test
  void theOneMessageStandsWhereTheContentWas() {
    Proposal shown =
        ask(
                "Proposal",
                QueryProposalRequest.newBuilder().setProposalId(1).build(),
                QueryProposalResponse.parser())
            .getProposal();
    assertThat(shown.getContent()).isEqualTo(GovChain.pack(upgradeTo("v2", 1000)));
    assertThat(shown.getVotingStartTime())
        .as("a time that is not there, as clients in Go write it")
        .isEqualTo(LegacyForms.NO_TIME);
  }

  @Test
  void aProposalOfTwoMessagesHasNoOldForm() {
    QueryResponse answer =
        chain.query(
            "/cosmos.gov.v1beta1.Query/Proposal",
            QueryProposalRequest.newBuilder().setProposalId(2).build());
    assertThat(answer.code()).isEqualTo(6);
    assertThat(answer.log())
        .isEqualTo(
            "can't convert a gov/v1 Proposal to gov/v1beta1 Proposal when amount of proposal"
                + " messages not exactly one: invalid type: unknown request");
  }

  @Test
  void listsLeaveOutWhatHasNoOldForm() {
    QueryProposalsResponse list =
        ask(
            "Proposals",
            QueryProposalsRequest.newBuilder()
                .setPagination(PageRequest.getDefaultInstance())
                .build(),
            QueryProposalsResponse.parser());
    assertThat(list.getProposalsList()).extracting(Proposal::getProposalId).containsExactly(1L, 3L);
    assertThat(list.getPagination().getTotal()).isEqualTo(2);
  }

  @Test
  void weightsAreScaledAndTheSingleOptionStaysEmpty() {
    Vote vote =
        ask(
                "Vote",
                QueryVoteRequest.newBuilder().setProposalId(3).setVoter(A).build(),
                QueryVoteResponse.parser())
            .getVote();
    assertThat(vote.getOptionsList())
        .containsExactly(
            option(VoteOption.VOTE_OPTION_YES, "700000000000000000"),
            option(VoteOption.VOTE_OPTION_ABSTAIN, "300000000000000000"));
    assertThat(vote.toBuilder().clearOptions().clearVoter().clearProposalId().build())
        .isEqualTo(Vote.getDefaultInstance());
    assertThat(
            ask(
                    "Votes",
                    QueryVotesRequest.newBuilder().setProposalId(3).build(),
                    QueryVotesResponse.parser())
                .getVotesList())
        .containsExactly(vote);
  }

  @Test
  void tellsDepositsAndTheTally() {
    assertThat(
            ask(
                    "Deposit",
                    QueryDepositRequest.newBuilder().setProposalId(3).setDepositor(A).build(),
                    QueryDepositResponse.parser())
                .getDeposit()
                .getAmountList())
        .isEqualTo(GovChain.coins("10stake"));
    assertThat(
            ask(
                    "Deposits",
                    QueryDepositsRequest.newBuilder().setProposalId(3).build(),
                    QueryDepositsResponse.parser())
                .getDepositsCount())
        .isEqualTo(1);
    assertThat(
            ask(
                    "TallyResult",
                    QueryTallyResultRequest.newBuilder().setProposalId(3).build(),
                    QueryTallyResultResponse.parser())
                .getTally())
        .isEqualTo(
            io.segue.bundles.sdk.proto.govv1beta1.TallyResult.newBuilder()
                .setYes("42")
                .setAbstain("18")
                .setNo("0")
                .setNoWithVeto("0")
                .build());
  }

  @Test
  void theGroupsThatWereNotAskedForHoldZeros() {
    QueryParamsResponse voting = params("voting");
    assertThat(voting.getVotingParams().getVotingPeriod().getSeconds())
        .isEqualTo(GovChain.PERIOD_SECONDS);
    assertThat(voting.getDepositParams().getMaxDepositPeriod())
        .isEqualTo(Duration.getDefaultInstance());
    assertThat(voting.getTallyParams().getQuorum().toStringUtf8()).isEqualTo("0");
    QueryParamsResponse deposit = params("deposit");
    assertThat(deposit.getDepositParams().getMinDepositList()).isEqualTo(GovChain.coins("10stake"));
    assertThat(params("tallying").getTallyParams().getThreshold().toStringUtf8())
        .isEqualTo("500000000000000000");
  }

  @Test
  void oneGroupMustBeAskedFor() {
    assertThat(refusal("")).contains("desc =  is not a valid parameter type");
    assertThat(refusal("foo")).contains("desc = unknown params type: foo");
  }

  private static String refusal(String type) {
    return chain
        .query(
            "/cosmos.gov.v1beta1.Query/Params",
            QueryParamsRequest.newBuilder().setParamsType(type).build())
        .log();
  }

  private static QueryParamsResponse params(String type) {
    return ask(
        "Params",
        QueryParamsRequest.newBuilder().setParamsType(type).build(),
        QueryParamsResponse.parser());
  }

  private static WeightedVoteOption option(VoteOption option, String weight) {
    return WeightedVoteOption.newBuilder().setOption(option).setWeight(weight).build();
  }

  private static <T> T ask(String method, Message request, Parser<T> parser) {
    return chain.ask("/cosmos.gov.v1beta1.Query/" + method, request, parser);
  }
}
