package io.segue.bundles.bank;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Pages;
import io.segue.bundles.sdk.Proto;
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
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import io.segue.kernel.api.module.QueryHandler;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The bank's answers, with the texts of the Cosmos SDK's errors. */
final class BankQueries {
  private static final String SERVICE = "/cosmos.bank.v1beta1.Query/";
  private static final String BALANCE_OF = "/segue.bank.v1.Query/BalanceOf";
  private static final String MAY_RECEIVE = "/segue.bank.v1.Query/MayReceive";

  private final Addresses addresses;
  private final ModuleAccounts accounts;

  BankQueries(Addresses addresses, ModuleAccounts accounts) {
    this.addresses = addresses;
    this.accounts = accounts;
  }

  /** The handlers, by path. */
  Map<String, QueryHandler> handlers() {
    Map<String, QueryHandler> handlers = new TreeMap<>();
    add(handlers, "Balance", QueryBalanceRequest.parser(), this::balance);
    add(handlers, "AllBalances", QueryAllBalancesRequest.parser(), this::allBalances);
    add(handlers, "SpendableBalances", QuerySpendableBalancesRequest.parser(), this::spendable);
    add(handlers, "TotalSupply", QueryTotalSupplyRequest.parser(), this::totalSupply);
    add(handlers, "SupplyOf", QuerySupplyOfRequest.parser(), this::supplyOf);
    add(handlers, "Params", QueryParamsRequest.parser(), this::params);
    add(handlers, "SendEnabled", QuerySendEnabledRequest.parser(), this::sendEnabled);
    add(
        handlers,
        "SpendableBalanceByDenom",
        QuerySpendableBalanceByDenomRequest.parser(),
        this::spendableByDenom);
    new DenomQueries(addresses).addTo(handlers);
    handlers.put(BALANCE_OF, new Internal(BankQueries::balanceOf));
    handlers.put(MAY_RECEIVE, new Internal(this::mayReceive));
    return handlers;
  }

  private Message balance(KVStore store, QueryBalanceRequest request) {
    requireDenom(request.getDenom());
    BigInteger amount = new Balances(store).of(address(request.getAddress()), request.getDenom());
    return QueryBalanceResponse.newBuilder()
        .setBalance(new Coins.Amount(request.getDenom(), amount).toProto())
        .build();
  }

  private Message allBalances(KVStore store, QueryAllBalancesRequest request) {
    List<Coins.Amount> balances = new ArrayList<>();
    PageResponse page = balances(store, request.getAddress(), request.getPagination(), balances);
    QueryAllBalancesResponse.Builder response =
        QueryAllBalancesResponse.newBuilder().setPagination(page);
    balances.forEach(balance -> response.addBalances(balance.toProto()));
    return response.build();
  }

  private Message spendable(KVStore store, QuerySpendableBalancesRequest request) {
    List<Coins.Amount> balances = new ArrayList<>();
    PageResponse page = balances(store, request.getAddress(), request.getPagination(), balances);
    QuerySpendableBalancesResponse.Builder response =
        QuerySpendableBalancesResponse.newBuilder().setPagination(page);
    balances.forEach(balance -> response.addBalances(balance.toProto()));
    return response.build();
  }

  private Message spendableByDenom(KVStore store, QuerySpendableBalanceByDenomRequest request) {
    byte[] address = address(request.getAddress());
    requireDenom(request.getDenom());
    BigInteger amount = new Balances(store).of(address, request.getDenom());
    return QuerySpendableBalanceByDenomResponse.newBuilder()
        .setBalance(new Coins.Amount(request.getDenom(), amount).toProto())
        .build();
  }

  private PageResponse balances(
      KVStore store, String account, PageRequest request, List<Coins.Amount> into) {
    byte[] address = address(account);
    return paged(() -> new Balances(store).page(address, request, into::add));
  }

  private Message totalSupply(KVStore store, QueryTotalSupplyRequest request) {
    QueryTotalSupplyResponse.Builder response = QueryTotalSupplyResponse.newBuilder();
    PageResponse page =
        paged(
            () ->
                Pages.of(
                    store,
                    BankKeys.SUPPLY,
                    request.getPagination(),
                    (denom, value) -> response.addSupply(Supply.coin(denom, value).toProto())));
    return response.setPagination(page).build();
  }

  private Message supplyOf(KVStore store, QuerySupplyOfRequest request) {
    requireDenom(request.getDenom());
    BigInteger amount = new Supply(store).of(request.getDenom());
    return QuerySupplyOfResponse.newBuilder()
        .setAmount(new Coins.Amount(request.getDenom(), amount).toProto())
        .build();
  }

  private Message params(KVStore store, QueryParamsRequest request) {
    return QueryParamsResponse.newBuilder().setParams(SendParams.read(store)).build();
  }

  private Message sendEnabled(KVStore store, QuerySendEnabledRequest request) {
    List<SendEnabled> entries = SendParams.read(store).getSendEnabledList();
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

  static <T> void add(
      Map<String, QueryHandler> handlers,
      String method,
      Parser<T> parser,
      BiFunction<KVStore, T, Message> answer) {
    handlers.put(
        SERVICE + method,
        (context, request) ->
            answer.apply(context.store(), Proto.request(parser, request)).toByteArray());
  }

  private static Message balanceOf(KVStore store, byte[] request) {
    BalanceOfRequest of = Proto.request(BalanceOfRequest.parser(), request);
    BigInteger amount = new Balances(store).of(of.getAddress().toByteArray(), of.getDenom());
    return BalanceOfResponse.newBuilder().setAmount(amount.toString()).build();
  }

  private Message mayReceive(KVStore store, byte[] request) {
    MayReceiveRequest asked = Proto.request(MayReceiveRequest.parser(), request);
    boolean blocked = accounts.blocked(asked.getAddress().toByteArray());
    return MayReceiveResponse.newBuilder().setMay(!blocked).build();
  }

  /** An answer for other modules. */
  private record Internal(BiFunction<KVStore, byte[], Message> answer) implements QueryHandler {
    @Override
    public byte[] query(Context context, byte[] request) {
      return answer.apply(context.store(), request).toByteArray();
    }

    @Override
    public boolean internal() {
      return true;
    }
  }
}
