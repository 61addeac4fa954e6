package io.segue.bundles.staking;

import com.google.protobuf.Message;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Pages;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.bundles.sdk.proto.staking.Delegation;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorValidatorRequest;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorValidatorResponse;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorValidatorsRequest;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorValidatorsResponse;
import io.segue.bundles.sdk.proto.staking.QueryValidatorDelegationsRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorDelegationsResponse;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import io.segue.kernel.api.module.QueryHandler;
import java.util.Map;

/** Staking's answers about the two sides of delegations. */
final class DelegationQueries {
  private final Addresses addresses;

  DelegationQueries(Addresses addresses) {
    this.addresses = addresses;
  }

  void addTo(Map<String, QueryHandler> handlers) {
    StakingQueries.add(
        handlers,
        "ValidatorDelegations",
        QueryValidatorDelegationsRequest.parser(),
        this::validatorDelegations);
    StakingQueries.add(
        handlers,
        "DelegatorValidators",
        QueryDelegatorValidatorsRequest.parser(),
        this::delegatorValidators);
    StakingQueries.add(
        handlers,
        "DelegatorValidator",
        QueryDelegatorValidatorRequest.parser(),
        this::delegatorValidator);
  }

  /** They are picked out of all delegations: none but an index by delegator is kept. */
  private Message validatorDelegations(Context context, QueryValidatorDelegationsRequest request) {
    String operator = StakingQueries.operator(addresses, request.getValidatorAddr());
    Stakes stakes = new Stakes(context.store());
    QueryValidatorDelegationsResponse.Builder response =
        QueryValidatorDelegationsResponse.newBuilder();
    PageResponse page =
        StakingQueries.paged(
            () ->
                Pages.filtered(
                    context.store(),
                    StakingKeys.DELEGATION,
                    request.getPagination(),
                    (key, value, onPage) -> {
                      Delegation delegation = Proto.stored(Delegation.parser(), value);
                      if (!delegation.getValidatorAddress().equals(operator)) {
                        return false;
                      }
                      if (onPage) {
                        response.addDelegationResponses(
                            StakingQueries.withBalance(addresses, stakes, delegation));
                      }
                      return true;
                    }));
    return response.setPagination(page).build();
  }

  private Message delegatorValidators(Context context, QueryDelegatorValidatorsRequest request) {
    byte[] delegator = StakingQueries.delegator(addresses, request.getDelegatorAddr());
    Stakes stakes = new Stakes(context.store());
    QueryDelegatorValidatorsResponse.Builder response =
        QueryDelegatorValidatorsResponse.newBuilder();
    PageResponse page =
        StakingQueries.paged(
            () ->
                Pages.of(
                    context.store(),
                    StakingKeys.of(StakingKeys.DELEGATION, delegator),
                    request.getPagination(),
                    (key, value) ->
                        response.addValidators(
                            StakingQueries.validatorOf(
                                addresses, stakes, Proto.stored(Delegation.parser(), value)))));
    return response.setPagination(page).build();
  }

  private Message delegatorValidator(Context context, QueryDelegatorValidatorRequest request) {
    byte[] delegator = StakingQueries.delegator(addresses, request.getDelegatorAddr());
    byte[] operator =
        addresses.parseOperator(StakingQueries.operator(addresses, request.getValidatorAddr()));
    Stakes stakes = new Stakes(context.store());
    Validator validator = stakes.validator(operator);
    if (validator == null || stakes.delegation(delegator, operator) == null) {
      throw new QueryException(Status.Internal, "no delegation for (address, validator) tuple");
    }
    return QueryDelegatorValidatorResponse.newBuilder().setValidator(validator).build();
  }
}
