package io.segue.bundles.gov;

import io.segue.bundles.gov.state.GovParams;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.gov.MsgUpdateParams;
import io.segue.kernel.api.module.Context;

/** Changes the rules of governance, by governance. */
final class MsgUpdateParamsHandler {
  /** Size of the largest rules in bytes. */
  static final int MAX_BYTES = 64 * 1024;

  private final Addresses addresses;

  MsgUpdateParamsHandler(Addresses addresses) {
    this.addresses = addresses;
  }

  void check(Context context, MsgUpdateParams message) {
    GovParams.validate(message.getParams(), addresses);
    GovParams.requireDestination(context, message.getParams(), addresses);
    GovParams.requireAffordable(context, message.getParams(), GovParams.load(context.store()));
  }

  void handle(Context context, MsgUpdateParams message) {
    check(context, message); // its gas is part of what the message costs
    GovParams.save(context.store(), message.getParams());
  }
}
