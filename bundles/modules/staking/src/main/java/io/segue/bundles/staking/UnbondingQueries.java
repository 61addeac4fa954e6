package io.segue.bundles.staking;

import com.google.protobuf.Message;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.Pages;
import io.segue.bundles.sdk.Proto;
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
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import io.segue.kernel.api.module.QueryHandler;
import java.math.BigInteger;
import java.util.Map;

/** Staking's answers about stake on its way: out of validators, and from one to another. */
final class UnbondingQueries {
  private final Addresses addresses;

  UnbondingQueries(Addresses addresses) {
    this.addresses = addresses;
  }

  void addTo(Map<String, QueryHandler> handlers) {
    StakingQueries.add(
        handlers,
        "ValidatorUnbondingDelegations",
        QueryValidatorUnbondingDelegationsRequest.parser(),
        this::ofValidator);
    StakingQueries.add(
        handlers,
        "DelegatorUnbondingDelegations",
        QueryDelegatorUnbondingDelegationsRequest.parser(),
        this::ofDelegator);
    StakingQueries.add(
        handlers, "UnbondingDelegation", QueryUnbondingDelegationRequest.parser(), this::unbonding);
    StakingQueries.add(
        handlers, "Redelegations", QueryRedelegationsRequest.parser(), this::redelegations);
  }

  /** They are picked out of all unbondings: none but an index by delegator is kept. */
  private Message ofValidator(Context context, QueryValidatorUnbondingDelegationsRequest request) {
    String operator = StakingQueries.operator(addresses, request.getValidatorAddr());
    QueryValidatorUnbondingDelegationsResponse.Builder response =
        QueryValidatorUnbondingDelegationsResponse.newBuilder();
    PageResponse page =
        StakingQueries.paged(
            () ->
                Pages.filtered(
                    context.store(),
                    StakingKeys.UNBONDING,
                    request.getPagination(),
                    (key, value, onPage) -> {
                      UnbondingDelegation unbonding =
                          Proto.stored(UnbondingDelegation.parser(), value);
                      boolean matches = unbonding.getValidatorAddress().equals(operator);
                      if (matches && onPage) {
                        response.addUnbondingResponses(unbonding);
                      }
                      return matches;
                    }));
    return response.setPagination(page).build();
  }

  private Message ofDelegator(Context context, QueryDelegatorUnbondingDelegationsRequest request) {
    byte[] delegator = StakingQueries.delegator(addresses, request.getDelegatorAddr());
    QueryDelegatorUnbondingDelegationsResponse.Builder response =
        QueryDelegatorUnbondingDelegationsResponse.newBuilder();
    PageResponse page =
        StakingQueries.paged(
            () ->
                Pages.of(
                    context.store(),
                    StakingKeys.of(StakingKeys.UNBONDING, delegator),
                    request.getPagination(),
                    (key, value) ->
                        response.addUnbondingResponses(
                            Proto.stored(UnbondingDelegation.parser(), value))));
    return response.setPagination(page).build();
  }

  private Message unbonding(Context context, QueryUnbondingDelegationRequest request) {
    byte[] delegator = StakingQueries.delegator(addresses, request.getDelegatorAddr());
    String operator = StakingQueries.operator(addresses, request.getValidatorAddr());
    UnbondingDelegation unbonding =
        new Unbondings(context, addresses).find(delegator, addresses.parseOperator(operator));
    if (unbonding == null) {
      throw new QueryException(
          Status.NotFound,
          "unbonding delegation with delegator "
              + request.getDelegatorAddr()
              + " not found for validator "
              + request.getValidatorAddr());
    }
    return QueryUnbondingDelegationResponse.newBuilder().setUnbond(unbonding).build();
  }

  /** By a way, by the validator that stake comes from, or by the account that it belongs to. */
  private Message redelegations(Context context, QueryRedelegationsRequest request) {
    String from = request.getSrcValidatorAddr();
    boolean byDelegator = !request.getDelegatorAddr().isEmpty();
    if (byDelegator && !from.isEmpty() && !request.getDstValidatorAddr().isEmpty()) {
      return oneRedelegation(context, request);
    }
    boolean bySource = !byDelegator && !from.isEmpty() && request.getDstValidatorAddr().isEmpty();
    String source = bySource ? StakingQueries.operator(addresses, from) : "";
    byte[] prefix =
        bySource
            ? StakingKeys.REDELEGATION
            : StakingKeys.of(
                StakingKeys.REDELEGATION,
                StakingQueries.delegator(addresses, request.getDelegatorAddr()));
    Stakes stakes = new Stakes(context.store());
    QueryRedelegationsResponse.Builder response = QueryRedelegationsResponse.newBuilder();
    PageResponse page =
        StakingQueries.paged(
            () ->
                Pages.filtered(
                    context.store(),
                    prefix,
                    request.getPagination(),
                    (key, value, onPage) -> {
                      Redelegation redelegation = Proto.stored(Redelegation.parser(), value);
                      boolean matches =
                          !bySource || redelegation.getValidatorSrcAddress().equals(source);
                      if (matches && onPage) {
                        response.addRedelegationResponses(withBalances(stakes, redelegation));
                      }
                      return matches;
                    }));
    return response.setPagination(page).build();
  }

  private Message oneRedelegation(Context context, QueryRedelegationsRequest request) {
    Redelegation redelegation =
        new Redelegations(context, addresses)
            .find(
                new Redelegations.Way(
                    StakingQueries.delegator(addresses, request.getDelegatorAddr()),
                    addresses.parseOperator(request.getSrcValidatorAddr()),
                    addresses.parseOperator(request.getDstValidatorAddr())));
    if (redelegation == null) {
      throw new QueryException(
          Status.NotFound,
          "redelegation not found for delegator address "
              + request.getDelegatorAddr()
              + " from validator address "
              + request.getSrcValidatorAddr());
    }
    return QueryRedelegationsResponse.newBuilder()
        .addRedelegationResponses(withBalances(new Stakes(context.store()), redelegation))
        .build();
  }

  /** As in the Cosmos SDK the entries stand beside the redelegation, each with what it is worth. */
  private RedelegationResponse withBalances(Stakes stakes, Redelegation redelegation) {
    RedelegationResponse.Builder response =
        RedelegationResponse.newBuilder().setRedelegation(redelegation.toBuilder().clearEntries());
    Validator to = stakes.validator(addresses.parseOperator(redelegation.getValidatorDstAddress()));
    for (RedelegationEntry entry : redelegation.getEntriesList()) {
      BigInteger worth =
          to == null ? BigInteger.ZERO : Shares.worth(to, Dec.parseScaled(entry.getSharesDst()));
      response.addEntriesBuilder().setRedelegationEntry(entry).setBalance(worth.toString());
    }
    return response.build();
  }
}
