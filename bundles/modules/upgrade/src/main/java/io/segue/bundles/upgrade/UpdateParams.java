package io.segue.bundles.upgrade;

import io.segue.bundles.sdk.BoundedParser;
import io.segue.bundles.sdk.GovernedHandler;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.upgrade.MsgUpdateParams;
import io.segue.bundles.sdk.proto.upgrade.Params;
import io.segue.bundles.sdk.proto.upgrade.QueryParamsRequest;
import io.segue.bundles.sdk.proto.upgrade.QueryParamsResponse;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.upgrade.UpgradeParams;
import java.util.List;

/** What the chain decides about its upgrades: governance changes it, anybody may ask. */
final class UpdateParams implements MessageHandler {
  static final String TYPE_URL = "/segue.upgrade.v1.MsgUpdateParams";
  static final String QUERY = "/segue.upgrade.v1.Query/Params";

  private final BoundedParser<MsgUpdateParams> parser =
      new BoundedParser<>(MsgUpdateParams.parser(), GovernedHandler.MAX_BYTES);
  private final Authority authority;

  UpdateParams(Authority authority) {
    this.authority = authority;
  }

  @Override
  public List<byte[]> signers(byte[] message) {
    return List.of(authority.signer(parser.parse(message).getAuthority()));
  }

  @Override
  public void validate(Context context, byte[] message) {
    MsgUpdateParams update = parser.parse(message);
    authority.require(update.getAuthority());
    if (!update.hasParams()) {
      throw SdkErrors.invalidRequest("params cannot be empty");
    }
  }

  @Override
  public byte[] handle(Context context, byte[] message) {
    validate(context, message);
    Params params = parser.parse(message).getParams();
    context
        .upgrades()
        .setParams(new UpgradeParams(params.getAllowAbort(), params.getCheckInvariants()));
    return new byte[0];
  }

  static byte[] query(Context context, byte[] request) {
    Proto.request(QueryParamsRequest.parser(), request);
    UpgradeParams params = context.upgrades().params();
    return QueryParamsResponse.newBuilder()
        .setParams(
            Params.newBuilder()
                .setAllowAbort(params.allowAbort())
                .setCheckInvariants(params.checkInvariants()))
        .build()
        .toByteArray();
  }
}
