package io.segue.bundles.gov.query;

import io.segue.bundles.gov.deposit.DepositSettlements;
import io.segue.bundles.gov.proposal.ProposalLifecycle;
import io.segue.bundles.gov.proposal.Proposals;
import io.segue.bundles.gov.proposal.Votes;
import io.segue.bundles.gov.state.GovParams;
import io.segue.bundles.gov.state.GovState;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.bundles.sdk.proto.gov.Deposit;
import io.segue.bundles.sdk.proto.gov.DepositParams;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.QueryBacklogRequest;
import io.segue.bundles.sdk.proto.gov.QueryBacklogResponse;
import io.segue.bundles.sdk.proto.gov.QueryConstitutionRequest;
import io.segue.bundles.sdk.proto.gov.QueryConstitutionResponse;
import io.segue.bundles.sdk.proto.gov.QueryDepositRequest;
import io.segue.bundles.sdk.proto.gov.QueryDepositResponse;
import io.segue.bundles.sdk.proto.gov.QueryDepositsRequest;
import io.segue.bundles.sdk.proto.gov.QueryDepositsResponse;
import io.segue.bundles.sdk.proto.gov.QueryParamsRequest;
import io.segue.bundles.sdk.proto.gov.QueryParamsResponse;
import io.segue.bundles.sdk.proto.gov.QueryProposalRequest;
import io.segue.bundles.sdk.proto.gov.QueryProposalResponse;
import io.segue.bundles.sdk.proto.gov.QueryProposalsRequest;
import io.segue.bundles.sdk.proto.gov.QueryProposalsResponse;
import io.segue.bundles.sdk.proto.gov.QueryTallyResultRequest;
import io.segue.bundles.sdk.proto.gov.QueryTallyResultResponse;
import io.segue.bundles.sdk.proto.gov.QueryVoteRequest;
import io.segue.bundles.sdk.proto.gov.QueryVoteResponse;
import io.segue.bundles.sdk.proto.gov.QueryVotesRequest;
import io.segue.bundles.sdk.proto.gov.QueryVotesResponse;
import io.segue.bundles.sdk.proto.gov.TallyParams;
import io.segue.bundles.sdk.proto.gov.TallyResult;
import io.segue.bundles.sdk.proto.gov.Vote;
import io.segue.bundles.sdk.proto.gov.VotingParams;
import io.segue.bundles.sdk.service.Services;
import io.segue.bundles.sdk.state.Pair;
import io.segue.bundles.sdk.state.Range;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What clients may ask about governance; with the answers and errors of the Cosmos SDK 0.50. */
public final class GovQueries {
  private final Addresses addresses;

  public GovQueries(Addresses addresses) {
    this.addresses = addresses;
  }

  /** Adds the answers. */
  public void addTo(Services.Builder services) {
    services
        .query(
            QueryConstitutionRequest.getDefaultInstance(),
            QueryConstitutionResponse.getDefaultInstance(),
            GovQueries::constitution)
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
            GovQueries::votes)
        .query(
            QueryParamsRequest.getDefaultInstance(),
            QueryParamsResponse.getDefaultInstance(),
            (context, request) -> params(context, request.getParamsType()))
        .query(
            QueryDepositRequest.getDefaultInstance(),
            QueryDepositResponse.getDefaultInstance(),
            this::deposit)
        .query(
            QueryDepositsRequest.getDefaultInstance(),
            QueryDepositsResponse.getDefaultInstance(),
            GovQueries::deposits)
        .query(
            QueryTallyResultRequest.getDefaultInstance(),
            QueryTallyResultResponse.getDefaultInstance(),
            this::tally)
        .query(
            QueryBacklogRequest.getDefaultInstance(),
            QueryBacklogResponse.getDefaultInstance(),
            this::backlog);
  }

  private static QueryConstitutionResponse constitution(
      Context context, QueryConstitutionRequest request) {
    return QueryConstitutionResponse.newBuilder()
        .setConstitution(GovState.CONSTITUTION.getOr(context.store(), ""))
        .build();
  }

  private QueryProposalResponse proposal(Context context, QueryProposalRequest request) {
    return QueryProposalResponse.newBuilder()
        .setProposal(proposal(context, request.getProposalId()))
        .build();
  }

  private QueryProposalsResponse proposals(Context context, QueryProposalsRequest request) {
    return proposals(context, request, proposal -> true);
  }

  private QueryTallyResultResponse tally(Context context, QueryTallyResultRequest request) {
    return QueryTallyResultResponse.newBuilder()
        .setTally(tally(context, request.getProposalId()))
        .build();
  }

  Proposal proposal(Context context, long id) {
    requireId(id);
    return new Proposals(context.store())
        .find(id)
        .orElseThrow(
            () ->
                new QueryException(
                    Status.NotFound, "proposal " + Long.toUnsignedString(id) + " doesn't exist"));
  }

  /**
   * A page of those proposals that match the request.
   *
   * @param shown what else a proposal must be to count
   */
  QueryProposalsResponse proposals(
      Context context, QueryProposalsRequest request, Predicate<Proposal> shown) {
    Predicate<Proposal> wanted = filter(context.store(), request).and(shown);
    QueryProposalsResponse.Builder response = QueryProposalsResponse.newBuilder();
    PageResponse page =
        page(
            () ->
                GovState.PROPOSALS.page(
                    context.store(),
                    Range.all(),
                    request.getPagination(),
                    wanted,
                    response::addProposals));
    return response.setPagination(page).build();
  }

  QueryVoteResponse vote(Context context, QueryVoteRequest request) {
    requireId(request.getProposalId());
    if (request.getVoter().isEmpty()) {
      throw new QueryException(Status.InvalidArgument, "empty voter address");
    }
    byte[] voter = addresses.parseAccount(request.getVoter());
    Vote vote =
        GovState.VOTES
            .find(context.store(), Pair.of(request.getProposalId(), voter))
            .orElseThrow(
                () ->
                    new QueryException(
                        Status.InvalidArgument,
                        "voter: "
                            + request.getVoter()
                            + " not found for proposal: "
                            + Long.toUnsignedString(request.getProposalId())));
    return QueryVoteResponse.newBuilder().setVote(vote).build();
  }

  static QueryVotesResponse votes(Context context, QueryVotesRequest request) {
    requireId(request.getProposalId());
    QueryVotesResponse.Builder response = QueryVotesResponse.newBuilder();
    PageResponse page =
        page(
            () ->
                GovState.VOTES.page(
                    context.store(),
                    GovState.BY_ACCOUNT.startingWith(request.getProposalId()),
                    request.getPagination(),
                    (key, vote) -> response.addVotes(vote)));
    return response.setPagination(page).build();
  }

  @SuppressWarnings("deprecation")
  static QueryParamsResponse params(Context context, String type) {
    Params params = GovParams.load(context.store());
    QueryParamsResponse.Builder response = QueryParamsResponse.newBuilder().setParams(params);
    switch (type) {
      case "" -> {}
      case "voting" ->
          response.setVotingParams(
              VotingParams.newBuilder().setVotingPeriod(params.getVotingPeriod()));
      case "deposit" ->
          response.setDepositParams(
              DepositParams.newBuilder()
                  .addAllMinDeposit(params.getMinDepositList())
                  .setMaxDepositPeriod(params.getMaxDepositPeriod()));
      case "tallying" ->
          response.setTallyParams(
              TallyParams.newBuilder()
                  .setQuorum(params.getQuorum())
                  .setThreshold(params.getThreshold())
                  .setVetoThreshold(params.getVetoThreshold()));
      default -> throw new QueryException(Status.InvalidArgument, "unknown params type: " + type);
    }
    return response.build();
  }

  QueryDepositResponse deposit(Context context, QueryDepositRequest request) {
    requireId(request.getProposalId());
    if (request.getDepositor().isEmpty()) {
      throw new QueryException(Status.InvalidArgument, "empty depositor address");
    }
    byte[] depositor = addresses.parseAccount(request.getDepositor());
    Deposit deposit =
        GovState.DEPOSITS
            .find(context.store(), Pair.of(request.getProposalId(), depositor))
            .orElseThrow(
                () ->
                    new QueryException(
                        Status.NotFound,
                        "collections: not found: key '(\""
                            + Long.toUnsignedString(request.getProposalId())
                            + "\", \""
                            + addresses.account(depositor)
                            + "\")' of type github.com/cosmos/gogoproto/cosmos.gov.v1.Deposit"));
    return QueryDepositResponse.newBuilder().setDeposit(deposit).build();
  }

  static QueryDepositsResponse deposits(Context context, QueryDepositsRequest request) {
    requireId(request.getProposalId());
    QueryDepositsResponse.Builder response = QueryDepositsResponse.newBuilder();
    PageResponse page =
        page(
            () ->
                GovState.DEPOSITS.page(
                    context.store(),
                    GovState.BY_ACCOUNT.startingWith(request.getProposalId()),
                    request.getPagination(),
                    (key, deposit) -> response.addDeposits(deposit)));
    return response.setPagination(page).build();
  }

  /** The final result, or while votes are taken what it would be now. */
  TallyResult tally(Context context, long id) {
    Proposal proposal = proposal(context, id);
    return ProposalLifecycle.inVoting(proposal)
        ? new Votes(context, addresses)
            .look(id)
            .outcome(GovParams.load(context.store()), proposal.getExpedited())
            .result()
        : proposal.getFinalTallyResult();
  }

  private QueryBacklogResponse backlog(Context context, QueryBacklogRequest request) {
    QueryBacklogResponse.Builder response = QueryBacklogResponse.newBuilder();
    new Proposals(context.store())
        .closedUntil()
        .map(Times::timestamp)
        .ifPresent(response::setClosedUntil);
    new Votes(context, addresses)
        .begun()
        .ifPresent(
            count ->
                response
                    .setCountingProposalId(count.getProposalId())
                    .setVotesCounted(count.getVotes()));
    new DepositSettlements(context, addresses)
        .first()
        .ifPresent(settlement -> response.setSettlingProposalId(settlement.getProposalId()));
    return response.build();
  }

  private Predicate<Proposal> filter(KVStore store, QueryProposalsRequest request) {
    Predicate<Proposal> filter =
        switch (request.getProposalStatus()) {
          case PROPOSAL_STATUS_UNSPECIFIED, UNRECOGNIZED -> proposal -> true;
          default -> proposal -> proposal.getStatus() == request.getProposalStatus();
        };
    if (!request.getVoter().isEmpty()) {
      byte[] voter = filterAddress(request.getVoter());
      filter = filter.and(proposal -> GovState.VOTES.has(store, Pair.of(proposal.getId(), voter)));
    }
    if (!request.getDepositor().isEmpty()) {
      byte[] depositor = filterAddress(request.getDepositor());
      filter =
          filter.and(
              proposal -> GovState.DEPOSITS.has(store, Pair.of(proposal.getId(), depositor)));
    }
    return filter;
  }

  private byte[] filterAddress(String address) {
    try {
      return addresses.parseAccount(address);
    } catch (IllegalArgumentException e) {
      throw new QueryException(Status.Internal, String.valueOf(e.getMessage()));
    }
  }

  private static PageResponse page(Supplier<PageResponse> page) {
    try {
      return page.get();
    } catch (IllegalArgumentException e) {
      throw new QueryException(Status.Internal, String.valueOf(e.getMessage()));
    }
  }

  private static void requireId(long id) {
    if (id == 0) {
      throw new QueryException(Status.InvalidArgument, "proposal id can not be 0");
    }
  }
}
