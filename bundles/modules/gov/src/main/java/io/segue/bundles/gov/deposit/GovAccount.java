package io.segue.bundles.gov.deposit;

import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.bank.BalanceOfRequest;
import io.segue.bundles.sdk.proto.bank.BalanceOfResponse;
import io.segue.bundles.sdk.proto.bank.MsgBurn;
import io.segue.bundles.sdk.proto.bank.MsgMove;
import io.segue.bundles.sdk.service.Client;
import io.segue.kernel.api.module.Context;
import java.math.BigInteger;

/** The gov account, which holds the deposits while they are at stake. */
final class GovAccount {
  private final Client modules;
  private final byte[] account;

  GovAccount(Context context) {
    this.modules = Client.of(context);
    this.account = context.moduleAddress();
  }

  /** Takes coins of a depositor in. */
  void take(byte[] from, Coins coins) {
    move(from, account, coins);
  }

  /** Pays coins out. */
  void pay(byte[] to, Coins coins) {
    move(account, to, coins);
  }

  /** Destroys coins. */
  void burn(Coins coins) {
    if (!coins.isEmpty()) {
      modules.call(
          MsgBurn.newBuilder()
              .setFrom(ByteString.copyFrom(account))
              .addAllAmount(coins.toProto())
              .build());
    }
  }

  /** How much of a denomination it holds. */
  BigInteger balance(String denom) {
    BalanceOfRequest request =
        BalanceOfRequest.newBuilder()
            .setAddress(ByteString.copyFrom(account))
            .setDenom(denom)
            .build();
    return new BigInteger(
        modules.query(request, BalanceOfResponse.getDefaultInstance()).getAmount());
  }

  private void move(byte[] from, byte[] to, Coins coins) {
    if (!coins.isEmpty()) {
      modules.call(
          MsgMove.newBuilder()
              .setFrom(ByteString.copyFrom(from))
              .setTo(ByteString.copyFrom(to))
              .addAllAmount(coins.toProto())
              .build());
    }
  }
}
