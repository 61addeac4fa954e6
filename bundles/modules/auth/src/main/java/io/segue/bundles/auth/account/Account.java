package io.segue.bundles.auth.account;

import com.google.protobuf.Any;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.auth.BaseAccount;
import io.segue.bundles.sdk.proto.auth.ModuleAccount;
import io.segue.bundles.sdk.proto.crypto.multisig.LegacyAminoPubKey;
import io.segue.bundles.sdk.proto.crypto.secp256k1.PubKey;
import io.segue.bundles.sdk.state.ValueCodec;
import io.segue.bundles.sdk.state.Values;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An account of a key or of a module. Immutable. */
public final class Account {
  private static final String BASE_URL = "/" + BaseAccount.getDescriptor().getFullName();
  private static final String MODULE_URL = "/" + ModuleAccount.getDescriptor().getFullName();

  /** The JSON of accounts: knows the keys that they may have. */
  static final GenesisJson JSON =
      GenesisJson.withTypes(
          BaseAccount.getDefaultInstance(),
          ModuleAccount.getDefaultInstance(),
          PubKey.getDefaultInstance(),
          io.segue.bundles.sdk.proto.crypto.ed25519.PubKey.getDefaultInstance(),
          LegacyAminoPubKey.getDefaultInstance());

  /** How the store has an account. */
  static final ValueCodec<Account> STORED =
      Values.proto(Any.getDefaultInstance(), JSON).as(Account::of, Account::toAny);

  private final BaseAccount base;

  /** Name and permissions, without the common part; null for an account of a key. */
  private final @Nullable ModuleAccount module;

  private Account(BaseAccount base, @Nullable ModuleAccount module) {
    this.base = base;
    this.module = module;
  }

  /** An account of a key. */
  public static Account of(BaseAccount base) {
    return new Account(base, null);
  }

  /** An account of a module. */
  public static Account of(ModuleAccount account) {
    return new Account(account.getBaseAccount(), account.toBuilder().clearBaseAccount().build());
  }

  /** An account as stored. */
  private static Account of(Any any) {
    return switch (any.getTypeUrl()) {
      case "/cosmos.auth.v1beta1.BaseAccount" ->
          of(Proto.stored(BaseAccount.parser(), any.getValue()));
      case "/cosmos.auth.v1beta1.ModuleAccount" ->
          of(Proto.stored(ModuleAccount.parser(), any.getValue()));
      default -> throw new IllegalStateException("stored account of type " + any.getTypeUrl());
    };
  }

  /** As clients and the store have it. */
  public Any toAny() {
    return module == null
        ? Any.newBuilder().setTypeUrl(BASE_URL).setValue(base.toByteString()).build()
        : Any.newBuilder()
            .setTypeUrl(MODULE_URL)
            .setValue(module.toBuilder().setBaseAccount(base).build().toByteString())
            .build();
  }

  /** What accounts of every type have. */
  public BaseAccount base() {
    return base;
  }

  /** Whether a module has it. */
  public boolean isModule() {
    return module != null;
  }

  /** The module's name; empty for an account of a key. */
  public Optional<String> moduleName() {
    return module == null ? Optional.empty() : Optional.of(module.getName());
  }

  public long number() {
    return base.getAccountNumber();
  }

  public long sequence() {
    return base.getSequence();
  }

  /** The key that must sign; empty until it has signed for the first time. */
  public Optional<Any> publicKey() {
    return base.hasPubKey() ? Optional.of(base.getPubKey()) : Optional.empty();
  }

  /** With the key that must sign. */
  public Account withPublicKey(Any key) {
    return new Account(base.toBuilder().setPubKey(key).build(), module);
  }

  /** With another number. */
  Account numbered(long number) {
    return new Account(base.toBuilder().setAccountNumber(number).build(), module);
  }

  /** After one more transaction. */
  public Account advanced() {
    return new Account(base.toBuilder().setSequence(base.getSequence() + 1).build(), module);
  }

  /** The same account in a module's hands. */
  public Account ownedBy(String name, List<String> permissions) {
    return new Account(
        base, ModuleAccount.newBuilder().setName(name).addAllPermissions(permissions).build());
  }
}
