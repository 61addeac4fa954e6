package io.segue.bundles.staking.validator;

import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.auth.MsgEnsureModuleAccount;
import io.segue.bundles.sdk.proto.bank.BalanceOfRequest;
import io.segue.bundles.sdk.proto.bank.BalanceOfResponse;
import io.segue.bundles.sdk.proto.bank.MsgMove;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.sdk.service.Client;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;
import java.util.List;

/**
 * The two module accounts that hold what is delegated: to bonded validators; and to others,
 * together with what is unbonding.
 */
public enum StakingPool {
  BONDED("bonded_tokens_pool"),
  NOT_BONDED("not_bonded_tokens_pool");

  /** Most tokens that both pools may hold together: what consensus has numbers for. */
  public static final BigInteger MAX_TOKENS =
      StakingKeeper.MAX_TOTAL_POWER.multiply(StakingKeeper.TOKENS_PER_POWER);

  private static final List<String> PERMISSIONS = List.of("burner", "staking");

  private final String account;
  private final byte[] address;

  StakingPool(String account) {
    this.account = account;
    this.address = Addresses.module(account);
  }

  /** Where a validator's tokens lie. */
  public static StakingPool of(Validator validator) {
    return StakingKeeper.bonded(validator) ? BONDED : NOT_BONDED;
  }

  /**
   * Refuses stake beyond what consensus has numbers for.
   *
   * @throws ModuleException sdk/18
   */
  public static void requireRoom(Context context, Coins.Amount more) {
    BigInteger sum =
        BONDED
            .tokens(context, more.denom())
            .add(NOT_BONDED.tokens(context, more.denom()))
            .add(more.amount());
    if (sum.compareTo(MAX_TOKENS) > 0) {
      throw SdkErrors.invalidRequest(
          "all stake together would be "
              + sum
              + more.denom()
              + ", the most that consensus counts is "
              + MAX_TOKENS
              + more.denom()
              + "; delegate less");
    }
  }

  /** Name of the module account. */
  public String account() {
    return account;
  }

  /** What the pool has, by the bank's books. */
  public BigInteger tokens(Context context, String denom) {
    BalanceOfRequest request =
        BalanceOfRequest.newBuilder()
            .setAddress(ByteString.copyFrom(address))
            .setDenom(denom)
            .build();
    return new BigInteger(
        Client.of(context).query(request, BalanceOfResponse.getDefaultInstance()).getAmount());
  }

  /**
   * Takes coins in from an account.
   *
   * @throws ModuleException sdk/5 where it has too few
   */
  public void take(Context context, byte[] from, Coins coins) {
    move(context, from, address, coins);
  }

  /** Pays coins out to an account. */
  public void pay(Context context, byte[] to, Coins coins) {
    move(context, address, to, coins);
  }

  /** Hands coins over to the pool where they belong now; nothing where that is this one. */
  public void hand(Context context, StakingPool to, Coins coins) {
    if (to != this) {
      move(context, address, to.address, coins);
    }
  }

  /** Makes the account where there is none. */
  public void ensureAccount(Context context) {
    Client.of(context)
        .call(
            MsgEnsureModuleAccount.newBuilder()
                .setName(account)
                .addAllPermissions(PERMISSIONS)
                .build());
  }

  private static void move(Context context, byte[] from, byte[] to, Coins coins) {
    if (!coins.isEmpty()) {
      Client.of(context)
          .call(
              MsgMove.newBuilder()
                  .setFrom(ByteString.copyFrom(from))
                  .setTo(ByteString.copyFrom(to))
                  .addAllAmount(coins.toProto())
                  .build());
    }
  }
}
