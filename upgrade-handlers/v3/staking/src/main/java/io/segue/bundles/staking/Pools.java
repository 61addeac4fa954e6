package io.segue.bundles.staking;

import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.auth.MsgEnsureModuleAccount;
import io.segue.bundles.sdk.proto.bank.BalanceOfRequest;
import io.segue.bundles.sdk.proto.bank.BalanceOfResponse;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.kernel.api.module.Context;
import java.math.BigInteger;
import java.util.List;

/** The two module accounts that hold what is delegated: to bonded validators, and to others. */
enum Pools {
  BONDED("bonded_tokens_pool"),
  NOT_BONDED("not_bonded_tokens_pool");

  private static final String ENSURE_MODULE_ACCOUNT = "/segue.auth.v1.MsgEnsureModuleAccount";
  private static final String BALANCE_OF = "/segue.bank.v1.Query/BalanceOf";
  private static final List<String> PERMISSIONS = List.of("burner", "staking");

  private final String account;
  private final byte[] address;

  Pools(String account) {
    this.account = account;
    this.address = Addresses.module(account);
  }

  /** Where a validator's tokens lie. */
  static Pools of(Validator validator) {
    return Stakes.bonded(validator) ? BONDED : NOT_BONDED;
  }

  /** Name of the module account. */
  String account() {
    return account;
  }

  /** What the pool has, by the bank's books. */
  BigInteger tokens(Context context, String denom) {
    byte[] answer =
        context.query(
            BALANCE_OF,
            BalanceOfRequest.newBuilder()
                .setAddress(ByteString.copyFrom(address))
                .setDenom(denom)
                .build()
                .toByteArray());
    return new BigInteger(Proto.parse(BalanceOfResponse.parser(), answer).getAmount());
  }

  /** Makes the account where there is none. */
  void ensureAccount(Context context) {
    context.call(
        ENSURE_MODULE_ACCOUNT,
        MsgEnsureModuleAccount.newBuilder()
            .setName(account)
            .addAllPermissions(PERMISSIONS)
            .build()
            .toByteArray());
  }
}
