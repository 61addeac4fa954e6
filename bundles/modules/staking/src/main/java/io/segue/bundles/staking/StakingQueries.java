package io.segue.bundles.staking;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.Pages;
import io.segue.bundles.sdk.Proto;
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
import io.segue.bundles.sdk.proto.staking.QueryParamsRequest;
import io.segue.bundles.sdk.proto.staking.QueryParamsResponse;
import io.segue.bundles.sdk.proto.staking.QueryPoolRequest;
import io.segue.bundles.sdk.proto.staking.QueryPoolResponse;
import io.segue.bundles.sdk.proto.staking.QueryValidatorRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorResponse;
import io.segue.bundles.sdk.proto.staking.QueryValidatorsRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorsResponse;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import io.segue.kernel.api.module.QueryHandler;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Staking's answers, with the texts of the Cosmos SDK's errors. */
final class StakingQueries {
  private static final String SERVICE = "/cosmos.staking.v1beta1.Query/";
  private static final List<String> STATUSES =
      List.of(
          "",
          BondStatus.BOND_STATUS_BONDED.name(),
          BondStatus.BOND_STATUS_UNBONDED.name(),
          BondStatus.BOND_STATUS_UNBONDING.name());

  private final Addresses addresses;

  StakingQueries(Addresses addresses) {
    this.addresses = addresses;
  }

  /** The handlers, by path. */
  Map<String, QueryHandler> handlers() {
    Map<String, QueryHandler> handlers = new TreeMap<>();
    add(handlers, "Validators", QueryValidatorsRequest.parser(), this::validators);
    add(handlers, "Validator", QueryValidatorRequest.parser(), this::validator);
    add(handlers, "Delegation", QueryDelegationRequest.parser(), this::delegation);
    add(
        handlers,
        "DelegatorDelegations",
        QueryDelegatorDelegationsRequest.parser(),
        this::delegatorDelegations);
    new DelegationQueries(addresses).addTo(handlers);
    add(handlers, "Pool", QueryPoolRequest.parser(), this::pool);
    add(handlers, "Params", QueryParamsRequest.parser(), this::params);
    add(handlers, "HistoricalInfo", QueryHistoricalInfoRequest.parser(), this::historicalInfo);
    new UnbondingQueries(addresses).addTo(handlers);
    new PowerQueries(addresses).addTo(handlers);
    return handlers;
  }

  private Message validators(Context context, QueryValidatorsRequest request) {
    String status = request.getStatus();
    if (!STATUSES.contains(status)) {
      throw new QueryException(Status.InvalidArgument, "invalid validator status " + status);
    }
    QueryValidatorsResponse.Builder response = QueryValidatorsResponse.newBuilder();
    PageResponse page =
        paged(
            () ->
                Pages.filtered(
                    context.store(),
                    StakingKeys.VALIDATOR,
                    request.getPagination(),
                    (key, value, onPage) -> {
                      Validator validator = Proto.stored(Validator.parser(), value);
                      if (!status.isEmpty() && !validator.getStatus().name().equals(status)) {
                        return false;
                      }
                      if (onPage) {
                        response.addValidators(validator);
                      }
                      return true;
                    }));
    return response.setPagination(page).build();
  }

  private Message validator(Context context, QueryValidatorRequest request) {
    String operator = required("validator", request.getValidatorAddr());
    Validator validator = new Stakes(context.store()).validator(addresses.parseOperator(operator));
    if (validator == null) {
      throw new QueryException(Status.NotFound, "validator " + operator + " not found");
    }
    return QueryValidatorResponse.newBuilder().setValidator(validator).build();
  }

  private Message delegation(Context context, QueryDelegationRequest request) {
    String delegator = required("delegator", request.getDelegatorAddr());
    String operator = required("validator", request.getValidatorAddr());
    Stakes stakes = new Stakes(context.store());
    Delegation delegation =
        stakes.delegation(addresses.parseAccount(delegator), addresses.parseOperator(operator));
    if (delegation == null) {
      throw new QueryException(
          Status.NotFound,
          "delegation with delegator " + delegator + " not found for validator " + operator);
    }
    return QueryDelegationResponse.newBuilder()
        .setDelegationResponse(withBalance(addresses, stakes, delegation))
        .build();
  }

  private Message delegatorDelegations(Context context, QueryDelegatorDelegationsRequest request) {
    byte[] delegator = addresses.parseAccount(required("delegator", request.getDelegatorAddr()));
    Stakes stakes = new Stakes(context.store());
    QueryDelegatorDelegationsResponse.Builder response =
        QueryDelegatorDelegationsResponse.newBuilder();
    PageResponse page =
        paged(
            () ->
                Pages.of(
                    context.store(),
                    StakingKeys.of(StakingKeys.DELEGATION, delegator),
                    request.getPagination(),
                    (operator, value) ->
                        response.addDelegationResponses(
                            withBalance(
                                addresses, stakes, Proto.stored(Delegation.parser(), value)))));
    return response.setPagination(page).build();
  }

  /** A delegation with what it is worth. */
  static DelegationResponse withBalance(Addresses addresses, Stakes stakes, Delegation delegation) {
    BigInteger worth =
        Shares.worth(
            validatorOf(addresses, stakes, delegation), Dec.parseScaled(delegation.getShares()));
    return DelegationResponse.newBuilder()
        .setDelegation(delegation)
        .setBalance(new Coins.Amount(stakes.params().getBondDenom(), worth).toProto())
        .build();
  }

  /** The validator that a delegation is to. */
  static Validator validatorOf(Addresses addresses, Stakes stakes, Delegation delegation) {
    Validator validator =
        stakes.validator(addresses.parseOperator(delegation.getValidatorAddress()));
    if (validator == null) {
      throw new IllegalStateException(
          "a delegation to " + delegation.getValidatorAddress() + " which is no validator");
    }
    return validator;
  }

  private Message pool(Context context, QueryPoolRequest request) {
    String denom = new Stakes(context.store()).params().getBondDenom();
    return QueryPoolResponse.newBuilder()
        .setPool(
            Pool.newBuilder()
                .setBondedTokens(Pools.BONDED.tokens(context, denom).toString())
                .setNotBondedTokens(Pools.NOT_BONDED.tokens(context, denom).toString()))
        .build();
  }

  private Message params(Context context, QueryParamsRequest request) {
    return QueryParamsResponse.newBuilder().setParams(new Stakes(context.store()).params()).build();
  }

  /** No height's validators are kept: that is for light clients of other chains. */
  private Message historicalInfo(Context context, QueryHistoricalInfoRequest request) {
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

  static <T> void add(
      Map<String, QueryHandler> handlers,
      String method,
      Parser<T> parser,
      BiFunction<Context, T, Message> answer) {
    handlers.put(
        SERVICE + method,
        (context, request) -> answer.apply(context, Proto.request(parser, request)).toByteArray());
  }
}
