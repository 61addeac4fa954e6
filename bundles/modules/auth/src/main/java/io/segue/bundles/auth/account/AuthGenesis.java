package io.segue.bundles.auth.account;

import com.google.protobuf.Any;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.GenesisWriter;
import io.segue.bundles.sdk.JsonParts;
import io.segue.bundles.sdk.JsonParts.Part;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.auth.BaseAccount;
import io.segue.bundles.sdk.proto.auth.GenesisState;
import io.segue.bundles.sdk.proto.auth.ModuleAccount;
import io.segue.bundles.sdk.proto.auth.Params;
import io.segue.bundles.sdk.state.Range;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The module's genesis: {@code params} and {@code accounts}, as the Cosmos SDK writes them.
 *
 * <p>Accounts are read one by one and never held together, so a million of them cost little memory.
 * Account numbers that stand twice (files often give 0 to all) are replaced by the lowest that the
 * file does not use, in the order of the file.
 */
public final class AuthGenesis {
  private static final Part NO_ACCOUNTS = new Part(new byte[] {'[', ']'}, 0, 2);

  private final Addresses addresses;
  private final Crypto crypto;
  private final AccountKeeper keeper;

  public AuthGenesis(Addresses addresses, Crypto crypto, AccountKeeper keeper) {
    this.addresses = addresses;
    this.crypto = crypto;
    this.keeper = keeper;
  }

  /** The genesis of a chain without accounts. */
  public byte[] byDefault() {
    return Account.JSON.printBytes(GenesisState.newBuilder().setParams(AuthParams.DEFAULT));
  }

  /**
   * Writes parameters and accounts.
   *
   * @throws ModuleException sdk/18 where an entry is refused; names it
   */
  public void read(Context context, byte[] json) {
    try {
      Map<String, Part> members = JsonParts.members(json);
      for (String name : members.keySet()) {
        if (!name.equals("params") && !name.equals("accounts")) {
          throw new IllegalArgumentException("unknown member \"" + name + "\"");
        }
      }
      Part params = members.get("params");
      keeper.setParams(
          context.store(),
          params == null
              ? AuthParams.DEFAULT
              : Account.JSON.parse("auth.params", params.json(), Params.newBuilder()).build());
      Part accounts = members.get("accounts");
      new Reading(context.store()).run(accounts == null ? NO_ACCOUNTS : accounts);
    } catch (IllegalArgumentException e) {
      throw SdkErrors.invalidRequest("genesis of auth: " + e.getMessage());
    }
  }

  /** Writes the state as a genesis that gives the same state, account by account. */
  public void write(Context context, OutputStream stream) {
    KVStore store = context.store();
    GenesisWriter out = new GenesisWriter(Account.JSON, stream);
    out.text("{\"params\":");
    out.message(keeper.params(store));
    out.text(",\"accounts\":");
    out.array(
        taker ->
            keeper
                .accounts()
                .forEach(store, Range.all(), (address, account) -> taker.accept(json(account))));
    out.text("}");
  }

  /** A plain account is written by hand: there may be a million of them. */
  private static String json(Account account) {
    if (account.isModule()) {
      return Account.JSON.print(account.toAny());
    }
    BaseAccount base = account.base();
    return "{\"@type\":\"/cosmos.auth.v1beta1.BaseAccount\",\"address\":\""
        + base.getAddress()
        + "\",\"pub_key\":"
        + account.publicKey().map(Account.JSON::print).orElse("null")
        + ",\"account_number\":\""
        + Long.toUnsignedString(base.getAccountNumber())
        + "\",\"sequence\":\""
        + Long.toUnsignedString(base.getSequence())
        + "\"}";
  }

  /** One pass to see the numbers, one to write the accounts. */
  private final class Reading {
    private final KVStore store;
    private final Set<Long> wanted = new LinkedHashSet<>();
    private final Set<Long> given = new LinkedHashSet<>();
    private long lowestFree;
    private long next;
    private int element;

    Reading(KVStore store) {
      this.store = store;
    }

    void run(Part list) {
      JsonParts.elements(list, part -> inPlace(part, p -> wanted.add(number(p))));
      element = 0;
      JsonParts.elements(list, part -> inPlace(part, this::write));
      keeper.nextNumber().set(store, next);
    }

    private void inPlace(Part part, Consumer<Part> work) {
      try {
        work.accept(part);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("accounts[" + element + "]: " + e.getMessage(), e);
      }
      element++;
    }

    private void write(Part element) {
      Account account = account(element);
      BaseAccount base = account.base();
      byte[] address = addresses.parseAccount(base.getAddress());
      long number = unused(base.getAccountNumber());
      Account numbered = account.numbered(number);
      if (keeper.accounts().has(store, address)) {
        throw new IllegalArgumentException("account " + base.getAddress() + " stands twice");
      }
      account.publicKey().ifPresent(key -> checkKey(base.getAddress(), key, address));
      account.moduleName().ifPresent(name -> checkModule(name, base.getAddress(), address));
      keeper.add(store, address, numbered);
      next = Math.max(next, number + 1);
    }

    private long unused(long own) {
      if (given.add(own)) {
        return own;
      }
      while (wanted.contains(lowestFree) || given.contains(lowestFree)) {
        lowestFree++;
      }
      given.add(lowestFree);
      return lowestFree;
    }
  }

  private static long number(Part element) {
    Map<String, Part> members = JsonParts.members(element);
    Part base = members.get("base_account");
    Part number = (base == null ? members : JsonParts.members(base)).get("account_number");
    long parsed = number == null ? 0 : JsonParts.unsigned(number);
    if (parsed < 0 || parsed == Long.MAX_VALUE) {
      throw new IllegalArgumentException(
          "account number " + Long.toUnsignedString(parsed) + " is over 2^63-2");
    }
    return parsed;
  }

  /** A plain account is read by hand: there may be a million of them. */
  private static Account account(Part element) {
    Map<String, Part> members = JsonParts.members(element);
    Part type = members.get("@type");
    String typeUrl = type == null ? "" : JsonParts.string(type);
    return switch (typeUrl) {
      case "/cosmos.auth.v1beta1.BaseAccount" -> Account.of(baseAccount(members));
      case "/cosmos.auth.v1beta1.ModuleAccount" -> {
        Any any = Account.JSON.parse("auth.accounts", element.json(), Any.newBuilder()).build();
        yield Account.of(Proto.parse(ModuleAccount.parser(), any.getValue()));
      }
      default ->
          throw new IllegalArgumentException(
              "an account of type \""
                  + typeUrl
                  + "\": there are only BaseAccount and ModuleAccount");
    };
  }

  private static BaseAccount baseAccount(Map<String, Part> members) {
    BaseAccount.Builder account = BaseAccount.newBuilder();
    members.forEach(
        (name, value) -> {
          switch (name) {
            case "@type" -> {}
            case "address" -> account.setAddress(JsonParts.string(value));
            case "account_number" -> account.setAccountNumber(JsonParts.unsigned(value));
            case "sequence" -> account.setSequence(JsonParts.unsigned(value));
            case "pub_key" -> {
              if (!value.json().equals("null")) {
                account.setPubKey(
                    Account.JSON.parse("auth.accounts.pub_key", value.json(), Any.newBuilder()));
              }
            }
            default ->
                throw new IllegalArgumentException("an account has no member \"" + name + "\"");
          }
        });
    return account.build();
  }

  private void checkKey(String text, Any key, byte[] address) {
    if (!Arrays.equals(AccountKey.parse(key).address(crypto::ripemd160), address)) {
      throw new IllegalArgumentException("the public key of account " + text + " is another's");
    }
  }

  private static void checkModule(String name, String text, byte[] address) {
    if (!Arrays.equals(Addresses.module(name), address)) {
      throw new IllegalArgumentException(
          "module account " + name + " has the address " + text + " of something else");
    }
  }
}
