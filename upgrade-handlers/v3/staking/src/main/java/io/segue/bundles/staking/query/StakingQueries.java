package io.segue.bundles.staking.query;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.bundles.sdk.proto.staking.BondStatus;
import io.segue.bundles.sdk.proto.staking.Delegation;
import io.segue.bundles.sdk.proto.staking.DelegationResponse;
import io.segue.bundles.sdk.proto.staking.Pool;
import io.segue.bundles.sdk.proto.staking.QueryDelegationRequest;
import io.segue.bundles.sdk.proto.staking.QueryDelegationResponse;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorDelegationsRequest;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorDelegationsResponse;
import io.segue.bundles.sdk.proto.staking.QueryHistoricalInfoRequest;
import io.segue.bundles.sdk.proto.staking.QueryHistoricalInfoResponse;
import io.segue.bundles.sdk.proto.staking.QueryParamsRequest;
import io.segue.bundles.sdk.proto.staking.QueryParamsResponse;
import io.segue.bundles.sdk.proto.staking.QueryPoolRequest;
import io.segue.bundles.sdk.proto.staking.QueryPoolResponse;
import io.segue.bundles.sdk.proto.staking.QueryValidatorRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorResponse;
import io.segue.bundles.sdk.proto.staking.QueryValidatorsRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorsResponse;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.sdk.service.Services;
import io.segue.bundles.sdk.state.Range;
import io.segue.bundles.staking.delegation.Shares;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.state.StakingState;
import io.segue.bundles.staking.validator.StakingPool;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Supplier;

/** Staking's answers, with the texts of the Cosmos SDK's errors. */
public final class StakingQueries {
  private static final List<String> STATUSES =
      List.of(
          "",
          BondStatus.BOND_STATUS_BONDED.name(),
          BondStatus.BOND_STATUS_UNBONDED.name(),
          BondStatus.BOND_STATUS_UNBONDING.name());

  private final Addresses addresses;

  public StakingQueries(Addresses addresses) {
    this.addresses = addresses;
  }

  /** Adds the answers. */
  public void addTo(Services.Builder services) {
    services
        .query(
            QueryValidatorsRequest.getDefaultInstance(),
            QueryValidatorsResponse.getDefaultInstance(),
            this::validators)
        .query(
            QueryValidatorRequest.getDefaultInstance(),
            QueryValidatorResponse.getDefaultInstance(),
            this::validator)
        .query(
            QueryDelegationRequest.getDefaultInstance(),
            QueryDelegationResponse.getDefaultInstance(),
            this::delegation)
        .query(
            QueryDelegatorDelegationsRequest.getDefaultInstance(),
            QueryDelegatorDelegationsResponse.getDefaultInstance(),
            this::delegatorDelegations)
        .query(
            QueryPoolRequest.getDefaultInstance(),
            QueryPoolResponse.getDefaultInstance(),
            this::pool)
        .query(
            QueryParamsRequest.getDefaultInstance(),
            QueryParamsResponse.getDefaultInstance(),
            this::params)
        .query(
            QueryHistoricalInfoRequest.getDefaultInstance(),
            QueryHistoricalInfoResponse.getDefaultInstance(),
            this::historicalInfo);
    new DelegationQueries(addresses).addTo(services);
    new UnbondingQueries(addresses).addTo(services);
    new PowerQueries(addresses).addTo(services);
  }

  private QueryValidatorsResponse validators(Context context, QueryValidatorsRequest request) {
    String status = request.getStatus();
    if (!STATUSES.contains(status)) {
      throw new QueryException(Status.InvalidArgument, "invalid validator status " + status);
    }
    QueryValidatorsResponse.Builder response = QueryValidatorsResponse.newBuilder();
    PageResponse page =
        paged(
            () ->
                StakingState.VALIDATORS.page(
                    context.store(),
                    Range.all(),
                    request.getPagination(),
                    validator -> status.isEmpty() || validator.getStatus().name().equals(status),
                    response::addValidators));
    return response.setPagination(page).build();
  }

  private QueryValidatorResponse validator(Context context, QueryValidatorRequest request) {
    String operator = required("validator", request.getValidatorAddr());
    Validator validator =
        new StakingKeeper(context.store())
            .validator(addresses.parseOperator(operator))
            .orElseThrow(
                () -> new QueryException(Status.NotFound, "validator " + operator + " not found"));
    return QueryValidatorResponse.newBuilder().setValidator(validator).build();
  }

  private QueryDelegationResponse delegation(Context context, QueryDelegationRequest request) {
    String delegator = required("delegator", request.getDelegatorAddr());
    String operator = required("validator", request.getValidatorAddr());
    StakingKeeper keeper = new StakingKeeper(context.store());
    Delegation delegation =
        keeper
            .delegation(addresses.parseAccount(delegator), addresses.parseOperator(operator))
            .orElseThrow(
                () ->
                    new QueryException(
                        Status.NotFound,
                        "delegation with delegator "
                            + delegator
                            + " not found for validator "
                            + operator));
    return QueryDelegationResponse.newBuilder()
        .setDelegationResponse(withBalance(addresses, keeper, delegation))
        .build();
  }

  private QueryDelegatorDelegationsResponse delegatorDelegations(
      Context context, QueryDelegatorDelegationsRequest request) {
    byte[] delegator = addresses.parseAccount(required("delegator", request.getDelegatorAddr()));
    StakingKeeper keeper = new StakingKeeper(context.store());
    QueryDelegatorDelegationsResponse.Builder response =
        QueryDelegatorDelegationsResponse.newBuilder();
    PageResponse page =
        paged(
            () ->
                StakingState.DELEGATIONS.page(
                    context.store(),
                    StakingState.DELEGATION.startingWith(delegator),
                    request.getPagination(),
                    (key, delegation) ->
                        response.addDelegationResponses(
                            withBalance(addresses, keeper, delegation))));
    return response.setPagination(page).build();
  }

  /** A delegation with what it is worth. */
  static DelegationResponse withBalance(
      Addresses addresses, StakingKeeper keeper, Delegation delegation) {
    BigInteger worth =
        Shares.worth(
            validatorOf(addresses, keeper, delegation), Dec.parseScaled(delegation.getShares()));
    return DelegationResponse.newBuilder()
        .setDelegation(delegation)
        .setBalance(new Coins.Amount(keeper.params().getBondDenom(), worth).toProto())
        .build();
  }

  /** The validator that a delegation is to. */
  static Validator validatorOf(Addresses addresses, StakingKeeper keeper, Delegation delegation) {
    return keeper
        .validator(addresses.parseOperator(delegation.getValidatorAddress()))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "a delegation to "
                        + delegation.getValidatorAddress()
                        + " which is no validator"));
  }

  private QueryPoolResponse pool(Context context, QueryPoolRequest request) {
    String denom = new StakingKeeper(context.store()).params().getBondDenom();
    return QueryPoolResponse.newBuilder()
        .setPool(
            Pool.newBuilder()
                .setBondedTokens(StakingPool.BONDED.tokens(context, denom).toString())
                .setNotBondedTokens(StakingPool.NOT_BONDED.tokens(context, denom).toString()))
        .build();
  }

  private QueryParamsResponse params(Context context, QueryParamsRequest request) {
    return QueryParamsResponse.newBuilder()
        .setParams(new StakingKeeper(context.store()).params())
        .build();
  }

  /** No height's validators are kept: that is for light clients of other chains. */
  private QueryHistoricalInfoResponse historicalInfo(
      Context context, QueryHistoricalInfoRequest request) {
    if (request.getHeight() < 0) {
      throw new QueryException(Status.InvalidArgument, "height cannot be negative");
    }
    throw new QueryException(
        Status.NotFound, "historical info for height " + request.getHeight() + " not found");
  }

  /** The raw address of a delegator that is asked for. */
  static byte[] delegator(Addresses addresses, String text) {
    return addresses.parseAccount(required("delegator", text));
  }

  /** The one text of a validator's address that is asked for. */
  static String operator(Addresses addresses, String text) {
    return addresses.operator(addresses.parseOperator(required("validator", text)));
  }

  static String required(String what, String address) {
    if (address.isEmpty()) {
      throw new QueryException(Status.InvalidArgument, what + " address cannot be empty");
    }
    return address;
  }

  static PageResponse paged(Supplier<PageResponse> pages) {
    try {
      return pages.get();
    } catch (IllegalArgumentException e) {
      throw new QueryException(Status.Internal, String.valueOf(e.getMessage()));
    }
  }
}
