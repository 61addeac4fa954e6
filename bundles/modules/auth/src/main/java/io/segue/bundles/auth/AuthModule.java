package io.segue.bundles.auth;

import io.segue.bundles.auth.account.AccountKeeper;
import io.segue.bundles.auth.account.AuthGenesis;
import io.segue.bundles.auth.account.AuthInvariants;
import io.segue.bundles.auth.account.AuthMessages;
import io.segue.bundles.auth.ante.AnteSteps;
import io.segue.bundles.auth.format.TransactionFormat;
import io.segue.bundles.auth.query.AuthQueries;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.module.AppModule;
import io.segue.bundles.sdk.proto.auth.AuthGenesisProto;
import io.segue.bundles.sdk.proto.auth.AuthInternalProto;
import io.segue.bundles.sdk.proto.auth.AuthQueryProto;
import io.segue.bundles.sdk.proto.auth.AuthTxProto;
import io.segue.bundles.sdk.service.Services;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.AnteStep;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.Platform;
import io.segue.kernel.api.module.TxFormat;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Accounts and transactions.
 *
 * <p>A transaction is decoded by {@link TransactionFormat}, passes the steps of {@link AnteSteps},
 * and then its messages run in other modules, which know accounts by their addresses only.
 *
 * <p>Thread safety: immutable; everything that changes is in the {@link Context}.
 */
final class AuthModule extends AppModule {
  /** The store's name is the one that readers of Cosmos SDK chains know. */
  private static final List<String> STORES = List.of("acc");

  private final Addresses addresses;
  private final Crypto crypto;
  private final AccountKeeper keeper;
  private final TransactionFormat format;
  private final AuthGenesis genesis;
  private final Services services;

  AuthModule(Platform platform) {
    super("auth");
    this.addresses = Addresses.of(platform);
    this.crypto = platform.crypto();
    this.keeper = new AccountKeeper(addresses, schema);
    this.format = new TransactionFormat(addresses);
    this.genesis = new AuthGenesis(addresses, crypto, keeper);
    this.services = services(addresses, keeper);
  }

  @Override
  protected Services services() {
    return services;
  }

  @Override
  public long consensusVersion() {
    return 1;
  }

  @Override
  public List<String> stores() {
    return STORES;
  }

  @Override
  public Map<String, AnteStep> anteSteps() {
    return AnteSteps.of(addresses, crypto, keeper);
  }

  @Override
  public Optional<TxFormat> txFormat() {
    return Optional.of(format);
  }

  @Override
  public byte[] defaultGenesis() {
    return genesis.byDefault();
  }

  @Override
  public List<ValidatorUpdate> initGenesis(Context context, byte[] genesisJson) {
    genesis.read(context, genesisJson);
    return List.of();
  }

  @Override
  protected void writeGenesis(Context context, OutputStream out) {
    genesis.write(context, out);
  }

  @Override
  public Map<String, Invariant> invariants() {
    return new AuthInvariants(addresses, keeper).all();
  }

  private static Services services(Addresses addresses, AccountKeeper keeper) {
    Services.Builder services =
        Services.of(
            addresses,
            AuthTxProto.getDescriptor(),
            AuthQueryProto.getDescriptor(),
            AuthGenesisProto.getDescriptor(),
            AuthInternalProto.getDescriptor(),
            io.segue.bundles.sdk.proto.tx.Tx.getDescriptor().getFile(),
            io.segue.bundles.sdk.proto.crypto.secp256k1.PubKey.getDescriptor().getFile(),
            io.segue.bundles.sdk.proto.crypto.ed25519.PubKey.getDescriptor().getFile(),
            io.segue.bundles.sdk.proto.crypto.multisig.LegacyAminoPubKey.getDescriptor().getFile());
    new AuthMessages(keeper).addTo(services);
    new AuthQueries(addresses, keeper).addTo(services);
    return services.build();
  }
}
