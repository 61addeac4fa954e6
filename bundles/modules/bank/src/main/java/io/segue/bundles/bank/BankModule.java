package io.segue.bundles.bank;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.module.AppModule;
import io.segue.bundles.sdk.proto.bank.BankInternalProto;
import io.segue.bundles.sdk.proto.bank.BankQueryProto;
import io.segue.bundles.sdk.proto.bank.BankTxProto;
import io.segue.bundles.sdk.proto.bank.MsgMultiSend;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.service.Services;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The bank: balances and supply of every denomination. Users send by {@code MsgSend} and {@code
 * MsgMultiSend}; governance says which denominations they may ({@link BankParams}); other modules
 * move, mint, burn and take fees by the messages of {@code segue.bank.v1}. Every class here keeps
 * nothing between calls, so any thread may call.
 */
final class BankModule extends AppModule {
  static final String NAME = "bank";

  /** Version of the layout that {@link BankState} has. */
  static final long CONSENSUS_VERSION = 1;

  private final BankState state = new BankState(schema);
  private final BankParams params = new BankParams(state);
  private final Services services;
  private final BankGenesis genesis;

  BankModule(Addresses addresses, ModuleAccounts accounts) {
    super(NAME);
    services = services(addresses, accounts, state, params);
    genesis = new BankGenesis(addresses, accounts, state, params);
  }

  @Override
  protected Services services() {
    return services;
  }

  @Override
  public long consensusVersion() {
    return CONSENSUS_VERSION;
  }

  @Override
  public byte[] defaultGenesis() {
    return BankGenesis.DEFAULT.getBytes(StandardCharsets.UTF_8);
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
    return new BankInvariants(state).all();
  }

  private static Services services(
      Addresses addresses, ModuleAccounts accounts, BankState state, BankParams params) {
    BankKeeper keeper = new BankKeeper(state);
    MsgSendHandler send = new MsgSendHandler(addresses, accounts, params, keeper);
    MsgMultiSendHandler multiSend = new MsgMultiSendHandler(addresses, accounts, params, keeper);
    Services.Builder services =
        Services.of(
                addresses,
                BankTxProto.getDescriptor(),
                BankQueryProto.getDescriptor(),
                BankInternalProto.getDescriptor())
            .message(MsgSend.getDefaultInstance())
            .handle(send::handle)
            .message(MsgMultiSend.getDefaultInstance())
            .signedBy(multiSend::signers)
            .handle(multiSend::handle);
    params.addTo(services);
    new InternalMessages(addresses, accounts, keeper).addTo(services);
    new BankQueries(addresses, accounts, state, params).addTo(services);
    return services.build();
  }
}
