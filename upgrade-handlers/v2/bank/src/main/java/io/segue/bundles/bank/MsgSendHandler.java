package io.segue.bundles.bank;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;
import java.util.List;

/** {@code MsgSend}: a user's coins to one account. */
final class MsgSendHandler {
  /** Most denominations that one list of coins in a message may hold. */
  static final int MAX_COINS = 1000;

  private final Addresses addresses;
  private final ModuleAccounts accounts;
  private final BankParams params;
  private final BankKeeper keeper;

  MsgSendHandler(
      Addresses addresses, ModuleAccounts accounts, BankParams params, BankKeeper keeper) {
    this.addresses = addresses;
    this.accounts = accounts;
    this.params = params;
    this.keeper = keeper;
  }

  void handle(Context context, MsgSend send) {
    byte[] from = addresses.member("invalid from address", send.getFromAddress());
    byte[] to = addresses.member("invalid to address", send.getToAddress());
    Coins coins = positive(send.getAmountList());
    params.requireEnabled(context.store(), coins);
    requireReceiver(accounts, to, send.getToAddress());
    keeper.send(
        context,
        Address.of(addresses, from, send.getFromAddress()),
        Address.of(addresses, to, send.getToAddress()),
        coins);
  }

  /**
   * Coins of a message, checked.
   *
   * @throws ModuleException sdk/10 where there are none or they are malformed; sdk/18 where there
   *     are too many
   */
  static Coins positive(List<Coin> sent) {
    if (sent.size() > MAX_COINS) {
      throw SdkErrors.invalidRequest(
          sent.size() + " denominations, at most " + MAX_COINS + " may be sent at once");
    }
    Coins coins = Coins.strict(sent);
    if (coins.isEmpty()) {
      throw new ModuleException(SdkErrors.CODESPACE, 10, ": invalid coins");
    }
    return coins;
  }

  /**
   * Refuses a receiver that users may not pay.
   *
   * @throws ModuleException sdk/4
   */
  static void requireReceiver(ModuleAccounts accounts, byte[] address, String text) {
    if (accounts.blocked(address)) {
      throw SdkErrors.unauthorized(text + " is not allowed to receive funds");
    }
  }
}
