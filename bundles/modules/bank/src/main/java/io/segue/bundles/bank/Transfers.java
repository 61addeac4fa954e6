package io.segue.bundles.bank;

import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.auth.MsgEnsureAccount;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;
import java.util.List;

/**
 * Moves, makes and destroys coins, and tells so by the Cosmos SDK's events. Whoever comes to hold
 * coins has an account from then on. Keeps nothing between calls.
 */
final class Transfers {
  private static final String ENSURE_ACCOUNT = "/segue.auth.v1.MsgEnsureAccount";

  /** A share of a payment to several. */
  record Share(Party to, Coins coins) {}

  /**
   * Coins from one account to another.
   *
   * @throws ModuleException sdk/5 where the first has too few
   */
  void move(Context context, Party from, Party to, Coins coins) {
    Balances balances = new Balances(context.store());
    spend(context, balances, from, coins);
    receive(context, balances, to, coins);
    context.emit(transfer(from, to, coins));
    context.emit(sender(from));
  }

  /**
   * Coins from one account to several; {@code shares} add up to {@code coins}. As in the Cosmos SDK
   * the event of each share does not name the sender, the one message event before them does.
   *
   * @throws ModuleException sdk/5 where the first has too few
   */
  void distribute(Context context, Party from, Coins coins, List<Share> shares) {
    Balances balances = new Balances(context.store());
    spend(context, balances, from, coins);
    context.emit(sender(from));
    for (Share share : shares) {
      receive(context, balances, share.to(), share.coins());
      context.emit(
          Event.of("transfer", "recipient", share.to().text(), "amount", share.coins().toString()));
    }
  }

  /** New coins; the supply grows. */
  void mint(Context context, Party to, Coins coins) {
    new Supply(context.store()).grow(coins);
    receive(context, new Balances(context.store()), to, coins);
    context.emit(Event.of("coinbase", "minter", to.text(), "amount", coins.toString()));
  }

  /**
   * Coins vanish; the supply shrinks.
   *
   * @throws ModuleException sdk/5 where the account has too few
   */
  void burn(Context context, Party from, Coins coins) {
    spend(context, new Balances(context.store()), from, coins);
    new Supply(context.store()).shrink(coins);
    context.emit(Event.of("burn", "burner", from.text(), "amount", coins.toString()));
  }

  private void spend(Context context, Balances balances, Party from, Coins coins) {
    balances.subtract(from.address(), coins);
    context.emit(Event.of("coin_spent", "spender", from.text(), "amount", coins.toString()));
  }

  private void receive(Context context, Balances balances, Party to, Coins coins) {
    boolean known = balances.add(to.address(), coins);
    context.emit(Event.of("coin_received", "receiver", to.text(), "amount", coins.toString()));
    if (!known) {
      ensureAccount(context, to.address());
    }
  }

  /** Makes an account for an address that has none. */
  static void ensureAccount(Context context, byte[] address) {
    context.call(
        ENSURE_ACCOUNT,
        MsgEnsureAccount.newBuilder()
            .setAddress(ByteString.copyFrom(address))
            .build()
            .toByteArray());
  }

  private static Event transfer(Party from, Party to, Coins coins) {
    return Event.of(
        "transfer", "recipient", to.text(), "sender", from.text(), "amount", coins.toString());
  }

  private static Event sender(Party from) {
    return Event.of("message", "sender", from.text());
  }
}
