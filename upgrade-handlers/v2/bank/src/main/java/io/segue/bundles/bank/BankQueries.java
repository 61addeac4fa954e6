package io.segue.bundles.bank;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.bank.BalanceOfRequest;
import io.segue.bundles.sdk.proto.bank.BalanceOfResponse;
import io.segue.bundles.sdk.proto.bank.MayReceiveRequest;
import io.segue.bundles.sdk.proto.bank.MayReceiveResponse;
import io.segue.bundles.sdk.proto.bank.QueryAllBalancesRequest;
import io.segue.bundles.sdk.proto.bank.QueryAllBalancesResponse;
import io.segue.bundles.sdk.proto.bank.QueryBalanceRequest;
import io.segue.bundles.sdk.proto.bank.QueryBalanceResponse;
import io.segue.bundles.sdk.proto.bank.QueryParamsRequest;
import io.segue.bundles.sdk.proto.bank.QueryParamsResponse;
import io.segue.bundles.sdk.proto.bank.QuerySendEnabledRequest;
import io.segue.bundles.sdk.proto.bank.QuerySendEnabledResponse;
import io.segue.bundles.sdk.proto.bank.QuerySpendableBalanceByDenomRequest;
import io.segue.bundles.sdk.proto.bank.QuerySpendableBalanceByDenomResponse;
import io.segue.bundles.sdk.proto.bank.QuerySpendableBalancesRequest;
import io.segue.bundles.sdk.proto.bank.QuerySpendableBalancesResponse;
import io.segue.bundles.sdk.proto.bank.QuerySupplyOfRequest;
import io.segue.bundles.sdk.proto.bank.QuerySupplyOfResponse;
import io.segue.bundles.sdk.proto.bank.QueryTotalSupplyRequest;
import io.segue.bundles.sdk.proto.bank.QueryTotalSupplyResponse;
import io.segue.bundles.sdk.proto.bank.SendEnabled;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.bundles.sdk.service.Services;
import io.segue.bundles.sdk.state.Range;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The bank's answers, with the texts of the Cosmos SDK's errors. */
final class BankQueries {
  private final Addresses addresses;
  private final ModuleAccounts accounts;
  private final BankState state;
  private final BankParams params;

  BankQueries(Addresses addresses, ModuleAccounts accounts, BankState state, BankParams params) {
    this.addresses = addresses;
    this.accounts = accounts;
    this.state = state;
    this.params = params;
  }

  /** Adds the answers. */
  void addTo(Services.Builder services) {
    services
        .query(
            QueryBalanceRequest.getDefaultInstance(),
            QueryBalanceResponse.getDefaultInstance(),
            this::balance)
        .query(
            QueryAllBalancesRequest.getDefaultInstance(),
            QueryAllBalancesResponse.getDefaultInstance(),
            this::allBalances)
        .query(
            QuerySpendableBalancesRequest.getDefaultInstance(),
            QuerySpendableBalancesResponse.getDefaultInstance(),
            this::spendable)
        .query(
            QuerySpendableBalanceByDenomRequest.getDefaultInstance(),
            QuerySpendableBalanceByDenomResponse.getDefaultInstance(),
            this::spendableByDenom)
        .query(
            QueryTotalSupplyRequest.getDefaultInstance(),
            QueryTotalSupplyResponse.getDefaultInstance(),
            this::totalSupply)
        .query(
            QuerySupplyOfRequest.getDefaultInstance(),
            QuerySupplyOfResponse.getDefaultInstance(),
            this::supplyOf)
        .query(
            QueryParamsRequest.getDefaultInstance(),
            QueryParamsResponse.getDefaultInstance(),
            this::params)
        .query(
            QuerySendEnabledRequest.getDefaultInstance(),
            QuerySendEnabledResponse.getDefaultInstance(),
            this::sendEnabled)
        .internalQuery(
            BalanceOfRequest.getDefaultInstance(),
            BalanceOfResponse.getDefaultInstance(),
            this::balanceOf)
        .internalQuery(
            MayReceiveRequest.getDefaultInstance(),
            MayReceiveResponse.getDefaultInstance(),
            this::mayReceive);
    new DenomQueries(addresses, state).addTo(services);
  }

  private QueryBalanceResponse balance(Context context, QueryBalanceRequest request) {
    requireDenom(request.getDenom());
    BigInteger amount =
        state.balance(context.store(), address(request.getAddress()), request.getDenom());
    return QueryBalanceResponse.newBuilder()
        .setBalance(new Coins.Amount(request.getDenom(), amount).toProto())
        .build();
  }

  private QueryAllBalancesResponse allBalances(Context context, QueryAllBalancesRequest request) {
    List<Coins.Amount> balances = new ArrayList<>();
    PageResponse page =
        balances(context.store(), request.getAddress(), request.getPagination(), balances);
    QueryAllBalancesResponse.Builder response =
        QueryAllBalancesResponse.newBuilder().setPagination(page);
    balances.forEach(balance -> response.addBalances(balance.toProto()));
    return response.build();
  }

  private QuerySpendableBalancesResponse spendable(
      Context context, QuerySpendableBalancesRequest request) {
    List<Coins.Amount> balances = new ArrayList<>();
    PageResponse page =
        balances(context.store(), request.getAddress(), request.getPagination(), balances);
    QuerySpendableBalancesResponse.Builder response =
        QuerySpendableBalancesResponse.newBuilder().setPagination(page);
    balances.forEach(balance -> response.addBalances(balance.toProto()));
    return response.build();
  }

  private QuerySpendableBalanceByDenomResponse spendableByDenom(
      Context context, QuerySpendableBalanceByDenomRequest request) {
    byte[] address = address(request.getAddress());
    requireDenom(request.getDenom());
    BigInteger amount = state.balance(context.store(), address, request.getDenom());
    return QuerySpendableBalanceByDenomResponse.newBuilder()
        .setBalance(new Coins.Amount(request.getDenom(), amount).toProto())
        .build();
  }

  private PageResponse balances(
      KVStore store, String account, PageRequest request, List<Coins.Amount> into) {
    byte[] address = address(account);
    return paged(
        () ->
            state.holdings.page(
                store,
                BankState.HOLDING.startingWith(address),
                request,
                key ->
                    into.add(
                        new Coins.Amount(
                            key.second(), state.balance(store, address, key.second())))));
  }

  private QueryTotalSupplyResponse totalSupply(Context context, QueryTotalSupplyRequest request) {
    QueryTotalSupplyResponse.Builder response = QueryTotalSupplyResponse.newBuilder();
    PageResponse page =
        paged(
            () ->
                state.supply.page(
                    context.store(),
                    Range.all(),
                    request.getPagination(),
                    (denom, amount) ->
                        response.addSupply(new Coins.Amount(denom, amount).toProto())));
    return response.setPagination(page).build();
  }

  private QuerySupplyOfResponse supplyOf(Context context, QuerySupplyOfRequest request) {
    requireDenom(request.getDenom());
    BigInteger amount = state.supply.getOr(context.store(), request.getDenom(), BigInteger.ZERO);
    return QuerySupplyOfResponse.newBuilder()
        .setAmount(new Coins.Amount(request.getDenom(), amount).toProto())
        .build();
  }

  private QueryParamsResponse params(Context context, QueryParamsRequest request) {
    return QueryParamsResponse.newBuilder().setParams(params.get(context.store())).build();
  }

  private QuerySendEnabledResponse sendEnabled(Context context, QuerySendEnabledRequest request) {
    List<SendEnabled> entries = params.get(context.store()).getSendEnabledList();
    QuerySendEnabledResponse.Builder response = QuerySendEnabledResponse.newBuilder();
    if (request.getDenomsCount() > 0) {
      for (SendEnabled entry : entries) {
        if (request.getDenomsList().contains(entry.getDenom())) {
          response.addSendEnabled(entry);
        }
      }
      return response.build();
    }
    return response
        .addAllSendEnabled(entries)
        .setPagination(PageResponse.newBuilder().setTotal(entries.size()))
        .build();
  }

  private byte[] address(String text) {
    try {
      return addresses.parseAccount(text);
    } catch (IllegalArgumentException e) {
      throw new QueryException(Status.InvalidArgument, "invalid address: " + e.getMessage());
    }
  }

  static void requireDenom(String denom) {
    if (!Coins.validDenom(denom)) {
      throw new QueryException(Status.InvalidArgument, "invalid denom: " + denom);
    }
  }

  static PageResponse paged(Supplier<PageResponse> pages) {
    try {
      return pages.get();
    } catch (IllegalArgumentException e) {
      throw new QueryException(Status.InvalidArgument, "paginate: " + e.getMessage());
    }
  }

  private BalanceOfResponse balanceOf(Context context, BalanceOfRequest request) {
    BigInteger amount =
        state.balance(context.store(), request.getAddress().toByteArray(), request.getDenom());
    return BalanceOfResponse.newBuilder().setAmount(amount.toString()).build();
  }

  private MayReceiveResponse mayReceive(Context context, MayReceiveRequest request) {
    boolean blocked = accounts.blocked(request.getAddress().toByteArray());
    return MayReceiveResponse.newBuilder().setMay(!blocked).build();
  }
}
