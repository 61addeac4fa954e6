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
 * these. Amounts are checked as those of users are; an empty list moves nothing and is no error.
 */
final class InternalMessages {
  private final Addresses addresses;
  private final BankKeeper keeper;
  private final FeeBurn feeBurn;
  private final Address feeCollector;

  InternalMessages(
      Addresses addresses, ModuleAccounts accounts, BankKeeper keeper, FeeBurn feeBurn) {
    this.addresses = addresses;
    this.keeper = keeper;
    this.feeBurn = feeBurn;
    this.feeCollector = Address.of(addresses, accounts.feeCollector());
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
      keeper.send(context, address("from", move.getFrom()), address("to", move.getTo()), coins);
    }
  }

  private void mint(Context context, MsgMint mint) {
    Coins coins = Coins.strict(mint.getAmountList());
    if (!coins.isEmpty()) {
      keeper.mint(context, address("to", mint.getTo()), coins);
    }
  }

  private void burn(Context context, MsgBurn burn) {
    Coins coins = Coins.strict(burn.getAmountList());
    if (!coins.isEmpty()) {
      keeper.burn(context, address("from", burn.getFrom()), coins);
    }
  }

  private void deductFee(Context context, MsgDeductFee deduct) {
    Coins fee = Coins.strict(deduct.getFeeList());
    if (!fee.isEmpty()) {
      keeper.collect(
          context,
          address("payer", deduct.getPayer()),
          feeCollector,
          fee,
          feeBurn.burnedOf(context.store(), fee));
    }
  }

  private Address address(String field, ByteString bytes) {
    if (bytes.isEmpty() || bytes.size() > 255) {
      throw SdkErrors.invalidAddress(field + " has " + bytes.size() + " bytes");
    }
    return Address.of(addresses, bytes.toByteArray());
  }
}
