package io.segue.bundles.gov;

import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Pages;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.base.PageRequest;
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
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import io.segue.kernel.api.module.QueryHandler;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** What clients may ask about governance; with the answers and errors of the Cosmos SDK 0.50. */
final class GovQueries {
  private static final String SERVICE = "/cosmos.gov.v1.Query/";
  private static final String BACKLOG = "/segue.gov.v1.Query/Backlog";

  private final Addresses addresses;

  GovQueries(Addresses addresses) {
    this.addresses = addresses;
  }

  Map<String, QueryHandler> byPath() {
    Map<String, QueryHandler> queries = new TreeMap<>();
    queries.put(
        SERVICE + "Constitution",
        handler(QueryConstitutionRequest.parser(), (context, q) -> constitution(context)));
    queries.put(
        SERVICE + "Proposal",
        handler(
            QueryProposalRequest.parser(),
            (context, q) ->
                QueryProposalResponse.newBuilder()
                    .setProposal(proposal(context, q.getProposalId()))
                    .build()));
    queries.put(
        SERVICE + "Proposals",
        handler(QueryProposalsRequest.parser(), (context, q) -> proposals(context, q, p -> true)));
    queries.put(SERVICE + "Vote", handler(QueryVoteRequest.parser(), this::vote));
    queries.put(SERVICE + "Votes", handler(QueryVotesRequest.parser(), GovQueries::votes));
    queries.put(
        SERVICE + "Params",
        handler(QueryParamsRequest.parser(), (context, q) -> params(context, q.getParamsType())));
    queries.put(SERVICE + "Deposit", handler(QueryDepositRequest.parser(), this::deposit));
    queries.put(SERVICE + "Deposits", handler(QueryDepositsRequest.parser(), GovQueries::deposits));
    queries.put(
        SERVICE + "TallyResult",
        handler(
            QueryTallyResultRequest.parser(),
            (context, q) ->
                QueryTallyResultResponse.newBuilder()
                    .setTally(tally(context, q.getProposalId()))
                    .build()));
    queries.put(BACKLOG, handler(QueryBacklogRequest.parser(), (context, q) -> backlog(context)));
    return queries;
  }

  /** A query whose request and response are protobuf messages. */
  static <Q> QueryHandler handler(
      Parser<Q> parser, BiFunction<Context, Q, ? extends MessageLite> answer) {
    return (context, request) ->
        answer.apply(context, Proto.request(parser, request)).toByteArray();
  }

  private static Message constitution(Context context) {
    return QueryConstitutionResponse.newBuilder()
        .setConstitution(Constitution.load(context.store()))
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
            context.store(),
            GovKeys.PROPOSALS,
            request.getPagination(),
            (key, value, onPage) -> {
              Proposal proposal = Proposals.parse(value);
              boolean matches = wanted.test(proposal);
              if (matches && onPage) {
                response.addProposals(proposal);
              }
              return matches;
            });
    return response.setPagination(page).build();
  }

  QueryVoteResponse vote(Context context, QueryVoteRequest request) {
    requireId(request.getProposalId());
    if (request.getVoter().isEmpty()) {
      throw new QueryException(Status.InvalidArgument, "empty voter address");
    }
    byte[] voter = addresses.parseAccount(request.getVoter());
    Vote vote =
        AccountRows.votes(context.store())
            .find(request.getProposalId(), voter)
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
            context.store(),
            GovKeys.rows(GovKeys.VOTES, request.getProposalId()),
            request.getPagination(),
            (key, value, onPage) -> {
              if (onPage) {
                response.addVotes(Proto.stored(Vote.parser(), value));
              }
              return true;
            });
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
        AccountRows.deposits(context.store())
            .find(request.getProposalId(), depositor)
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
            context.store(),
            GovKeys.rows(GovKeys.DEPOSITS, request.getProposalId()),
            request.getPagination(),
            (key, value, onPage) -> {
              if (onPage) {
                response.addDeposits(Proto.stored(Deposit.parser(), value));
              }
              return true;
            });
    return response.setPagination(page).build();
  }

  /** The final result, or while votes are taken what it would be now. */
  TallyResult tally(Context context, long id) {
    Proposal proposal = proposal(context, id);
    return Life.inVoting(proposal)
        ? new Ballots(context, addresses)
            .look(id)
            .outcome(GovParams.load(context.store()), proposal.getExpedited())
            .result()
        : proposal.getFinalTallyResult();
  }

  private QueryBacklogResponse backlog(Context context) {
    QueryBacklogResponse.Builder response = QueryBacklogResponse.newBuilder();
    Instant closedUntil = new Proposals(context.store()).closedUntil();
    if (closedUntil != null) {
      response.setClosedUntil(Times.timestamp(closedUntil));
    }
    new Ballots(context, addresses)
        .begun()
        .ifPresent(
            count ->
                response
                    .setCountingProposalId(count.getProposalId())
                    .setVotesCounted(count.getVotes()));
    new Settlements(context, addresses)
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
      AccountRows<Vote> votes = AccountRows.votes(store);
      filter = filter.and(proposal -> votes.has(proposal.getId(), voter));
    }
    if (!request.getDepositor().isEmpty()) {
      byte[] depositor = filterAddress(request.getDepositor());
      AccountRows<Deposit> deposits = AccountRows.deposits(store);
      filter = filter.and(proposal -> deposits.has(proposal.getId(), depositor));
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

  private static PageResponse page(
      KVStore store, byte[] prefix, PageRequest request, Pages.Visitor visitor) {
    try {
      return Pages.filtered(store, prefix, request, visitor);
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
