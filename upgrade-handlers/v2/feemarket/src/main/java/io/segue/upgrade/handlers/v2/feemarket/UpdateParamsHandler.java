package io.segue.upgrade.handlers.v2.feemarket;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.upgrade.handlers.v2.feemarket.proto.MsgUpdateParams;
import java.util.Arrays;
import java.util.List;

/**
 * {@code MsgUpdateParams}: governance changes the parameters; the base fee keeps to them at once.
 */
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
    FeeMarketState state = new FeeMarketState(context.store());
    state.put(update.getParams());
    FeeMarketState.Block block = state.block();
    state.put(
        new FeeMarketState.Block(BaseFee.clamp(update.getParams(), block.baseFee()), block.gas()));
    return EMPTY;
  }
}
