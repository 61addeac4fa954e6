package io.segue.bundles.auth.account;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.GovernedHandler;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.auth.MsgEnsureAccount;
import io.segue.bundles.sdk.proto.auth.MsgEnsureAccountResponse;
import io.segue.bundles.sdk.proto.auth.MsgEnsureModuleAccount;
import io.segue.bundles.sdk.proto.auth.MsgUpdateParams;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * What other modules ask of auth: that an account be there; and what governance asks: other
 * parameters.
 */
public final class AccountMessages {
  private static final byte[] NOTHING = {};

  private final Addresses addresses;

  public AccountMessages(Addresses addresses) {
    this.addresses = addresses;
  }

  /** The handlers by type URL. */
  public Map<String, MessageHandler> handlers() {
    return new TreeMap<>(
        Map.of(
            "/" + MsgEnsureAccount.getDescriptor().getFullName(), new Internal(this::ensureAccount),
            "/" + MsgEnsureModuleAccount.getDescriptor().getFullName(),
                new Internal(this::ensureModule),
            "/" + MsgUpdateParams.getDescriptor().getFullName(), updateParams()));
  }

  private MessageHandler updateParams() {
    return new GovernedHandler<>(
        addresses,
        MsgUpdateParams.parser(),
        MsgUpdateParams::getAuthority,
        AccountMessages::judge,
        (context, message) -> AuthParams.set(context.store(), message.getParams()),
        (expected, named) ->
            SdkErrors.unregistered(
                "expected gov account as only signer for proposal message; invalid authority;"
                    + " expected "
                    + expected
                    + ", got "
                    + named));
  }

  private static void judge(Context context, MsgUpdateParams message) {
    try {
      AuthParams.check(message.getParams());
    } catch (IllegalArgumentException e) {
      throw SdkErrors.unregistered(String.valueOf(e.getMessage()));
    }
  }

  private byte[] ensureAccount(Context context, byte[] bytes) {
    byte[] address = Proto.parse(MsgEnsureAccount.parser(), bytes).getAddress().toByteArray();
    Accounts accounts = new Accounts(context.store(), addresses);
    boolean created = !accounts.has(address);
    if (created) {
      accounts.create(address);
    }
    return MsgEnsureAccountResponse.newBuilder().setCreated(created).build().toByteArray();
  }

  private byte[] ensureModule(Context context, byte[] bytes) {
    MsgEnsureModuleAccount message = Proto.parse(MsgEnsureModuleAccount.parser(), bytes);
    new Accounts(context.store(), addresses)
        .ensureModule(message.getName(), message.getPermissionsList());
    return NOTHING;
  }

  /** A message that no transaction can carry. */
  private record Internal(BiFunction<Context, byte[], byte[]> work) implements MessageHandler {
    @Override
    public List<byte[]> signers(byte[] message) {
      return List.of();
    }

    @Override
    public byte[] handle(Context context, byte[] message) {
      return work.apply(context, message);
    }

    @Override
    public boolean internal() {
      return true;
    }
  }
}
