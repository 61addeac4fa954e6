package io.segue.bundles.bank;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.BoundedParser;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.bank.Input;
import io.segue.bundles.sdk.proto.bank.MsgMultiSend;
import io.segue.bundles.sdk.proto.bank.Output;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.ModuleException;
import java.util.ArrayList;
import java.util.List;

/** {@code MsgMultiSend}: a user's coins to several accounts at once. */
final class MultiSendHandler implements MessageHandler {
  /** Most receivers of one message. */
  static final int MAX_OUTPUTS = 1000;

  private static final byte[] EMPTY = new byte[0];

  private final BoundedParser<MsgMultiSend> parser =
      new BoundedParser<>(MsgMultiSend.parser(), SendHandler.MAX_BYTES);
  private final Addresses addresses;
  private final ModuleAccounts accounts;
  private final Transfers transfers;

  MultiSendHandler(Addresses addresses, ModuleAccounts accounts, Transfers transfers) {
    this.addresses = addresses;
    this.accounts = accounts;
    this.transfers = transfers;
  }

  @Override
  public List<byte[]> signers(byte[] message) {
    MsgMultiSend send = parser.parse(message);
    requireOneInput(send);
    return List.of(addresses.signer(send.getInputs(0).getAddress()));
  }

  @Override
  public byte[] handle(Context context, byte[] message) {
    MsgMultiSend send = parser.parse(message);
    requireOneInput(send);
    requireOutputs(send);
    Input input = send.getInputs(0);
    byte[] from = addresses.member("invalid input address", input.getAddress());
    Coins coins = SendHandler.positive(input.getCoinsList());
    List<Transfers.Share> shares = shares(send);
    requireEqual(coins, shares);
    SendParams.requireEnabled(context.store(), coins);
    for (Transfers.Share share : shares) {
      SendHandler.requireReceiver(accounts, share.to().address(), share.to().text());
    }
    transfers.distribute(context, Party.of(addresses, from, input.getAddress()), coins, shares);
    return EMPTY;
  }

  private List<Transfers.Share> shares(MsgMultiSend send) {
    List<Transfers.Share> shares = new ArrayList<>(send.getOutputsCount());
    for (Output output : send.getOutputsList()) {
      byte[] to = addresses.member("invalid output address", output.getAddress());
      shares.add(
          new Transfers.Share(
              Party.of(addresses, to, output.getAddress()),
              SendHandler.positive(output.getCoinsList())));
    }
    return shares;
  }

  private static void requireOneInput(MsgMultiSend send) {
    if (send.getInputsCount() == 0) {
      throw bankError(2, "no inputs to send transaction");
    }
    if (send.getInputsCount() > 1) {
      throw bankError(9, "multiple senders not allowed");
    }
  }

  private static void requireOutputs(MsgMultiSend send) {
    if (send.getOutputsCount() == 0) {
      throw bankError(3, "no outputs to send transaction");
    }
    if (send.getOutputsCount() > MAX_OUTPUTS) {
      throw SdkErrors.invalidRequest(
          send.getOutputsCount()
              + " outputs, at most "
              + MAX_OUTPUTS
              + " are allowed: send several messages");
    }
  }

  private static void requireEqual(Coins coins, List<Transfers.Share> shares) {
    List<Coins.Amount> amounts = new ArrayList<>();
    for (Transfers.Share share : shares) {
      amounts.addAll(share.coins().amounts());
    }
    if (!Coins.of(amounts).equals(coins)) {
      throw bankError(4, "sum inputs != sum outputs");
    }
  }

  private static ModuleException bankError(int code, String text) {
    return SdkErrors.registered(BankModule.NAME, code, "", text);
  }
}
