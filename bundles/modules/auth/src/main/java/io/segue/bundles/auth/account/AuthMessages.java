package io.segue.bundles.auth.account;

import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.auth.MsgEnsureAccount;
import io.segue.bundles.sdk.proto.auth.MsgEnsureAccountResponse;
import io.segue.bundles.sdk.proto.auth.MsgEnsureModuleAccount;
import io.segue.bundles.sdk.proto.auth.MsgUpdateParams;
import io.segue.bundles.sdk.service.Services;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;

/**
 * What other modules ask of auth: that an account be there; and what governance asks: other
 * parameters.
 */
public final class AuthMessages {
  private final AccountKeeper keeper;

  public AuthMessages(AccountKeeper keeper) {
    this.keeper = keeper;
  }

  /** Adds what is done with them. */
  public void addTo(Services.Builder services) {
    services
        .internal(MsgEnsureAccount.getDefaultInstance())
        .answer(MsgEnsureAccountResponse.getDefaultInstance(), this::ensureAccount)
        .internal(MsgEnsureModuleAccount.getDefaultInstance())
        .handle(this::ensureModule)
        .governed(MsgUpdateParams.getDefaultInstance())
        .refuseOthers(AuthMessages::invalidAuthority)
        .check(AuthMessages::check)
        .handle((context, message) -> keeper.setParams(context.store(), message.getParams()));
  }

  private static ModuleException invalidAuthority(String expected, String named) {
    return SdkErrors.unregistered(
        "expected gov account as only signer for proposal message; invalid authority; expected "
            + expected
            + ", got "
            + named);
  }

  private static void check(Context context, MsgUpdateParams message) {
    try {
      AuthParams.check(message.getParams());
    } catch (IllegalArgumentException e) {
      throw SdkErrors.unregistered(String.valueOf(e.getMessage()));
    }
  }

  private MsgEnsureAccountResponse ensureAccount(Context context, MsgEnsureAccount message) {
    byte[] address = message.getAddress().toByteArray();
    boolean created = !keeper.accounts().has(context.store(), address);
    if (created) {
      keeper.create(context.store(), address);
    }
    return MsgEnsureAccountResponse.newBuilder().setCreated(created).build();
  }

  private void ensureModule(Context context, MsgEnsureModuleAccount message) {
    keeper.ensureModule(context.store(), message.getName(), message.getPermissionsList());
  }
}
