package io.segue.bundles.bank;

import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.auth.MsgEnsureAccount;
import io.segue.bundles.sdk.service.Client;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;
import java.util.List;

/**
 * Moves, mints and burns coins, and says so by the Cosmos SDK's events. Whoever comes to hold coins
 * has an account from then on.
 */
final class BankKeeper {
  private final BankState state;

  BankKeeper(BankState state) {
    this.state = state;
  }

  /** What one of several receivers gets. */
  record Output(Address to, Coins coins) {}

  /**
   * Coins from one account to another.
   *
   * @throws ModuleException sdk/5 where the first has too few
   */
  void send(Context context, Address from, Address to, Coins coins) {
    spend(context, from, coins);
    receive(context, to, coins);
    context.emit(transfer(from, to, coins));
    context.emit(sender(from));
  }

  /**
   * Coins from one account to several; {@code outputs} add up to {@code coins}. As in the Cosmos
   * SDK the event of each output does not name the sender, the one message event before them does.
   *
   * @throws ModuleException sdk/5 where the first has too few
   */
  void multiSend(Context context, Address from, Coins coins, List<Output> outputs) {
    spend(context, from, coins);
    context.emit(sender(from));
    for (Output output : outputs) {
      receive(context, output.to(), output.coins());
      context.emit(
          Event.of(
              "transfer", "recipient", output.to().text(), "amount", output.coins().toString()));
    }
  }

  /**
   * A fee, a part of which is burned instead of collected.
   *
   * @throws ModuleException sdk/5 where the payer has too few
   */
  void collect(Context context, Address payer, Address collector, Coins fee, Coins burned) {
    Coins collected = fee.minus(burned);
    spend(context, payer, fee);
    if (!collected.isEmpty()) {
      receive(context, collector, collected);
      context.emit(transfer(payer, collector, collected));
    }
    context.emit(sender(payer));
    if (!burned.isEmpty()) {
      state.shrink(context.store(), burned);
      context.emit(burn(payer, burned));
    }
  }

  /** New coins; the supply grows. */
  void mint(Context context, Address to, Coins coins) {
    state.grow(context.store(), coins);
    receive(context, to, coins);
    context.emit(Event.of("coinbase", "minter", to.text(), "amount", coins.toString()));
  }

  /**
   * Coins vanish; the supply shrinks.
   *
   * @throws ModuleException sdk/5 where the account has too few
   */
  void burn(Context context, Address from, Coins coins) {
    spend(context, from, coins);
    state.shrink(context.store(), coins);
    context.emit(burn(from, coins));
  }

  private void spend(Context context, Address from, Coins coins) {
    state.subtract(context.store(), from.bytes(), coins);
    context.emit(Event.of("coin_spent", "spender", from.text(), "amount", coins.toString()));
  }

  private void receive(Context context, Address to, Coins coins) {
    boolean known = state.add(context.store(), to.bytes(), coins);
    context.emit(Event.of("coin_received", "receiver", to.text(), "amount", coins.toString()));
    if (!known) {
      ensureAccount(context, to.bytes());
    }
  }

  /** Makes an account for an address that has none. */
  static void ensureAccount(Context context, byte[] address) {
    Client.of(context)
        .call(MsgEnsureAccount.newBuilder().setAddress(ByteString.copyFrom(address)).build());
  }

  private static Event transfer(Address from, Address to, Coins coins) {
    return Event.of(
        "transfer", "recipient", to.text(), "sender", from.text(), "amount", coins.toString());
  }

  private static Event burn(Address from, Coins coins) {
    return Event.of("burn", "burner", from.text(), "amount", coins.toString());
  }

  private static Event sender(Address from) {
    return Event.of("message", "sender", from.text());
  }
}
