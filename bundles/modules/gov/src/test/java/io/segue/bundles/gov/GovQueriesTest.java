package io.segue.bundles.gov;

import static io.segue.bundles.gov.GovChain.A;
import static io.segue.bundles.gov.GovChain.B;
import static io.segue.bundles.gov.GovChain.deposit;
import static io.segue.bundles.gov.GovChain.proposal;
import static io.segue.bundles.gov.GovChain.upgradeTo;
import static io.segue.bundles.gov.GovChain.vote;
import static io.segue.bundles.gov.GovChain.yes;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.segue.bundles.gov.proposal.ProposalLifecycle;
import io.segue.bundles.gov.proposal.TallyTest;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.bundles.sdk.proto.gov.Deposit;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.ProposalStatus;
import io.segue.bundles.sdk.proto.gov.QueryConstitutionRequest;
import io.segue.bundles.sdk.proto.gov.QueryConstitutionResponse;
import io.segue.bundles.sdk.proto.gov.QueryDepositRequest;
import io.segue.bundles.sdk.proto.gov.QueryDepositResponse;
import io.segue.bundles.sdk.proto.gov.QueryDepositsRequest;
import io.segue.bundles.sdk.proto.gov.QueryDepositsResponse;
import io.segue.bundles.sdk.proto.gov.QueryParamsRequest;
import io.segue.bundles.sdk.proto.gov.QueryParamsResponse;
import io.segue.bundles.sdk.proto.gov.QueryProposalRequest;
import io.segue.bundles.sdk.proto.gov.QueryProposalsRequest;
import io.segue.bundles.sdk.proto.gov.QueryProposalsResponse;
import io.segue.bundles.sdk.proto.gov.QueryTallyResultRequest;
import io.segue.bundles.sdk.proto.gov.QueryTallyResultResponse;
import io.segue.bundles.sdk.proto.gov.QueryVoteRequest;
import io.segue.bundles.sdk.proto.gov.QueryVoteResponse;
import io.segue.bundles.sdk.proto.gov.QueryVotesRequest;
import io.segue.bundles.sdk.proto.gov.QueryVotesResponse;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Asks a chain with one proposal in its deposit period (1), and two that are voted on (2, 3). */
class GovQueriesTest {
  private static final String SERVICE = "/cosmos.gov.v1.Query/";

  private static GovChain chain;

  @BeforeAll
  static void startChain() {
    chain = GovChain.started();
    chain.succeed(
        proposal("1stake", upgradeTo("v2", 1000)).build(),
        proposal("10stake", upgradeTo("v2", 1000)).build(),
        proposal("10stake", upgradeTo("v2", 1000)).build());
    chain.succeed(deposit(B, 3, "7stake"), yes(A, 3), vote(B, 3, VoteOption.VOTE_OPTION_ABSTAIN));
  }

  @AfterAll
  static void closeChain() {
    chain.close();
  }

  @Test
  void listsProposalsByNumber() {
    assertThat(ids(QueryProposalsRequest.getDefaultInstance())).containsExactly(1L, 2L, 3L);
  }

  @Test
  void filtersProposalsByStatusVoterAndDepositor() {
    assertThat(
            ids(
                QueryProposalsRequest.newBuilder()
                    .setProposalStatus(ProposalStatus.PROPOSAL_STATUS_VOTING_PERIOD)
                    .build()))
        .containsExactly(2L, 3L);
    assertThat(ids(QueryProposalsRequest.newBuilder().setVoter(A).build())).containsExactly(3L);
    assertThat(ids(QueryProposalsRequest.newBuilder().setDepositor(B).build())).containsExactly(3L);
    assertThat(
            ids(
                QueryProposalsRequest.newBuilder()
                    .setProposalStatus(ProposalStatus.PROPOSAL_STATUS_PASSED)
                    .build()))
        .isEmpty();
    assertThat(ids(QueryProposalsRequest.newBuilder().setProposalStatusValue(9).build()))
        .as("an unknown status does not filter")
        .hasSize(3);
  }

  @Test
  void turnsPagesOfFilteredProposals() {
    QueryProposalsRequest.Builder request =
        QueryProposalsRequest.newBuilder()
            .setDepositor(A)
            .setPagination(PageRequest.newBuilder().setLimit(2));
    QueryProposalsResponse first = proposals(request.build());
    assertThat(first.getProposalsList()).extracting(Proposal::getId).containsExactly(1L, 2L);
    assertThat(first.getPagination().getTotal()).isZero();
    ByteString next = first.getPagination().getNextKey();
    QueryProposalsResponse second =
        proposals(request.setPagination(PageRequest.newBuilder().setKey(next)).build());
    assertThat(second.getProposalsList()).extracting(Proposal::getId).containsExactly(3L);
    assertThat(second.getPagination().getNextKey()).isEqualTo(ByteString.EMPTY);
  }

  @Test
  void aPlainFirstPageHasTheTotal() {
    assertThat(proposals(QueryProposalsRequest.getDefaultInstance()).getPagination().getTotal())
        .isEqualTo(3);
  }

  @Test
  void tellsAVoteAndAllVotes() {
    QueryVoteResponse vote =
        ask(
            "Vote",
            QueryVoteRequest.newBuilder().setProposalId(3).setVoter(A).build(),
            QueryVoteResponse.parser());
    assertThat(vote.getVote().getVoter()).isEqualTo(A);
    assertThat(vote.getVote().getOptions(0).getOption()).isEqualTo(VoteOption.VOTE_OPTION_YES);
    assertThat(vote.getVote().getOptions(0).getWeight()).isEqualTo("1.000000000000000000");
    QueryVotesResponse votes =
        ask(
            "Votes",
            QueryVotesRequest.newBuilder().setProposalId(3).build(),
            QueryVotesResponse.parser());
    assertThat(votes.getVotesList()).extracting(v -> v.getVoter()).containsExactly(A, B);
  }

  @Test
  void tellsADepositAndAllDeposits() {
    QueryDepositResponse deposit =
        ask(
            "Deposit",
            QueryDepositRequest.newBuilder().setProposalId(3).setDepositor(B).build(),
            QueryDepositResponse.parser());
    assertThat(deposit.getDeposit().getAmountList()).isEqualTo(GovChain.coins("7stake"));
    QueryDepositsResponse deposits =
        ask(
            "Deposits",
            QueryDepositsRequest.newBuilder().setProposalId(3).build(),
            QueryDepositsResponse.parser());
    assertThat(deposits.getDepositsList()).extracting(Deposit::getDepositor).containsExactly(A, B);
    assertThat(deposits.getPagination().getTotal()).isEqualTo(2);
  }

  @Test
  void talliesWhatIsVotedOnAsItStandsNow() {
    assertThat(tally(3)).isEqualTo(TallyTest.result(60, 40, 0, 0));
    assertThat(tally(2)).isEqualTo(TallyTest.result(0, 0, 0, 0));
    assertThat(tally(1)).isEqualTo(ProposalLifecycle.NO_VOTES);
    assertThat(tally(3)).as("asking changes nothing").isEqualTo(TallyTest.result(60, 40, 0, 0));
  }

  @Test
  @SuppressWarnings("deprecation")
  void tellsAllRulesAndTheGroupThatWasAskedFor() {
    QueryParamsResponse deposit = params("deposit");
    assertThat(deposit.hasParams()).isTrue();
    assertThat(deposit.getDepositParams().getMinDepositList()).isEqualTo(GovChain.coins("10stake"));
    assertThat(deposit.hasVotingParams()).isFalse();
    assertThat(deposit.hasTallyParams()).isFalse();
    assertThat(params("tallying").getTallyParams().getQuorum()).isEqualTo("0.334000000000000000");
    assertThat(params("").hasVotingParams()).isFalse();
    assertThat(params("").hasParams()).isTrue();
  }

  @Test
  void theConstitutionIsEmptyWhereTheGenesisHasNone() {
    assertThat(
            ask(
                    "Constitution",
                    QueryConstitutionRequest.getDefaultInstance(),
                    QueryConstitutionResponse.parser())
                .getConstitution())
        .isEmpty();
  }

  @ParameterizedTest(name = "{0} {3}")
  @MethodSource("refusals")
  void refusesAsTheSdkDoes(String method, Message request, int code, String log) {
    QueryResponse answer = chain.query(SERVICE + method, request);
    assertThat(answer.log()).isEqualTo(log);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.codespace()).isEqualTo("sdk");
    assertThat(answer.value()).isEmpty();
  }

  static Stream<Arguments> refusals() {
    String zero = "rpc error: code = InvalidArgument desc = proposal id can not be 0";
    return Stream.of(
        refused("Proposal", request(0), 18, zero + ": invalid request"),
        refused(
            "Proposal",
            request(99_999),
            22,
            "rpc error: code = NotFound desc = proposal 99999 doesn't exist: key not found"),
        refused("Votes", QueryVotesRequest.getDefaultInstance(), 18, zero + ": invalid request"),
        refused(
            "Deposits", QueryDepositsRequest.getDefaultInstance(), 18, zero + ": invalid request"),
        refused(
            "TallyResult",
            QueryTallyResultRequest.getDefaultInstance(),
            18,
            zero + ": invalid request"),
        refused(
            "TallyResult",
            QueryTallyResultRequest.newBuilder().setProposalId(7).build(),
            22,
            "rpc error: code = NotFound desc = proposal 7 doesn't exist: key not found"),
        refused(
            "Vote",
            QueryVoteRequest.newBuilder().setProposalId(2).build(),
            18,
            "rpc error: code = InvalidArgument desc = empty voter address: invalid request"),
        refused(
            "Vote",
            QueryVoteRequest.newBuilder().setProposalId(2).setVoter(A).build(),
            18,
            "rpc error: code = InvalidArgument desc = voter: "
                + A
                + " not found for proposal: 2: invalid request"),
        refused(
            "Vote",
            QueryVoteRequest.newBuilder().setProposalId(2).setVoter("abc").build(),
            18,
            "decoding bech32 failed: invalid bech32 string length 3: invalid request"),
        refused(
            "Deposit",
            QueryDepositRequest.newBuilder().setProposalId(2).build(),
            18,
            "rpc error: code = InvalidArgument desc = empty depositor address: invalid request"),
        refused(
            "Deposit",
            QueryDepositRequest.newBuilder().setProposalId(40).setDepositor(A).build(),
            22,
            "rpc error: code = NotFound desc = collections: not found: key '(\"40\", \""
                + A
                + "\")' of type github.com/cosmos/gogoproto/cosmos.gov.v1.Deposit: key not found"),
        refused(
            "Params",
            QueryParamsRequest.newBuilder().setParamsType("foo").build(),
            18,
            "rpc error: code = InvalidArgument desc = unknown params type: foo: invalid request"),
        refused(
            "Proposals",
            QueryProposalsRequest.newBuilder().setVoter("abc").build(),
            6,
            "rpc error: code = Internal desc = decoding bech32 failed: invalid bech32 string"
                + " length 3: unknown request"),
        refused(
            "Proposals",
            QueryProposalsRequest.newBuilder()
                .setPagination(
                    PageRequest.newBuilder().setOffset(1).setKey(ByteString.copyFromUtf8("k")))
                .build(),
            6,
            "rpc error: code = Internal desc = invalid request, either offset or key is expected,"
                + " got both: unknown request"));
  }

  private static Arguments refused(String method, Message request, int code, String log) {
    return Arguments.of(method, request, code, log);
  }

  private static QueryProposalRequest request(long id) {
    return QueryProposalRequest.newBuilder().setProposalId(id).build();
  }

  private static List<Long> ids(QueryProposalsRequest request) {
    return proposals(request).getProposalsList().stream().map(Proposal::getId).toList();
  }

  private static QueryProposalsResponse proposals(QueryProposalsRequest request) {
    return ask("Proposals", request, QueryProposalsResponse.parser());
  }

  private static io.segue.bundles.sdk.proto.gov.TallyResult tally(long id) {
    return ask(
            "TallyResult",
            QueryTallyResultRequest.newBuilder().setProposalId(id).build(),
            QueryTallyResultResponse.parser())
        .getTally();
  }

  private static QueryParamsResponse params(String type) {
    return ask(
        "Params",
        QueryParamsRequest.newBuilder().setParamsType(type).build(),
        QueryParamsResponse.parser());
  }

  private static <T> T ask(String method, Message request, com.google.protobuf.Parser<T> parser) {
    return chain.ask(SERVICE + method, request, parser);
  }
}
