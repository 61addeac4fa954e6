package io.segue.bundles.bank;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.bank.DenomOwner;
import io.segue.bundles.sdk.proto.bank.Metadata;
import io.segue.bundles.sdk.proto.bank.QueryDenomMetadataByQueryStringRequest;
import io.segue.bundles.sdk.proto.bank.QueryDenomMetadataByQueryStringResponse;
import io.segue.bundles.sdk.proto.bank.QueryDenomMetadataRequest;
import io.segue.bundles.sdk.proto.bank.QueryDenomMetadataResponse;
import io.segue.bundles.sdk.proto.bank.QueryDenomOwnersByQueryRequest;
import io.segue.bundles.sdk.proto.bank.QueryDenomOwnersByQueryResponse;
import io.segue.bundles.sdk.proto.bank.QueryDenomOwnersRequest;
import io.segue.bundles.sdk.proto.bank.QueryDenomOwnersResponse;
import io.segue.bundles.sdk.proto.bank.QueryDenomsMetadataRequest;
import io.segue.bundles.sdk.proto.bank.QueryDenomsMetadataResponse;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.bundles.sdk.service.Services;
import io.segue.bundles.sdk.state.Range;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import io.segue.upgrade.handlers.v2.bank.proto.QueryHoldersRequest;
import io.segue.upgrade.handlers.v2.bank.proto.QueryHoldersResponse;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The bank's answers about denominations: how they are shown and who holds them. Some are there
 * twice, for a denomination with slashes can't be part of a path.
 */
final class DenomQueries {
  private final Addresses addresses;
  private final BankState state;

  DenomQueries(Addresses addresses, BankState state) {
    this.addresses = addresses;
    this.state = state;
  }

  void addTo(Services.Builder services) {
    services
        .query(
            QueryDenomMetadataRequest.getDefaultInstance(),
            QueryDenomMetadataResponse.getDefaultInstance(),
            this::denomMetadata)
        .query(
            QueryDenomMetadataByQueryStringRequest.getDefaultInstance(),
            QueryDenomMetadataByQueryStringResponse.getDefaultInstance(),
            this::denomMetadataByQueryString)
        .query(
            QueryDenomsMetadataRequest.getDefaultInstance(),
            QueryDenomsMetadataResponse.getDefaultInstance(),
            this::denomsMetadata)
        .query(
            QueryDenomOwnersRequest.getDefaultInstance(),
            QueryDenomOwnersResponse.getDefaultInstance(),
            this::owners)
        .query(
            QueryDenomOwnersByQueryRequest.getDefaultInstance(),
            QueryDenomOwnersByQueryResponse.getDefaultInstance(),
            this::ownersByQuery)
        .query(
            QueryHoldersRequest.getDefaultInstance(),
            QueryHoldersResponse.getDefaultInstance(),
            this::holders);
  }

  private QueryDenomMetadataResponse denomMetadata(
      Context context, QueryDenomMetadataRequest request) {
    return QueryDenomMetadataResponse.newBuilder()
        .setMetadata(metadata(context.store(), request.getDenom()))
        .build();
  }

  private QueryDenomMetadataByQueryStringResponse denomMetadataByQueryString(
      Context context, QueryDenomMetadataByQueryStringRequest request) {
    return QueryDenomMetadataByQueryStringResponse.newBuilder()
        .setMetadata(metadata(context.store(), request.getDenom()))
        .build();
  }

  private Metadata metadata(KVStore store, String denom) {
    BankQueries.requireDenom(denom);
    return state
        .metadata
        .find(store, denom)
        .orElseThrow(
            () -> new QueryException(Status.NotFound, "client metadata for denom " + denom));
  }

  private QueryDenomsMetadataResponse denomsMetadata(
      Context context, QueryDenomsMetadataRequest request) {
    QueryDenomsMetadataResponse.Builder response = QueryDenomsMetadataResponse.newBuilder();
    PageResponse page =
        BankQueries.paged(
            () ->
                state.metadata.page(
                    context.store(),
                    Range.all(),
                    request.getPagination(),
                    (denom, metadata) -> response.addMetadatas(metadata)));
    return response.setPagination(page).build();
  }

  private QueryDenomOwnersResponse owners(Context context, QueryDenomOwnersRequest request) {
    List<DenomOwner> owners = new ArrayList<>();
    PageResponse page =
        owners(context.store(), request.getDenom(), request.getPagination(), owners);
    return QueryDenomOwnersResponse.newBuilder()
        .addAllDenomOwners(owners)
        .setPagination(page)
        .build();
  }

  private QueryDenomOwnersByQueryResponse ownersByQuery(
      Context context, QueryDenomOwnersByQueryRequest request) {
    List<DenomOwner> owners = new ArrayList<>();
    PageResponse page =
        owners(context.store(), request.getDenom(), request.getPagination(), owners);
    return QueryDenomOwnersByQueryResponse.newBuilder()
        .addAllDenomOwners(owners)
        .setPagination(page)
        .build();
  }

  private PageResponse owners(
      KVStore store, String denom, PageRequest request, List<DenomOwner> into) {
    BankQueries.requireDenom(denom);
    return BankQueries.paged(
        () ->
            state
                .balances
                .rows()
                .page(
                    store,
                    BankState.BALANCE.startingWith(denom),
                    request,
                    (key, amount) -> into.add(owner(key.second(), denom, amount))));
  }

  private QueryHoldersResponse holders(Context context, QueryHoldersRequest request) {
    List<DenomOwner> owners = new ArrayList<>();
    PageResponse page =
        owners(context.store(), request.getDenom(), request.getPagination(), owners);
    QueryHoldersResponse.Builder response = QueryHoldersResponse.newBuilder().setPagination(page);
    owners.forEach(
        owner ->
            response
                .addHoldersBuilder()
                .setAddress(owner.getAddress())
                .setBalance(owner.getBalance()));
    return response.build();
  }

  private DenomOwner owner(byte[] address, String denom, BigInteger amount) {
    return DenomOwner.newBuilder()
        .setAddress(addresses.account(address))
        .setBalance(new Coins.Amount(denom, amount).toProto())
        .build();
  }
}
