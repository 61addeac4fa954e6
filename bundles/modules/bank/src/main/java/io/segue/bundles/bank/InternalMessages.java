package io.segue.bundles.bank;

import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.bank.MsgBurn;
import io.segue.bundles.sdk.proto.bank.MsgDeductFee;
import io.segue.bundles.sdk.proto.bank.MsgMint;
import io.segue.bundles.sdk.proto.bank.MsgMove;
import io.segue.bundles.sdk.service.Services;
import io.segue.kernel.api.module.Context;

/**
 * What other modules ask of the bank. Who may ask is the router's rule: no transaction reaches
 * these. Amounts are judged as those of users are; an empty list moves nothing and is no error.
 */
final class InternalMessages {
  private final Addresses addresses;
  private final Transfers transfers;
  private final Party feeCollector;

  InternalMessages(Addresses addresses, ModuleAccounts accounts, Transfers transfers) {
    this.addresses = addresses;
    this.transfers = transfers;
    this.feeCollector = Party.of(addresses, accounts.feeCollector());
  }

  /** Adds what is done with them. */
  void addTo(Services.Builder services) {
    services
        .internal(MsgMove.getDefaultInstance())
        .handle(this::move)
        .internal(MsgMint.getDefaultInstance())
        .handle(this::mint)
        .internal(MsgBurn.getDefaultInstance())
        .handle(this::burn)
        .internal(MsgDeductFee.getDefaultInstance())
        .handle(this::deductFee);
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
      transfers.move(context, party("payer", deduct.getPayer()), feeCollector, fee);
    }
  }

  private Party party(String field, ByteString address) {
    if (address.isEmpty() || address.size() > 255) {
      throw SdkErrors.invalidAddress(field + " has " + address.size() + " bytes");
    }
    return Party.of(addresses, address.toByteArray());
  }
}
