package io.segue.bundles.bank;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.upgrade.handlers.v2.bank.proto.MsgUpdateParams;
import java.util.Arrays;
import java.util.List;

/** {@code segue.bank.v2.MsgUpdateParams}: governance changes the share of fees that is burned. */
final class UpdateParamsHandler implements MessageHandler {
  private static final byte[] EMPTY = new byte[0];
  private static final byte[] GOVERNANCE = Addresses.module("gov");

  private final Addresses addresses;

  UpdateParamsHandler(Addresses addresses) {
    this.addresses = addresses;
  }

  @Override
  public List<byte[]> signers(byte[] message) {
    return List.of(addresses.signer(Proto.parse(MsgUpdateParams.parser(), message).getAuthority()));
  }

  @Override
  public byte[] handle(Context context, byte[] message) {
    MsgUpdateParams update = Proto.parse(MsgUpdateParams.parser(), message);
    byte[] authority = addresses.member("invalid authority", update.getAuthority());
    if (!Arrays.equals(authority, GOVERNANCE)) {
      throw SdkErrors.unauthorized(
          "expected " + addresses.account(GOVERNANCE) + " got " + update.getAuthority());
    }
    FeeBurn.write(context.store(), update.getParams());
    return EMPTY;
  }
}
