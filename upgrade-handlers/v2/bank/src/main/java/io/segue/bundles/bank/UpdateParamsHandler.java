package io.segue.bundles.bank;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.GovernedHandler;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.upgrade.handlers.v2.bank.proto.MsgUpdateParams;

/** {@code segue.bank.v2.MsgUpdateParams}: governance changes the share of fees that is burned. */
final class UpdateParamsHandler {
  private UpdateParamsHandler() {}

  static MessageHandler of(Addresses addresses) {
    return new GovernedHandler<>(
        addresses,
        MsgUpdateParams.parser(),
        MsgUpdateParams::getAuthority,
        (context, message) -> FeeBurn.share(message.getParams()),
        (context, message) -> FeeBurn.write(context.store(), message.getParams()),
        (expected, named) -> SdkErrors.unauthorized("expected " + expected + " got " + named));
  }
}
