package io.segue.bundles.staking.query;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorUnbondingDelegationsRequest;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorUnbondingDelegationsResponse;
import io.segue.bundles.sdk.proto.staking.QueryRedelegationsRequest;
import io.segue.bundles.sdk.proto.staking.QueryRedelegationsResponse;
import io.segue.bundles.sdk.proto.staking.QueryUnbondingDelegationRequest;
import io.segue.bundles.sdk.proto.staking.QueryUnbondingDelegationResponse;
import io.segue.bundles.sdk.proto.staking.QueryValidatorUnbondingDelegationsRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorUnbondingDelegationsResponse;
import io.segue.bundles.sdk.proto.staking.Redelegation;
import io.segue.bundles.sdk.proto.staking.RedelegationEntry;
import io.segue.bundles.sdk.proto.staking.RedelegationResponse;
import io.segue.bundles.sdk.proto.staking.UnbondingDelegation;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.sdk.service.Services;
import io.segue.bundles.sdk.state.Range;
import io.segue.bundles.sdk.state.Triple;
import io.segue.bundles.staking.delegation.Redelegations;
import io.segue.bundles.staking.delegation.Shares;
import io.segue.bundles.staking.delegation.Unbondings;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.state.StakingState;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import java.math.BigInteger;
import java.util.Optional;

/** Staking's answers about stake on its way: out of validators, and from one to another. */
final class UnbondingQueries {
  private final Addresses addresses;

  UnbondingQueries(Addresses addresses) {
    this.addresses = addresses;
  }

  /** Adds the answers. */
  void addTo(Services.Builder services) {
    services
        .query(
            QueryValidatorUnbondingDelegationsRequest.getDefaultInstance(),
            QueryValidatorUnbondingDelegationsResponse.getDefaultInstance(),
            this::ofValidator)
        .query(
            QueryDelegatorUnbondingDelegationsRequest.getDefaultInstance(),
            QueryDelegatorUnbondingDelegationsResponse.getDefaultInstance(),
            this::ofDelegator)
        .query(
            QueryUnbondingDelegationRequest.getDefaultInstance(),
            QueryUnbondingDelegationResponse.getDefaultInstance(),
            this::unbonding)
        .query(
            QueryRedelegationsRequest.getDefaultInstance(),
            QueryRedelegationsResponse.getDefaultInstance(),
            this::redelegations);
  }

  /** They are picked out of all unbondings: none but an index by delegator is kept. */
  private QueryValidatorUnbondingDelegationsResponse ofValidator(
      Context context, QueryValidatorUnbondingDelegationsRequest request) {
    String operator = StakingQueries.operator(addresses, request.getValidatorAddr());
    QueryValidatorUnbondingDelegationsResponse.Builder response =
        QueryValidatorUnbondingDelegationsResponse.newBuilder();
    PageResponse page =
        StakingQueries.paged(
            () ->
                StakingState.UNBONDINGS.page(
                    context.store(),
                    Range.all(),
                    request.getPagination(),
                    unbonding -> unbonding.getValidatorAddress().equals(operator),
                    response::addUnbondingResponses));
    return response.setPagination(page).build();
  }

  private QueryDelegatorUnbondingDelegationsResponse ofDelegator(
      Context context, QueryDelegatorUnbondingDelegationsRequest request) {
    byte[] delegator = StakingQueries.delegator(addresses, request.getDelegatorAddr());
    QueryDelegatorUnbondingDelegationsResponse.Builder response =
        QueryDelegatorUnbondingDelegationsResponse.newBuilder();
    PageResponse page =
        StakingQueries.paged(
            () ->
                StakingState.UNBONDINGS.page(
                    context.store(),
                    StakingState.DELEGATION.startingWith(delegator),
                    request.getPagination(),
                    (key, unbonding) -> response.addUnbondingResponses(unbonding)));
    return response.setPagination(page).build();
  }

  private QueryUnbondingDelegationResponse unbonding(
      Context context, QueryUnbondingDelegationRequest request) {
    byte[] delegator = StakingQueries.delegator(addresses, request.getDelegatorAddr());
    String operator = StakingQueries.operator(addresses, request.getValidatorAddr());
    UnbondingDelegation unbonding =
        new Unbondings(context, addresses)
            .find(delegator, addresses.parseOperator(operator))
            .orElseThrow(
                () ->
                    new QueryException(
                        Status.NotFound,
                        "unbonding delegation with delegator "
                            + request.getDelegatorAddr()
                            + " not found for validator "
                            + request.getValidatorAddr()));
    return QueryUnbondingDelegationResponse.newBuilder().setUnbond(unbonding).build();
  }

  /** By a route, by the validator that stake comes from, or by the account that it belongs to. */
  private QueryRedelegationsResponse redelegations(
      Context context, QueryRedelegationsRequest request) {
    String from = request.getSrcValidatorAddr();
    boolean byDelegator = !request.getDelegatorAddr().isEmpty();
    if (byDelegator && !from.isEmpty() && !request.getDstValidatorAddr().isEmpty()) {
      return oneRedelegation(context, request);
    }
    boolean bySource = !byDelegator && !from.isEmpty() && request.getDstValidatorAddr().isEmpty();
    String source = bySource ? StakingQueries.operator(addresses, from) : "";
    Range<Triple<byte[], byte[], byte[]>> range =
        bySource
            ? Range.all()
            : StakingState.REDELEGATION.startingWith(
                StakingQueries.delegator(addresses, request.getDelegatorAddr()));
    StakingKeeper keeper = new StakingKeeper(context.store());
    QueryRedelegationsResponse.Builder response = QueryRedelegationsResponse.newBuilder();
    PageResponse page =
        StakingQueries.paged(
            () ->
                StakingState.REDELEGATIONS.page(
                    context.store(),
                    range,
                    request.getPagination(),
                    redelegation ->
                        !bySource || redelegation.getValidatorSrcAddress().equals(source),
                    redelegation ->
                        response.addRedelegationResponses(withBalances(keeper, redelegation))));
    return response.setPagination(page).build();
  }

  private QueryRedelegationsResponse oneRedelegation(
      Context context, QueryRedelegationsRequest request) {
    Redelegation redelegation =
        new Redelegations(context, addresses)
            .find(
                new Redelegations.Route(
                    StakingQueries.delegator(addresses, request.getDelegatorAddr()),
                    addresses.parseOperator(request.getSrcValidatorAddr()),
                    addresses.parseOperator(request.getDstValidatorAddr())))
            .orElseThrow(
                () ->
                    new QueryException(
                        Status.NotFound,
                        "redelegation not found for delegator address "
                            + request.getDelegatorAddr()
                            + " from validator address "
                            + request.getSrcValidatorAddr()));
    return QueryRedelegationsResponse.newBuilder()
        .addRedelegationResponses(withBalances(new StakingKeeper(context.store()), redelegation))
        .build();
  }

  /** As in the Cosmos SDK the entries stand beside the redelegation, each with what it is worth. */
  private RedelegationResponse withBalances(StakingKeeper keeper, Redelegation redelegation) {
    RedelegationResponse.Builder response =
        RedelegationResponse.newBuilder().setRedelegation(redelegation.toBuilder().clearEntries());
    Optional<Validator> to =
        keeper.validator(addresses.parseOperator(redelegation.getValidatorDstAddress()));
    for (RedelegationEntry entry : redelegation.getEntriesList()) {
      BigInteger worth =
          to.map(validator -> Shares.worth(validator, Dec.parseScaled(entry.getSharesDst())))
              .orElse(BigInteger.ZERO);
      response.addEntriesBuilder().setRedelegationEntry(entry).setBalance(worth.toString());
    }
    return response.build();
  }
}
