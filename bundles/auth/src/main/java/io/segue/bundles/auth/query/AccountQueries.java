package io.segue.bundles.auth.query;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.segue.bundles.auth.account.Account;
import io.segue.bundles.auth.account.Accounts;
import io.segue.bundles.auth.account.AuthParams;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Pages;
import io.segue.bundles.sdk.Proto;
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
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import io.segue.kernel.api.module.QueryHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The queries of {@code cosmos.auth.v1beta1.Query}, and what other modules ask. */
public final class AccountQueries {
  private static final String SERVICE = "/cosmos.auth.v1beta1.Query/";
  private static final String INTERNAL = "/segue.auth.v1.Query/";

  private final Addresses addresses;

  public AccountQueries(Addresses addresses) {
    this.addresses = addresses;
  }

  /** The handlers by path. */
  public Map<String, QueryHandler> handlers() {
    Map<String, QueryHandler> handlers = new LinkedHashMap<>();
    handlers.put(SERVICE + "Account", this::account);
    handlers.put(SERVICE + "Accounts", this::accounts);
    handlers.put(SERVICE + "AccountInfo", this::accountInfo);
    handlers.put(SERVICE + "AccountAddressByID", this::addressById);
    handlers.put(SERVICE + "Params", this::params);
    handlers.put(SERVICE + "ModuleAccounts", this::moduleAccounts);
    handlers.put(SERVICE + "ModuleAccountByName", this::moduleAccountByName);
    handlers.put(SERVICE + "Bech32Prefix", this::bech32Prefix);
    handlers.put(SERVICE + "AddressBytesToString", this::addressText);
    handlers.put(SERVICE + "AddressStringToBytes", this::addressBytes);
    handlers.put(INTERNAL + "HasAccount", new HasAccount(addresses));
    return handlers;
  }

  private byte[] account(Context context, byte[] bytes) {
    String address = Proto.request(QueryAccountRequest.parser(), bytes).getAddress();
    Any account = find(context, address).toAny();
    return QueryAccountResponse.newBuilder().setAccount(account).build().toByteArray();
  }

  private byte[] accountInfo(Context context, byte[] bytes) {
    String address = Proto.request(QueryAccountInfoRequest.parser(), bytes).getAddress();
    return QueryAccountInfoResponse.newBuilder()
        .setInfo(find(context, address).base())
        .build()
        .toByteArray();
  }

  private byte[] accounts(Context context, byte[] bytes) {
    QueryAccountsRequest request = Proto.request(QueryAccountsRequest.parser(), bytes);
    QueryAccountsResponse.Builder response = QueryAccountsResponse.newBuilder();
    response.setPagination(
        Pages.of(
            context.store(),
            Accounts.ACCOUNT_PREFIX,
            request.getPagination(),
            (key, value) -> response.addAccounts(Account.parse(value).toAny())));
    return response.build().toByteArray();
  }

  @SuppressWarnings("deprecation") // the old field is refused by name
  private byte[] addressById(Context context, byte[] bytes) {
    QueryAccountAddressByIDRequest request =
        Proto.request(QueryAccountAddressByIDRequest.parser(), bytes);
    if (request.getId() != 0) {
      throw new QueryException(
          Status.InvalidArgument,
          "requesting with id isn't supported, try to request using account-id");
    }
    byte[] address = open(context).addressOf(request.getAccountId());
    if (address == null) {
      throw new QueryException(
          Status.NotFound,
          "account address not found with account number "
              + Long.toUnsignedString(request.getAccountId()));
    }
    return QueryAccountAddressByIDResponse.newBuilder()
        .setAccountAddress(addresses.account(address))
        .build()
        .toByteArray();
  }

  private byte[] params(Context context, byte[] bytes) {
    Proto.request(QueryParamsRequest.parser(), bytes);
    return QueryParamsResponse.newBuilder()
        .setParams(AuthParams.get(context.store()))
        .build()
        .toByteArray();
  }

  private byte[] moduleAccounts(Context context, byte[] bytes) {
    Proto.request(QueryModuleAccountsRequest.parser(), bytes);
    Accounts accounts = open(context);
    QueryModuleAccountsResponse.Builder response = QueryModuleAccountsResponse.newBuilder();
    for (Map.Entry<String, byte[]> module : accounts.modules().entrySet()) {
      Account account = accounts.find(module.getValue());
      response.addAccounts(present(account, module.getKey()).toAny());
    }
    return response.build().toByteArray();
  }

  private byte[] moduleAccountByName(Context context, byte[] bytes) {
    String name = Proto.request(QueryModuleAccountByNameRequest.parser(), bytes).getName();
    Account account = open(context).find(Addresses.module(name));
    if (account == null || !account.isModule()) {
      throw notFound(name);
    }
    return QueryModuleAccountByNameResponse.newBuilder()
        .setAccount(account.toAny())
        .build()
        .toByteArray();
  }

  private byte[] bech32Prefix(Context context, byte[] bytes) {
    Proto.request(Bech32PrefixRequest.parser(), bytes);
    return Bech32PrefixResponse.newBuilder()
        .setBech32Prefix(addresses.prefix())
        .build()
        .toByteArray();
  }

  private byte[] addressText(Context context, byte[] bytes) {
    byte[] address =
        Proto.request(AddressBytesToStringRequest.parser(), bytes).getAddressBytes().toByteArray();
    if (address.length == 0) {
      throw new IllegalArgumentException("empty address bytes is not allowed");
    }
    return AddressBytesToStringResponse.newBuilder()
        .setAddressString(addresses.account(address))
        .build()
        .toByteArray();
  }

  private byte[] addressBytes(Context context, byte[] bytes) {
    String text = Proto.request(AddressStringToBytesRequest.parser(), bytes).getAddressString();
    return AddressStringToBytesResponse.newBuilder()
        .setAddressBytes(ByteString.copyFrom(addresses.parseAccount(text)))
        .build()
        .toByteArray();
  }

  private Account find(Context context, String address) {
    if (address.isEmpty()) {
      throw new QueryException(Status.InvalidArgument, "Address cannot be empty");
    }
    return present(open(context).find(addresses.parseAccount(address)), address);
  }

  private Accounts open(Context context) {
    return new Accounts(context.store(), addresses);
  }

  private static Account present(@Nullable Account account, String name) {
    if (account == null) {
      throw notFound(name);
    }
    return account;
  }

  private static QueryException notFound(String name) {
    return new QueryException(Status.NotFound, "account " + name + " not found");
  }

  /** Only modules ask this. */
  private record HasAccount(Addresses addresses) implements QueryHandler {
    @Override
    public byte[] query(Context context, byte[] bytes) {
      byte[] address =
          Proto.request(QueryHasAccountRequest.parser(), bytes).getAddress().toByteArray();
      boolean exists = new Accounts(context.store(), addresses).has(address);
      return QueryHasAccountResponse.newBuilder().setExists(exists).build().toByteArray();
    }

    @Override
    public boolean internal() {
      return true;
    }
  }
}
