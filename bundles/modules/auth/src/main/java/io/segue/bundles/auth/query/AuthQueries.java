package io.segue.bundles.auth.query;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.segue.bundles.auth.account.Account;
import io.segue.bundles.auth.account.AccountKeeper;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.auth.AddressBytesToStringRequest;
import io.segue.bundles.sdk.proto.auth.AddressBytesToStringResponse;
import io.segue.bundles.sdk.proto.auth.AddressStringToBytesRequest;
import io.segue.bundles.sdk.proto.auth.AddressStringToBytesResponse;
import io.segue.bundles.sdk.proto.auth.Bech32PrefixRequest;
import io.segue.bundles.sdk.proto.auth.Bech32PrefixResponse;
import io.segue.bundles.sdk.proto.auth.QueryAccountAddressByIDRequest;
import io.segue.bundles.sdk.proto.auth.QueryAccountAddressByIDResponse;
import io.segue.bundles.sdk.proto.auth.QueryAccountInfoRequest;
import io.segue.bundles.sdk.proto.auth.QueryAccountInfoResponse;
import io.segue.bundles.sdk.proto.auth.QueryAccountRequest;
import io.segue.bundles.sdk.proto.auth.QueryAccountResponse;
import io.segue.bundles.sdk.proto.auth.QueryAccountsRequest;
import io.segue.bundles.sdk.proto.auth.QueryAccountsResponse;
import io.segue.bundles.sdk.proto.auth.QueryHasAccountRequest;
import io.segue.bundles.sdk.proto.auth.QueryHasAccountResponse;
import io.segue.bundles.sdk.proto.auth.QueryModuleAccountByNameRequest;
import io.segue.bundles.sdk.proto.auth.QueryModuleAccountByNameResponse;
import io.segue.bundles.sdk.proto.auth.QueryModuleAccountsRequest;
import io.segue.bundles.sdk.proto.auth.QueryModuleAccountsResponse;
import io.segue.bundles.sdk.proto.auth.QueryParamsRequest;
import io.segue.bundles.sdk.proto.auth.QueryParamsResponse;
import io.segue.bundles.sdk.service.Services;
import io.segue.bundles.sdk.state.Range;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;

/** The queries of {@code cosmos.auth.v1beta1.Query}, and what other modules ask. */
public final class AuthQueries {
  private final Addresses addresses;
  private final AccountKeeper keeper;

  public AuthQueries(Addresses addresses, AccountKeeper keeper) {
    this.addresses = addresses;
    this.keeper = keeper;
  }

  /** Adds the answers. */
  public void addTo(Services.Builder services) {
    services
        .query(
            QueryAccountRequest.getDefaultInstance(),
            QueryAccountResponse.getDefaultInstance(),
            this::account)
        .query(
            QueryAccountInfoRequest.getDefaultInstance(),
            QueryAccountInfoResponse.getDefaultInstance(),
            this::accountInfo)
        .query(
            QueryAccountsRequest.getDefaultInstance(),
            QueryAccountsResponse.getDefaultInstance(),
            this::accounts)
        .query(
            QueryAccountAddressByIDRequest.getDefaultInstance(),
            QueryAccountAddressByIDResponse.getDefaultInstance(),
            this::addressById)
        .query(
            QueryParamsRequest.getDefaultInstance(),
            QueryParamsResponse.getDefaultInstance(),
            this::params)
        .query(
            QueryModuleAccountsRequest.getDefaultInstance(),
            QueryModuleAccountsResponse.getDefaultInstance(),
            this::moduleAccounts)
        .query(
            QueryModuleAccountByNameRequest.getDefaultInstance(),
            QueryModuleAccountByNameResponse.getDefaultInstance(),
            this::moduleAccountByName)
        .query(
            Bech32PrefixRequest.getDefaultInstance(),
            Bech32PrefixResponse.getDefaultInstance(),
            this::bech32Prefix)
        .query(
            AddressBytesToStringRequest.getDefaultInstance(),
            AddressBytesToStringResponse.getDefaultInstance(),
            this::addressText)
        .query(
            AddressStringToBytesRequest.getDefaultInstance(),
            AddressStringToBytesResponse.getDefaultInstance(),
            this::addressBytes)
        .internalQuery(
            QueryHasAccountRequest.getDefaultInstance(),
            QueryHasAccountResponse.getDefaultInstance(),
            this::hasAccount);
  }

  private QueryAccountResponse account(Context context, QueryAccountRequest request) {
    String address = request.getAddress();
    Any account = find(context, address).toAny();
    return QueryAccountResponse.newBuilder().setAccount(account).build();
  }

  private QueryAccountInfoResponse accountInfo(Context context, QueryAccountInfoRequest request) {
    String address = request.getAddress();
    return QueryAccountInfoResponse.newBuilder().setInfo(find(context, address).base()).build();
  }

  private QueryAccountsResponse accounts(Context context, QueryAccountsRequest request) {
    QueryAccountsResponse.Builder response = QueryAccountsResponse.newBuilder();
    response.setPagination(
        keeper
            .accounts()
            .page(
                context.store(),
                Range.all(),
                request.getPagination(),
                (address, account) -> response.addAccounts(account.toAny())));
    return response.build();
  }

  @SuppressWarnings("deprecation") // the old field is refused by name
  private QueryAccountAddressByIDResponse addressById(
      Context context, QueryAccountAddressByIDRequest request) {
    if (request.getId() != 0) {
      throw new QueryException(
          Status.InvalidArgument,
          "requesting with id isn't supported, try to request using account-id");
    }
    byte[] address =
        keeper
            .addressOf(context.store(), request.getAccountId())
            .orElseThrow(
                () ->
                    new QueryException(
                        Status.NotFound,
                        "account address not found with account number "
                            + Long.toUnsignedString(request.getAccountId())));
    return QueryAccountAddressByIDResponse.newBuilder()
        .setAccountAddress(addresses.account(address))
        .build();
  }

  private QueryParamsResponse params(Context context, QueryParamsRequest request) {
    return QueryParamsResponse.newBuilder().setParams(keeper.params(context.store())).build();
  }

  private QueryModuleAccountsResponse moduleAccounts(
      Context context, QueryModuleAccountsRequest request) {
    QueryModuleAccountsResponse.Builder response = QueryModuleAccountsResponse.newBuilder();
    keeper
        .modules()
        .forEach(
            context.store(),
            Range.all(),
            (name, address) -> response.addAccounts(find(context, address, name).toAny()));
    return response.build();
  }

  private QueryModuleAccountByNameResponse moduleAccountByName(
      Context context, QueryModuleAccountByNameRequest request) {
    String name = request.getName();
    Account account = find(context, Addresses.module(name), name);
    if (!account.isModule()) {
      throw notFound(name);
    }
    return QueryModuleAccountByNameResponse.newBuilder().setAccount(account.toAny()).build();
  }

  private Bech32PrefixResponse bech32Prefix(Context context, Bech32PrefixRequest request) {
    return Bech32PrefixResponse.newBuilder().setBech32Prefix(addresses.prefix()).build();
  }

  private AddressBytesToStringResponse addressText(
      Context context, AddressBytesToStringRequest request) {
    byte[] address = request.getAddressBytes().toByteArray();
    if (address.length == 0) {
      throw new IllegalArgumentException("empty address bytes is not allowed");
    }
    return AddressBytesToStringResponse.newBuilder()
        .setAddressString(addresses.account(address))
        .build();
  }

  private AddressStringToBytesResponse addressBytes(
      Context context, AddressStringToBytesRequest request) {
    String text = request.getAddressString();
    return AddressStringToBytesResponse.newBuilder()
        .setAddressBytes(ByteString.copyFrom(addresses.parseAccount(text)))
        .build();
  }

  private Account find(Context context, String address) {
    if (address.isEmpty()) {
      throw new QueryException(Status.InvalidArgument, "Address cannot be empty");
    }
    return find(context, addresses.parseAccount(address), address);
  }

  private Account find(Context context, byte[] address, String name) {
    return keeper.find(context.store(), address).orElseThrow(() -> notFound(name));
  }

  private static QueryException notFound(String name) {
    return new QueryException(Status.NotFound, "account " + name + " not found");
  }

  private QueryHasAccountResponse hasAccount(Context context, QueryHasAccountRequest request) {
    boolean exists = keeper.accounts().has(context.store(), request.getAddress().toByteArray());
    return QueryHasAccountResponse.newBuilder().setExists(exists).build();
  }
}
