package io.segue.bundles.bank;

import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.bank.Params;
import io.segue.bundles.sdk.proto.bank.SendEnabled;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which denominations users may send, in the store {@code bank}: those with an entry of their own
 * by that, all others by the default. Entries are sorted by denomination.
 */
final class SendParams {
  /** Most denominations that the parameters may name. */
  static final int MAX_NAMED = 100;

  private SendParams() {}

  /** The parameters; nothing may be sent where they were never written. */
  static Params read(KVStore store) {
    byte[] value = store.get(BankKeys.PARAMS);
    return value == null ? Params.getDefaultInstance() : Proto.stored(Params.parser(), value);
  }

  /**
   * Replaces the parameters; where several entries name a denomination the last one counts.
   *
   * @throws ModuleException sdk/18 where they name too many denominations
   */
  static void write(KVStore store, Params params) {
    SortedMap<String, SendEnabled> entries = new TreeMap<>();
    params.getSendEnabledList().forEach(entry -> entries.put(entry.getDenom(), entry));
    if (entries.size() > MAX_NAMED) {
      throw SdkErrors.invalidRequest(
          "send_enabled names "
              + entries.size()
              + " denominations, at most "
              + MAX_NAMED
              + " are allowed: use default_send_enabled for the others");
    }
    byte[] value =
        params.toBuilder()
            .clearSendEnabled()
            .addAllSendEnabled(entries.values())
            .build()
            .toByteArray();
    if (value.length == 0) {
      store.delete(BankKeys.PARAMS);
    } else {
      store.set(BankKeys.PARAMS, value);
    }
  }

  /**
   * Refuses coins that users may not send.
   *
   * @throws ModuleException bank/5
   */
  static void requireEnabled(KVStore store, Coins coins) {
    Params params = read(store);
    for (Coins.Amount coin : coins) {
      if (!enabled(params, coin.denom())) {
        throw SdkErrors.registered(
            BankModule.NAME,
            5,
            coin.denom() + " transfers are currently disabled",
            "send transactions are disabled");
      }
    }
  }

  private static boolean enabled(Params params, String denom) {
    for (SendEnabled named : params.getSendEnabledList()) {
      if (named.getDenom().equals(denom)) {
        return named.getEnabled();
      }
    }
    return params.getDefaultSendEnabled();
  }
}
