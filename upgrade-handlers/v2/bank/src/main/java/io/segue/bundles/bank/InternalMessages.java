package io.segue.bundles.bank;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.bank.MsgBurn;
import io.segue.bundles.sdk.proto.bank.MsgDeductFee;
import io.segue.bundles.sdk.proto.bank.MsgMint;
import io.segue.bundles.sdk.proto.bank.MsgMove;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.ModuleException;
import io.segue.upgrade.handlers.v2.bank.proto.MsgSetParams;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What other modules ask of the bank. Who may ask is the router's rule: no transaction reaches
 * these. Amounts are judged as those of users are; an empty list moves nothing and is no error.
 */
final class InternalMessages {
  private static final byte[] EMPTY = new byte[0];

  private final Addresses addresses;
  private final Transfers transfers;
  private final Party feeCollector;

  InternalMessages(Addresses addresses, ModuleAccounts accounts, Transfers transfers) {
    this.addresses = addresses;
    this.transfers = transfers;
    this.feeCollector = Party.of(addresses, accounts.feeCollector());
  }

  /** The handlers, by type URL. */
  Map<String, MessageHandler> handlers() {
    Map<String, MessageHandler> handlers = new TreeMap<>();
    handlers.put("/segue.bank.v1.MsgMove", handler(MsgMove.parser(), this::move));
    handlers.put("/segue.bank.v1.MsgMint", handler(MsgMint.parser(), this::mint));
    handlers.put("/segue.bank.v1.MsgBurn", handler(MsgBurn.parser(), this::burn));
    handlers.put("/segue.bank.v1.MsgDeductFee", handler(MsgDeductFee.parser(), this::deductFee));
    handlers.put("/segue.bank.v2.MsgSetParams", handler(MsgSetParams.parser(), this::setParams));
    return handlers;
  }

  private void move(Context context, MsgMove move) {
    Coins coins = Coins.strict(move.getAmountList());
    if (!coins.isEmpty()) {
      transfers.move(context, party("from", move.getFrom()), party("to", move.getTo()), coins);
    }
  }

  private void mint(Context context, MsgMint mint) {
    Coins coins = Coins.strict(mint.getAmountList());
    if (!coins.isEmpty()) {
      transfers.mint(context, party("to", mint.getTo()), coins);
    }
  }

  private void burn(Context context, MsgBurn burn) {
    Coins coins = Coins.strict(burn.getAmountList());
    if (!coins.isEmpty()) {
      transfers.burn(context, party("from", burn.getFrom()), coins);
    }
  }

  private void deductFee(Context context, MsgDeductFee deduct) {
    Coins fee = Coins.strict(deduct.getFeeList());
    if (!fee.isEmpty()) {
      transfers.collect(
          context,
          party("payer", deduct.getPayer()),
          feeCollector,
          fee,
          FeeBurn.burnedOf(context.store(), fee));
    }
  }

  private void setParams(Context context, MsgSetParams set) {
    FeeBurn.write(context.store(), set.getParams());
  }

  private Party party(String field, ByteString address) {
    if (address.isEmpty() || address.size() > 255) {
      throw SdkErrors.invalidAddress(field + " has " + address.size() + " bytes");
    }
    return Party.of(addresses, address.toByteArray());
  }

  private static <T extends Message> MessageHandler handler(
      Parser<T> parser, BiConsumer<Context, T> work) {
    return new MessageHandler() {
      @Override
      public List<byte[]> signers(byte[] message) {
        return List.of();
      }

      /**
       * Does the work.
       *
       * @throws ModuleException sdk/2, sdk/5, sdk/7 or sdk/10
       */
      @Override
      public byte[] handle(Context context, byte[] message) {
        work.accept(context, Proto.parse(parser, message));
        return EMPTY;
      }

      @Override
      public boolean internal() {
        return true;
      }
    };
  }
}
