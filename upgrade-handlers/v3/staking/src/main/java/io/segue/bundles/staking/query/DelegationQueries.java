package io.segue.bundles.staking.query;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorValidatorRequest;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorValidatorResponse;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorValidatorsRequest;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorValidatorsResponse;
import io.segue.bundles.sdk.proto.staking.QueryValidatorDelegationsRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorDelegationsResponse;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.sdk.service.Services;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.state.StakingState;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;

/** Staking's answers about the two sides of delegations. */
final class DelegationQueries {
  private final Addresses addresses;

  DelegationQueries(Addresses addresses) {
    this.addresses = addresses;
  }

  /** Adds the answers. */
  void addTo(Services.Builder services) {
    services
        .query(
            QueryValidatorDelegationsRequest.getDefaultInstance(),
            QueryValidatorDelegationsResponse.getDefaultInstance(),
            this::validatorDelegations)
        .query(
            QueryDelegatorValidatorsRequest.getDefaultInstance(),
            QueryDelegatorValidatorsResponse.getDefaultInstance(),
            this::delegatorValidators)
        .query(
            QueryDelegatorValidatorRequest.getDefaultInstance(),
            QueryDelegatorValidatorResponse.getDefaultInstance(),
            this::delegatorValidator);
  }

  /** From the index by validator: other validators' delegations are not read. */
  private QueryValidatorDelegationsResponse validatorDelegations(
      Context context, QueryValidatorDelegationsRequest request) {
    byte[] operator =
        addresses.parseOperator(StakingQueries.required("validator", request.getValidatorAddr()));
    StakingKeeper keeper = new StakingKeeper(context.store());
    QueryValidatorDelegationsResponse.Builder response =
        QueryValidatorDelegationsResponse.newBuilder();
    PageResponse page =
        StakingQueries.paged(
            () ->
                StakingState.BY_VALIDATOR.page(
                    context.store(),
                    StakingState.DELEGATOR.startingWith(operator),
                    request.getPagination(),
                    key ->
                        response.addDelegationResponses(
                            StakingQueries.withBalance(
                                addresses,
                                keeper,
                                keeper.delegation(key.second(), operator).orElseThrow()))));
    return response.setPagination(page).build();
  }

  private QueryDelegatorValidatorsResponse delegatorValidators(
      Context context, QueryDelegatorValidatorsRequest request) {
    byte[] delegator = StakingQueries.delegator(addresses, request.getDelegatorAddr());
    StakingKeeper keeper = new StakingKeeper(context.store());
    QueryDelegatorValidatorsResponse.Builder response =
        QueryDelegatorValidatorsResponse.newBuilder();
    PageResponse page =
        StakingQueries.paged(
            () ->
                StakingState.DELEGATIONS.page(
                    context.store(),
                    StakingState.DELEGATION.startingWith(delegator),
                    request.getPagination(),
                    (key, delegation) ->
                        response.addValidators(
                            StakingQueries.validatorOf(addresses, keeper, delegation))));
    return response.setPagination(page).build();
  }

  private QueryDelegatorValidatorResponse delegatorValidator(
      Context context, QueryDelegatorValidatorRequest request) {
    byte[] delegator = StakingQueries.delegator(addresses, request.getDelegatorAddr());
    byte[] operator =
        addresses.parseOperator(StakingQueries.operator(addresses, request.getValidatorAddr()));
    StakingKeeper keeper = new StakingKeeper(context.store());
    Validator validator =
        keeper
            .validator(operator)
            .filter(found -> keeper.delegation(delegator, operator).isPresent())
            .orElseThrow(
                () ->
                    new QueryException(
                        Status.Internal, "no delegation for (address, validator) tuple"));
    return QueryDelegatorValidatorResponse.newBuilder().setValidator(validator).build();
  }
}
