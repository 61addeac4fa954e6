package io.segue.bundles.bank;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.bank.Input;
import io.segue.bundles.sdk.proto.bank.MsgMultiSend;
import io.segue.bundles.sdk.proto.bank.Output;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;
import java.util.ArrayList;
import java.util.List;

/** {@code MsgMultiSend}: a user's coins to several accounts at once. */
final class MsgMultiSendHandler {
  /** Most receivers of one message. */
  static final int MAX_OUTPUTS = 1000;

  private final Addresses addresses;
  private final ModuleAccounts accounts;
  private final BankParams params;
  private final BankKeeper keeper;

  MsgMultiSendHandler(
      Addresses addresses, ModuleAccounts accounts, BankParams params, BankKeeper keeper) {
    this.addresses = addresses;
    this.accounts = accounts;
    this.params = params;
    this.keeper = keeper;
  }

  /**
   * Who signs: the one input.
   *
   * @throws ModuleException bank/2 or bank/9 where there is another number of them
   */
  List<byte[]> signers(MsgMultiSend send) {
    requireOneInput(send);
    return List.of(addresses.signer(send.getInputs(0).getAddress()));
  }

  void handle(Context context, MsgMultiSend send) {
    requireOneInput(send);
    requireOutputs(send);
    Input input = send.getInputs(0);
    byte[] from = addresses.member("invalid input address", input.getAddress());
    Coins coins = MsgSendHandler.positive(input.getCoinsList());
    List<BankKeeper.Output> outputs = outputs(send);
    requireEqual(coins, outputs);
    params.requireEnabled(context.store(), coins);
    for (BankKeeper.Output output : outputs) {
      MsgSendHandler.requireReceiver(accounts, output.to().bytes(), output.to().text());
    }
    keeper.multiSend(context, Address.of(addresses, from, input.getAddress()), coins, outputs);
  }

  private List<BankKeeper.Output> outputs(MsgMultiSend send) {
    List<BankKeeper.Output> outputs = new ArrayList<>(send.getOutputsCount());
    for (Output output : send.getOutputsList()) {
      byte[] to = addresses.member("invalid output address", output.getAddress());
      outputs.add(
          new BankKeeper.Output(
              Address.of(addresses, to, output.getAddress()),
              MsgSendHandler.positive(output.getCoinsList())));
    }
    return outputs;
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

  private static void requireEqual(Coins coins, List<BankKeeper.Output> outputs) {
    List<Coins.Amount> amounts = new ArrayList<>();
    for (BankKeeper.Output output : outputs) {
      amounts.addAll(output.coins().amounts());
    }
    if (!Coins.of(amounts).equals(coins)) {
      throw bankError(4, "sum inputs != sum outputs");
    }
  }

  private static ModuleException bankError(int code, String text) {
    return SdkErrors.registered(BankModule.NAME, code, "", text);
  }
}
