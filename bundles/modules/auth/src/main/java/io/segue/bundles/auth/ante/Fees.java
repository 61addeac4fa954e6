package io.segue.bundles.auth.ante;

import com.google.protobuf.ByteString;
import io.segue.bundles.auth.account.AccountKeeper;
import io.segue.bundles.auth.format.ParsedTx;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.bank.MsgDeductFee;
import io.segue.bundles.sdk.service.Client;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.Tx;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** The step that takes the fee from its payer, through the bank. */
final class Fees {
  private final Addresses addresses;
  private final RequiredSigners signers;
  private final AccountKeeper keeper;

  Fees(Addresses addresses, RequiredSigners signers, AccountKeeper keeper) {
    this.addresses = addresses;
    this.signers = signers;
    this.keeper = keeper;
  }

  /** The node's least price is met, and the payer has the fee. */
  void deduct(Context context, Tx tx) {
    ParsedTx parsed = ParsedTx.of(tx);
    if (context.mode() == ExecMode.CHECK || context.mode() == ExecMode.RECHECK) {
      checkMinimum(context.minimumGasPrices(), tx.gasLimit(), parsed.fee());
    }
    byte[] payer = signers.payer(context, tx);
    refuseGrant(parsed.authInfo().getFee().getGranter(), payer);
    if (!keeper.accounts().has(context.store(), payer)) {
      throw SdkErrors.unknownAddress(
          "fee payer address: " + addresses.account(payer) + " does not exist");
    }
    if (!isZero(parsed.fee())) {
      take(context, payer, parsed);
    }
    context.emit(
        Event.of("tx", "fee", Coins.text(parsed.fee()), "fee_payer", addresses.account(payer)));
  }

  private static void checkMinimum(String minimum, long gas, List<Coins.Amount> fee) {
    if (minimum.isBlank()) {
      return;
    }
    GasPrices prices = prices(minimum);
    if (prices.isFree()) {
      return;
    }
    List<Coins.Amount> required = prices.of(gas);
    for (Coins.Amount enough : required) {
      if (amountOf(enough.denom(), fee).compareTo(enough.amount()) >= 0) {
        return;
      }
    }
    throw SdkErrors.insufficientFee(
        "insufficient fees; got: " + Coins.text(fee) + " required: " + Coins.text(required));
  }

  private static GasPrices prices(String minimum) {
    try {
      return GasPrices.parse(minimum);
    } catch (IllegalArgumentException e) {
      throw SdkErrors.logic("minimum gas prices of this node: " + e.getMessage());
    }
  }

  /** Nobody can grant fees here, so no grant is ever found. */
  private void refuseGrant(String granter, byte[] payer) {
    if (!granter.isEmpty()
        && !Arrays.equals(addresses.member("invalid fee granter address", granter), payer)) {
      throw SdkErrors.notFound(
          granter
              + " does not allow to pay fees for "
              + addresses.account(payer)
              + ": fee-grant not found");
    }
  }

  private static void take(Context context, byte[] payer, ParsedTx parsed) {
    if (!Coins.valid(parsed.fee())) {
      throw SdkErrors.insufficientFee("invalid fee amount: " + Coins.text(parsed.fee()));
    }
    MsgDeductFee message =
        MsgDeductFee.newBuilder()
            .setPayer(ByteString.copyFrom(payer))
            .addAllFee(parsed.authInfo().getFee().getAmountList())
            .build();
    try {
      Client.of(context).call(message);
    } catch (ModuleException e) {
      throw isInsufficient(e) ? SdkErrors.insufficientFunds(e.log()) : e;
    }
  }

  private static boolean isInsufficient(ModuleException e) {
    return e.codespace().equals(SdkErrors.CODESPACE)
        && e.code() == SdkErrors.insufficientFunds("").code();
  }

  private static boolean isZero(List<Coins.Amount> fee) {
    for (Coins.Amount coin : fee) {
      if (coin.amount().signum() != 0) {
        return false;
      }
    }
    return true;
  }

  private static BigInteger amountOf(String denom, List<Coins.Amount> fee) {
    for (Coins.Amount coin : fee) {
      if (coin.denom().equals(denom)) {
        return coin.amount();
      }
    }
    return BigInteger.ZERO;
  }
}
