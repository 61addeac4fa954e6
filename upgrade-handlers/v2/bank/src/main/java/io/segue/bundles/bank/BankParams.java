package io.segue.bundles.bank;

import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.bank.MsgSetSendEnabled;
import io.segue.bundles.sdk.proto.bank.MsgUpdateParams;
import io.segue.bundles.sdk.proto.bank.Params;
import io.segue.bundles.sdk.proto.bank.SendEnabled;
import io.segue.bundles.sdk.service.Services;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which denominations users may send: those with an entry of their own by that, all others by the
 * default. Entries are sorted by denomination. And the messages by which governance says so, with
 * the errors of the Cosmos SDK 0.50.
 */
final class BankParams {
  /** Most denominations that the parameters may name. */
  static final int MAX_NAMED = 100;

  private final BankState state;

  BankParams(BankState state) {
    this.state = state;
  }

  /** Adds the messages. */
  void addTo(Services.Builder services) {
    services
        .governed(MsgUpdateParams.getDefaultInstance())
        .check(BankParams::check)
        .handle(this::update)
        .governed(MsgSetSendEnabled.getDefaultInstance())
        .check(BankParams::check)
        .handle(this::setSendEnabled);
  }

  /** The parameters; nothing may be sent where they were never written. */
  Params get(KVStore store) {
    return state.params.getOr(store, Params.getDefaultInstance());
  }

  /**
   * Replaces the parameters; where several entries name a denomination the last one counts.
   *
   * @throws ModuleException sdk/18 where they name too many denominations
   */
  void set(KVStore store, Params params) {
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
    state.params.set(
        store, params.toBuilder().clearSendEnabled().addAllSendEnabled(entries.values()).build());
  }

  /**
   * Refuses coins that users may not send.
   *
   * @throws ModuleException bank/5
   */
  void requireEnabled(KVStore store, Coins coins) {
    Params params = get(store);
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

  private static void check(Context context, MsgUpdateParams message) {
    if (message.getParams().getSendEnabledCount() > 0) {
      throw SdkErrors.unregistered("use of send_enabled in params is no longer supported");
    }
  }

  /** Only the default changes; entries stay as they are. */
  private void update(Context context, MsgUpdateParams message) {
    boolean byDefault = message.getParams().getDefaultSendEnabled();
    set(context.store(), get(context.store()).toBuilder().setDefaultSendEnabled(byDefault).build());
  }

  private static void check(Context context, MsgSetSendEnabled message) {
    requireAtMost("send_enabled", message.getSendEnabledCount());
    requireAtMost("use_default_for", message.getUseDefaultForCount());
    Set<String> seen = new LinkedHashSet<>();
    for (SendEnabled entry : message.getSendEnabledList()) {
      String denom = entry.getDenom();
      if (!seen.add(denom)) {
        throw SdkErrors.invalidRequest("duplicate denom entries found for \"" + denom + "\"");
      }
      requireDenom("SendEnabled", denom);
    }
    message.getUseDefaultForList().forEach(denom -> requireDenom("UseDefaultFor", denom));
  }

  private void setSendEnabled(Context context, MsgSetSendEnabled message) {
    Params before = get(context.store());
    List<SendEnabled> entries = new ArrayList<>(before.getSendEnabledList());
    entries.addAll(message.getSendEnabledList());
    entries.removeIf(entry -> message.getUseDefaultForList().contains(entry.getDenom()));
    set(context.store(), before.toBuilder().clearSendEnabled().addAllSendEnabled(entries).build());
  }

  private static void requireAtMost(String where, int count) {
    if (count > MAX_NAMED) {
      throw SdkErrors.invalidRequest(
          where + " names " + count + " denominations, at most " + MAX_NAMED + " are allowed");
    }
  }

  private static void requireDenom(String where, String denom) {
    if (!Coins.validDenom(denom)) {
      throw SdkErrors.invalidRequest(
          "invalid " + where + " denom \"" + denom + "\": invalid denom: " + denom);
    }
  }
}
