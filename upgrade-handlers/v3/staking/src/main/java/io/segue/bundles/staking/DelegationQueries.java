package io.segue.bundles.staking;

import com.google.protobuf.Message;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Pages;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.bundles.sdk.proto.staking.Delegation;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorUnbondingDelegationsRequest;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorUnbondingDelegationsResponse;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorValidatorRequest;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorValidatorResponse;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorValidatorsRequest;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorValidatorsResponse;
import io.segue.bundles.sdk.proto.staking.QueryHistoricalInfoRequest;
import io.segue.bundles.sdk.proto.staking.QueryRedelegationsRequest;
import io.segue.bundles.sdk.proto.staking.QueryRedelegationsResponse;
import io.segue.bundles.sdk.proto.staking.QueryUnbondingDelegationRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorDelegationsRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorDelegationsResponse;
import io.segue.bundles.sdk.proto.staking.QueryValidatorUnbondingDelegationsRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorUnbondingDelegationsResponse;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import io.segue.kernel.api.module.QueryHandler;
import java.util.Map;

/**
 * Staking's answers about the two sides of delegations. Nothing is unbonded or redelegated on a
 * chain of this module, so lists of that are empty, for clients that ask all the same.
 */
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
    StakingQueries.add(
        handlers,
        "ValidatorUnbondingDelegations",
        QueryValidatorUnbondingDelegationsRequest.parser(),
        this::validatorUnbonding);
    StakingQueries.add(
        handlers,
        "DelegatorUnbondingDelegations",
        QueryDelegatorUnbondingDelegationsRequest.parser(),
        this::delegatorUnbonding);
    StakingQueries.add(
        handlers, "UnbondingDelegation", QueryUnbondingDelegationRequest.parser(), this::unbonding);
    StakingQueries.add(
        handlers, "Redelegations", QueryRedelegationsRequest.parser(), this::redelegations);
    StakingQueries.add(
        handlers, "HistoricalInfo", QueryHistoricalInfoRequest.parser(), this::historicalInfo);
  }

  /** They are picked out of all delegations: none but an index by delegator is kept. */
  private Message validatorDelegations(Context context, QueryValidatorDelegationsRequest request) {
    String operator = operator(request.getValidatorAddr());
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
    byte[] delegator = delegator(request.getDelegatorAddr());
    Stakes stakes = new Stakes(context.store());
    QueryDelegatorValidatorsResponse.Builder response =
        QueryDelegatorValidatorsResponse.newBuilder();
    PageResponse page =
        StakingQueries.paged(
            () ->
                Pages.of(
                    context.store(),
                    StakingKeys.delegationsOf(delegator),
                    request.getPagination(),
                    (key, value) ->
                        response.addValidators(
                            StakingQueries.validatorOf(
                                addresses, stakes, Proto.stored(Delegation.parser(), value)))));
    return response.setPagination(page).build();
  }

  private Message delegatorValidator(Context context, QueryDelegatorValidatorRequest request) {
    byte[] delegator = delegator(request.getDelegatorAddr());
    byte[] operator = addresses.parseOperator(operator(request.getValidatorAddr()));
    Stakes stakes = new Stakes(context.store());
    Validator validator = stakes.validator(operator);
    if (validator == null || stakes.delegation(delegator, operator) == null) {
      throw new QueryException(Status.Internal, "no delegation for (address, validator) tuple");
    }
    return QueryDelegatorValidatorResponse.newBuilder().setValidator(validator).build();
  }

  private Message validatorUnbonding(
      Context context, QueryValidatorUnbondingDelegationsRequest request) {
    operator(request.getValidatorAddr());
    return QueryValidatorUnbondingDelegationsResponse.newBuilder()
        .setPagination(PageResponse.getDefaultInstance())
        .build();
  }

  private Message delegatorUnbonding(
      Context context, QueryDelegatorUnbondingDelegationsRequest request) {
    delegator(request.getDelegatorAddr());
    return QueryDelegatorUnbondingDelegationsResponse.newBuilder()
        .setPagination(PageResponse.getDefaultInstance())
        .build();
  }

  private Message unbonding(Context context, QueryUnbondingDelegationRequest request) {
    delegator(request.getDelegatorAddr());
    operator(request.getValidatorAddr());
    throw new QueryException(
        Status.NotFound,
        "unbonding delegation with delegator "
            + request.getDelegatorAddr()
            + " not found for validator "
            + request.getValidatorAddr());
  }

  private Message redelegations(Context context, QueryRedelegationsRequest request) {
    if (!request.getDelegatorAddr().isEmpty()
        && !request.getSrcValidatorAddr().isEmpty()
        && !request.getDstValidatorAddr().isEmpty()) {
      throw new QueryException(
          Status.NotFound,
          "redelegation not found for delegator address "
              + request.getDelegatorAddr()
              + " from validator address "
              + request.getSrcValidatorAddr());
    }
    return QueryRedelegationsResponse.newBuilder()
        .setPagination(PageResponse.getDefaultInstance())
        .build();
  }

  private Message historicalInfo(Context context, QueryHistoricalInfoRequest request) {
    if (request.getHeight() < 0) {
      throw new QueryException(Status.InvalidArgument, "height cannot be negative");
    }
    throw new QueryException(
        Status.NotFound, "historical info for height " + request.getHeight() + " not found");
  }

  private byte[] delegator(String text) {
    return addresses.parseAccount(StakingQueries.required("delegator", text));
  }

  /** The same text, checked. */
  private String operator(String text) {
    return addresses.operator(addresses.parseOperator(StakingQueries.required("validator", text)));
  }
}
