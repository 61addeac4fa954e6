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
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

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

  private static final String ENSURE_MODULE_ACCOUNT = "/segue.auth.v1.MsgEnsureModuleAccount";

  private final Addresses addresses;
  private final ModuleAccounts accounts;
  private final GenesisJson json = GenesisJson.withTypes();

  BankGenesis(Addresses addresses, ModuleAccounts accounts) {
    this.addresses = addresses;
    this.accounts = accounts;
  }

  /**
   * Writes the first state.
   *
   * @throws ModuleException sdk/18; names the entry
   */
  void read(Context context, byte[] genesis) {
    Map<String, Part> members = members(genesis);
    context.call(
        ENSURE_MODULE_ACCOUNT,
        MsgEnsureModuleAccount.newBuilder()
            .setName(ModuleAccounts.FEE_COLLECTOR)
            .build()
            .toByteArray());
    readParams(context.store(), members);
    readSupply(context.store(), members, readBalances(context, members));
    elements(
        members,
        "denom_metadata",
        part -> {
          Metadata metadata =
              json.parse("bank.denom_metadata", part.json(), Metadata.newBuilder()).build();
          if (!Coins.validDenom(metadata.getBase())) {
            throw refused("denom_metadata", "base \"" + metadata.getBase() + "\" is no denom");
          }
          context.store().set(BankKeys.metadata(metadata.getBase()), metadata.toByteArray());
        });
  }
}
