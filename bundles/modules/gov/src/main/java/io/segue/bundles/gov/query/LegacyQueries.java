package io.segue.bundles.gov.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.govv1beta1.DepositParams;
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
import io.segue.bundles.sdk.proto.govv1beta1.TallyParams;
import io.segue.bundles.sdk.proto.govv1beta1.VotingParams;
import io.segue.bundles.sdk.service.Services;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;

/**
 * The queries of governance as clients of version v1beta1 ask them; CosmJS does. The answers are
 * those of {@link GovQueries} in the old form, where a proposal has one content: a proposal of
 * another number of messages can't be shown, and lists leave it out.
 */
public final class LegacyQueries {
  private static final ByteString ZERO = ByteString.copyFromUtf8("0");

  private final GovQueries current;

  public LegacyQueries(GovQueries current) {
    this.current = current;
  }

  /** Adds the answers. */
  public void addTo(Services.Builder services) {
    services
        .query(
            QueryProposalRequest.getDefaultInstance(),
            QueryProposalResponse.getDefaultInstance(),
            this::proposal)
        .query(
            QueryProposalsRequest.getDefaultInstance(),
            QueryProposalsResponse.getDefaultInstance(),
            this::proposals)
        .query(
            QueryVoteRequest.getDefaultInstance(),
            QueryVoteResponse.getDefaultInstance(),
            this::vote)
        .query(
            QueryVotesRequest.getDefaultInstance(),
            QueryVotesResponse.getDefaultInstance(),
            LegacyQueries::votes)
        .query(
            QueryParamsRequest.getDefaultInstance(),
            QueryParamsResponse.getDefaultInstance(),
            LegacyQueries::params)
        .query(
            QueryDepositRequest.getDefaultInstance(),
            QueryDepositResponse.getDefaultInstance(),
            this::deposit)
        .query(
            QueryDepositsRequest.getDefaultInstance(),
            QueryDepositsResponse.getDefaultInstance(),
            LegacyQueries::deposits)
        .query(
            QueryTallyResultRequest.getDefaultInstance(),
            QueryTallyResultResponse.getDefaultInstance(),
            this::tally);
  }

  private QueryProposalResponse proposal(Context context, QueryProposalRequest request) {
    io.segue.bundles.sdk.proto.gov.Proposal proposal =
        current.proposal(context, request.getProposalId());
    if (!LegacyForms.shown(proposal)) {
      throw SdkErrors.invalidType(
          "can't convert a gov/v1 Proposal to gov/v1beta1 Proposal when amount of proposal"
              + " messages not exactly one");
    }
    return QueryProposalResponse.newBuilder().setProposal(LegacyForms.old(proposal)).build();
  }

  private QueryProposalsResponse proposals(Context context, QueryProposalsRequest request) {
    io.segue.bundles.sdk.proto.gov.QueryProposalsResponse page =
        current.proposals(
            context,
            io.segue.bundles.sdk.proto.gov.QueryProposalsRequest.newBuilder()
                .setProposalStatusValue(request.getProposalStatusValue())
                .setVoter(request.getVoter())
                .setDepositor(request.getDepositor())
                .setPagination(request.getPagination())
                .build(),
            LegacyForms::shown);
    QueryProposalsResponse.Builder response =
        QueryProposalsResponse.newBuilder().setPagination(page.getPagination());
    page.getProposalsList().forEach(proposal -> response.addProposals(LegacyForms.old(proposal)));
    return response.build();
  }

  private QueryVoteResponse vote(Context context, QueryVoteRequest request) {
    io.segue.bundles.sdk.proto.gov.QueryVoteResponse answer =
        current.vote(
            context,
            io.segue.bundles.sdk.proto.gov.QueryVoteRequest.newBuilder()
                .setProposalId(request.getProposalId())
                .setVoter(request.getVoter())
                .build());
    return QueryVoteResponse.newBuilder().setVote(LegacyForms.old(answer.getVote())).build();
  }

  private static QueryVotesResponse votes(Context context, QueryVotesRequest request) {
    io.segue.bundles.sdk.proto.gov.QueryVotesResponse page =
        GovQueries.votes(
            context,
            io.segue.bundles.sdk.proto.gov.QueryVotesRequest.newBuilder()
                .setProposalId(request.getProposalId())
                .setPagination(request.getPagination())
                .build());
    QueryVotesResponse.Builder response =
        QueryVotesResponse.newBuilder().setPagination(page.getPagination());
    page.getVotesList().forEach(vote -> response.addVotes(LegacyForms.old(vote)));
    return response.build();
  }

  @SuppressWarnings("deprecation")
  private static QueryParamsResponse params(Context context, QueryParamsRequest request) {
    String type = request.getParamsType();
    if (type.isEmpty()) {
      throw new QueryException(Status.InvalidArgument, " is not a valid parameter type");
    }
    io.segue.bundles.sdk.proto.gov.QueryParamsResponse params = GovQueries.params(context, type);
    Duration none = Duration.getDefaultInstance();
    VotingParams.Builder voting = VotingParams.newBuilder().setVotingPeriod(none);
    DepositParams.Builder deposit = DepositParams.newBuilder().setMaxDepositPeriod(none);
    TallyParams.Builder tally =
        TallyParams.newBuilder().setQuorum(ZERO).setThreshold(ZERO).setVetoThreshold(ZERO);
    if (params.hasVotingParams()) {
      voting.setVotingPeriod(params.getVotingParams().getVotingPeriod());
    }
    if (params.hasDepositParams()) {
      deposit
          .addAllMinDeposit(params.getDepositParams().getMinDepositList())
          .setMaxDepositPeriod(params.getDepositParams().getMaxDepositPeriod());
    }
    if (params.hasTallyParams()) {
      tally
          .setQuorum(scaled(params.getTallyParams().getQuorum()))
          .setThreshold(scaled(params.getTallyParams().getThreshold()))
          .setVetoThreshold(scaled(params.getTallyParams().getVetoThreshold()));
    }
    return QueryParamsResponse.newBuilder()
        .setVotingParams(voting)
        .setDepositParams(deposit)
        .setTallyParams(tally)
        .build();
  }

  private QueryDepositResponse deposit(Context context, QueryDepositRequest request) {
    io.segue.bundles.sdk.proto.gov.QueryDepositResponse answer =
        current.deposit(
            context,
            io.segue.bundles.sdk.proto.gov.QueryDepositRequest.newBuilder()
                .setProposalId(request.getProposalId())
                .setDepositor(request.getDepositor())
                .build());
    return QueryDepositResponse.newBuilder()
        .setDeposit(LegacyForms.old(answer.getDeposit()))
        .build();
  }

  private static QueryDepositsResponse deposits(Context context, QueryDepositsRequest request) {
    io.segue.bundles.sdk.proto.gov.QueryDepositsResponse page =
        GovQueries.deposits(
            context,
            io.segue.bundles.sdk.proto.gov.QueryDepositsRequest.newBuilder()
                .setProposalId(request.getProposalId())
                .setPagination(request.getPagination())
                .build());
    QueryDepositsResponse.Builder response =
        QueryDepositsResponse.newBuilder().setPagination(page.getPagination());
    page.getDepositsList().forEach(deposit -> response.addDeposits(LegacyForms.old(deposit)));
    return response.build();
  }

  private QueryTallyResultResponse tally(Context context, QueryTallyResultRequest request) {
    return QueryTallyResultResponse.newBuilder()
        .setTally(LegacyForms.old(current.tally(context, request.getProposalId())))
        .build();
  }

  private static ByteString scaled(String pointed) {
    return ByteString.copyFromUtf8(LegacyForms.scaled(pointed));
  }
}
