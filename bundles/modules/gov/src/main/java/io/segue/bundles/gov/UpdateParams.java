package io.segue.bundles.gov;

import com.google.protobuf.MessageLite;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.SignedHandler;
import io.segue.bundles.sdk.proto.gov.MsgUpdateParams;
import io.segue.bundles.sdk.proto.gov.MsgUpdateParamsResponse;
import io.segue.kernel.api.module.Context;

/** Changes the rules of governance, by governance. */
final class UpdateParams extends SignedHandler<MsgUpdateParams> {
  static final String TYPE_URL = "/cosmos.gov.v1.MsgUpdateParams";

  /** Size of the largest rules in bytes. */
  static final int MAX_BYTES = 64 * 1024;

  UpdateParams(Addresses addresses) {
    super(addresses, MsgUpdateParams.parser(), MAX_BYTES, MsgUpdateParams::getAuthority);
  }

  @Override
  protected void judge(Context context, MsgUpdateParams message) {
    String authority = addresses().account(context.moduleAddress());
    if (!authority.equals(message.getAuthority())) {
      throw GovErrors.invalidSigner(
          "invalid authority; expected " + authority + ", got " + message.getAuthority());
    }
    GovParams.validate(message.getParams(), addresses());
    GovParams.requireDestination(context, message.getParams(), addresses());
    GovParams.requireAffordable(context, message.getParams(), GovParams.load(context.store()));
  }

  @Override
  protected MessageLite execute(Context context, MsgUpdateParams message) {
    judge(context, message);
    GovParams.save(context.store(), message.getParams());
    return MsgUpdateParamsResponse.getDefaultInstance();
  }
}
