package io.segue.bundles.bank;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Pages;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import io.segue.kernel.api.module.QueryHandler;
import io.segue.upgrade.handlers.v2.bank.proto.QueryHoldersRequest;
import io.segue.upgrade.handlers.v2.bank.proto.QueryHoldersResponse;
import io.segue.upgrade.handlers.v2.bank.proto.QueryParamsResponse;
import java.util.Map;
import java.util.TreeMap;

/** The answers that version 2 of the bank adds. */
final class V2Queries {
  private static final String SERVICE = "/segue.bank.v2.Query/";

  private final Addresses addresses;

  V2Queries(Addresses addresses) {
    this.addresses = addresses;
  }

  /** The handlers, by path. */
  Map<String, QueryHandler> handlers() {
    return new TreeMap<>(
        Map.of(SERVICE + "Params", V2Queries::params, SERVICE + "Holders", this::holders));
  }

  private static byte[] params(Context context, byte[] request) {
    return QueryParamsResponse.newBuilder()
        .setParams(FeeBurn.read(context.store()))
        .build()
        .toByteArray();
  }

  private byte[] holders(Context context, byte[] bytes) {
    QueryHoldersRequest request = Proto.request(QueryHoldersRequest.parser(), bytes);
    String denom = request.getDenom();
    if (!Coins.validDenom(denom)) {
      throw new QueryException(Status.InvalidArgument, "invalid denom: " + denom);
    }
    QueryHoldersResponse.Builder response = QueryHoldersResponse.newBuilder();
    PageResponse page =
        BankQueries.paged(
            () ->
                Pages.of(
                    context.store(),
                    BankKeys.balancesOf(denom),
                    request.getPagination(),
                    (address, value) ->
                        response
                            .addHoldersBuilder()
                            .setAddress(addresses.account(address))
                            .setBalance(
                                new Coins.Amount(denom, Balances.amount(value)).toProto())));
    return response.setPagination(page).build().toByteArray();
  }
}
