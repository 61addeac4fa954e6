package io.segue.bundles.bank;

import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.bank.MsgSetSendEnabled;
import io.segue.bundles.sdk.proto.bank.MsgUpdateParams;
import io.segue.bundles.sdk.proto.bank.Params;
import io.segue.bundles.sdk.proto.bank.SendEnabled;
import io.segue.bundles.sdk.service.Services;
import io.segue.kernel.api.module.Context;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** By which messages governance says what users may send; errors as in the Cosmos SDK 0.50. */
final class ParamsMessages {
  private ParamsMessages() {}

  /** Adds what is done with them. */
  static void addTo(Services.Builder services) {
    services
        .governed(MsgUpdateParams.getDefaultInstance())
        .check(ParamsMessages::check)
        .handle(ParamsMessages::update)
        .governed(MsgSetSendEnabled.getDefaultInstance())
        .check(ParamsMessages::check)
        .handle(ParamsMessages::set);
  }

  private static void check(Context context, MsgUpdateParams message) {
    if (message.getParams().getSendEnabledCount() > 0) {
      throw SdkErrors.unregistered("use of send_enabled in params is no longer supported");
    }
  }

  /** Only the default changes; entries stay as they are. */
  private static void update(Context context, MsgUpdateParams message) {
    Params before = SendParams.read(context.store());
    boolean byDefault = message.getParams().getDefaultSendEnabled();
    SendParams.write(context.store(), before.toBuilder().setDefaultSendEnabled(byDefault).build());
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

  private static void set(Context context, MsgSetSendEnabled message) {
    Params before = SendParams.read(context.store());
    List<SendEnabled> entries = new ArrayList<>(before.getSendEnabledList());
    entries.addAll(message.getSendEnabledList());
    entries.removeIf(entry -> message.getUseDefaultForList().contains(entry.getDenom()));
    SendParams.write(
        context.store(), before.toBuilder().clearSendEnabled().addAllSendEnabled(entries).build());
  }

  private static void requireAtMost(String where, int count) {
    if (count > SendParams.MAX_NAMED) {
      throw SdkErrors.invalidRequest(
          where
              + " names "
              + count
              + " denominations, at most "
              + SendParams.MAX_NAMED
              + " are allowed");
    }
  }

  private static void requireDenom(String where, String denom) {
    if (!Coins.validDenom(denom)) {
      throw SdkErrors.invalidRequest(
          "invalid " + where + " denom \"" + denom + "\": invalid denom: " + denom);
    }
  }
}
