package io.segue.bundles.bank;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.JsonParts;
import io.segue.bundles.sdk.JsonParts.Part;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.auth.MsgEnsureModuleAccount;
import io.segue.bundles.sdk.proto.bank.Metadata;
import io.segue.bundles.sdk.proto.bank.Params;
import io.segue.bundles.sdk.proto.bank.SendEnabled;
import io.segue.bundles.sdk.service.Client;
import io.segue.bundles.sdk.state.Pair;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The bank's genesis, in the Cosmos SDK's form. It is read part by part and never as a whole, so
 * that a million accounts cost little more memory than what they write to the store.
 *
 * <pre>{@code
 * {"params": {"send_enabled": [], "default_send_enabled": true},
 *  "balances": [{"address": "cosmos1...", "coins": [{"denom": "stake", "amount": "7"}]}],
 *  "supply": [{"denom": "stake", "amount": "7"}],
 *  "denom_metadata": []}
 * }</pre>
 *
 * <p>An empty supply is computed; another one must be what the balances add up to. Every address
 * with a balance gets an account, but those of modules, which their modules make.
 */
final class BankGenesis {
  /** What a chain has that says nothing about the bank: nothing, and everything may be sent. */
  static final String DEFAULT =
      "{\"params\":{\"send_enabled\":[],\"default_send_enabled\":true},\"balances\":[],"
          + "\"supply\":[],\"denom_metadata\":[],\"send_enabled\":[]}";

  private static final List<String> MEMBERS =
      List.of("params", "balances", "supply", "denom_metadata", "send_enabled");

  private static final List<String> BALANCE = List.of("address", "coins");
  private static final List<String> COIN = List.of("denom", "amount");

  private final Addresses addresses;
  private final ModuleAccounts accounts;
  private final BankState state;
  private final BankParams params;
  private final GenesisJson json = GenesisJson.withTypes();

  BankGenesis(Addresses addresses, ModuleAccounts accounts, BankState state, BankParams params) {
    this.addresses = addresses;
    this.accounts = accounts;
    this.state = state;
    this.params = params;
  }

  /**
   * Writes the first state.
   *
   * @throws ModuleException sdk/18; names the entry
   */
  void read(Context context, byte[] genesis) {
    Client.of(context)
        .call(MsgEnsureModuleAccount.newBuilder().setName(ModuleAccounts.FEE_COLLECTOR).build());
    try {
      Map<String, Part> members = JsonParts.members(genesis);
      requireMembers("", members, MEMBERS);
      readParams(context.store(), members);
      requireSupply(members, readBalances(context, members));
      readMetadata(context.store(), members);
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  /** Writes the state as genesis; {@link #read} of it gives the same state. */
  void write(Context context, OutputStream out) {
    new BankExport(addresses, state, params, json, out).write(context.store());
  }

  private static void requireMembers(String where, Map<String, Part> given, List<String> known) {
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        throw refused(where + "member \"" + name + "\" is unknown; correct it to one of " + known);
      }
    }
  }

  private void readParams(KVStore store, Map<String, Part> members) {
    Part part = members.get("params");
    Params.Builder first = Params.newBuilder().setDefaultSendEnabled(true);
    if (part != null) {
      json.parse("bank.params", part.json(), first.clear());
    }
    elements(
        members,
        "send_enabled",
        entry ->
            first.addSendEnabled(
                json.parse("bank.send_enabled", entry.json(), SendEnabled.newBuilder())));
    params.set(store, first.build());
  }

  private Coins readBalances(Context context, Map<String, Part> members) {
    TreeMap<String, BigInteger> sums = new TreeMap<>();
    int[] index = {0};
    elements(
        members,
        "balances",
        entry -> readBalance(context, "balances[" + index[0]++ + "]", entry, sums));
    List<Coins.Amount> total = new ArrayList<>();
    sums.forEach((denom, amount) -> total.add(new Coins.Amount(denom, amount)));
    Coins supply = Coins.of(total);
    state.grow(context.store(), supply);
    return supply;
  }

  private void readBalance(
      Context context, String where, Part entry, TreeMap<String, BigInteger> sums) {
    KVStore store = context.store();
    Map<String, Part> balance = JsonParts.members(entry);
    requireMembers(where + ": ", balance, BALANCE);
    String text = string(where + ".address", balance.get("address"));
    byte[] address;
    try {
      address = addresses.parseAccount(text);
    } catch (IllegalArgumentException e) {
      throw refused(where + ": address \"" + text + "\": " + e.getMessage());
    }
    Coins coins = coins(where + " of " + text, balance.get("coins"));
    for (Coins.Amount coin : coins) {
      Pair<byte[], String> key = Pair.of(address, coin.denom());
      if (state.balances.rows().has(store, key)) {
        throw refused(where + ": " + text + " already has " + coin.denom() + "; merge the entries");
      }
      state.balances.replace(store, key, Optional.empty(), Optional.of(coin.amount()));
      sums.merge(coin.denom(), coin.amount(), BigInteger::add);
    }
    if (!accounts.contains(address)) {
      BankKeeper.ensureAccount(context, address);
    }
  }

  private static void requireSupply(Map<String, Part> members, Coins balances) {
    Coins supply = coins("supply", members.get("supply"));
    if (!supply.isEmpty() && !supply.equals(balances)) {
      throw refused(
          "supply is "
              + supply
              + ", the balances add up to "
              + balances
              + "; correct it, or leave it empty to have it computed");
    }
  }

  private void readMetadata(KVStore store, Map<String, Part> members) {
    elements(
        members,
        "denom_metadata",
        entry -> {
          Metadata metadata =
              json.parse("bank.denom_metadata", entry.json(), Metadata.newBuilder()).build();
          String base = metadata.getBase();
          if (!Coins.validDenom(base)) {
            throw refused("denom_metadata: base \"" + base + "\" is no denomination");
          }
          if (state.metadata.has(store, base)) {
            throw refused("denom_metadata: base " + base + " stands twice; keep one");
          }
          state.metadata.set(store, base, metadata);
        });
  }

  private static Coins coins(String where, @Nullable Part list) {
    if (list == null) {
      return Coins.NONE;
    }
    List<Coins.Amount> amounts = new ArrayList<>();
    JsonParts.elements(
        list,
        entry -> {
          Map<String, Part> coin = JsonParts.members(entry);
          requireMembers(where + ": ", coin, COIN);
          String denom = string(where + ": denom", coin.get("denom"));
          String amount = string(where + ": amount", coin.get("amount"));
          amounts.add(new Coins.Amount(denom, amount(where, amount)));
        });
    amounts.sort(Comparator.comparing(Coins.Amount::denom));
    if (!Coins.valid(amounts)) {
      throw refused(
          where
              + ": "
              + Coins.text(amounts)
              + ": denominations must be well formed and stand once, amounts be above 0");
    }
    return Coins.of(amounts);
  }

  private static BigInteger amount(String where, String text) {
    try {
      return Coins.parseAmount(text);
    } catch (ModuleException e) {
      throw refused(where + ": amount \"" + text + "\" is no integer of at most 256 bits");
    }
  }

  /** A string without escapes; neither addresses nor denominations nor amounts need them. */
  private static String string(String where, @Nullable Part value) {
    String json = value == null ? "" : value.json();
    if (json.length() < 2 || json.charAt(0) != '"' || json.indexOf('\\') >= 0) {
      throw refused(where + " is missing or no plain string");
    }
    return json.substring(1, json.length() - 1);
  }

  private static void elements(Map<String, Part> members, String name, Consumer<Part> visitor) {
    Part list = members.get(name);
    if (list != null) {
      JsonParts.elements(list, visitor);
    }
  }

  private static ModuleException refused(String what) {
    return SdkErrors.invalidRequest("genesis of bank: " + what);
  }
}
