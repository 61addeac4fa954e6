package io.segue.upgrade.handlers.v2;

import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.bank.MsgBurn;
import io.segue.bundles.sdk.proto.bank.MsgMove;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A module of the generation before, which plan v2 does not touch. As governance does, it keeps
 * deposits in its account, and burns or returns them by the bank's messages of version 1.
 */
final class OldGov implements Module {
  static final String BURN = "/old.gov.MsgBurnDeposit";
  static final String RETURN = "/old.gov.MsgReturnDeposit";
  static final byte[] ACCOUNT = Addresses.module("gov");

  @Override
  public String name() {
    return "gov";
  }

  @Override
  public long consensusVersion() {
    return 1;
  }

  @Override
  public List<String> stores() {
    return List.of();
  }

  @Override
  public Map<String, MessageHandler> messages() {
    return Map.of(
        BURN,
        new Ask(
            "/segue.bank.v1.MsgBurn",
            sender ->
                MsgBurn.newBuilder()
                    .setFrom(ByteString.copyFrom(ACCOUNT))
                    .addAmount(deposit())
                    .build()
                    .toByteArray()),
        RETURN,
        new Ask(
            "/segue.bank.v1.MsgMove",
            sender ->
                MsgMove.newBuilder()
                    .setFrom(ByteString.copyFrom(ACCOUNT))
                    .setTo(ByteString.copyFrom(sender))
                    .addAmount(deposit())
                    .build()
                    .toByteArray()));
  }

  private static Coin deposit() {
    return Coin.newBuilder().setDenom("stake").setAmount("5").build();
  }

  /** Asks the bank by type URL, whatever version answers; the message is its sender's address. */
  private record Ask(String typeUrl, Function<byte[], byte[]> request) implements MessageHandler {
    @Override
    public List<byte[]> signers(byte[] message) {
      return List.of(message);
    }

    @Override
    public byte[] handle(Context context, byte[] message) {
      return context.call(typeUrl, request.apply(message));
    }
  }
}
