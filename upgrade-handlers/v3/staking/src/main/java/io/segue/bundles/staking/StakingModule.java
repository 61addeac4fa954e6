package io.segue.bundles.staking;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.DescriptorSets;
import io.segue.bundles.sdk.proto.crypto.ed25519.PubKey;
import io.segue.bundles.sdk.proto.staking.StakingInternalProto;
import io.segue.bundles.sdk.proto.staking.StakingQueryProto;
import io.segue.bundles.sdk.proto.staking.StakingTxProto;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.QueryHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Staking as far as genesis sets it: validators with their consensus keys, and delegations, from
 * which governance draws its voting power. No message changes them; governance may change the
 * parameters. Keeps nothing between calls.
 *
 * <p>This is version 2.0.0, as plan {@code v3} brings it, written from version 1.0.0. New are the
 * index of bonded validators by power ({@link StakingKeys}, {@link PowerIndexMigration}), so that a
 * tally no longer reads those that are not bonded, and the name of the store. Everything else
 * answers as before.
 */
final class StakingModule implements Module {
  static final String NAME = "staking";

  /**
   * The store of consensus version 2. Its name is new because its layout is: who still proves keys
   * of the old layout is told that there is no such store, not that a validator is absent.
   */
  static final String STORE = "stakes";

  /** Version of the layout that {@link StakingKeys} draws. */
  static final long CONSENSUS_VERSION = 2;

  private final Addresses addresses;
  private final Map<String, MessageHandler> messages;
  private final Map<String, QueryHandler> queries;
  private final StakingGenesis genesis;

  StakingModule(Addresses addresses) {
    this.addresses = addresses;
    messages = StakingParams.messages(addresses);
    queries = new StakingQueries(addresses).handlers();
    genesis = new StakingGenesis(addresses);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long consensusVersion() {
    return CONSENSUS_VERSION;
  }

  @Override
  public List<String> stores() {
    return List.of(STORE);
  }

  @Override
  public byte[] descriptors() {
    return DescriptorSets.of(
        StakingTxProto.getDescriptor(),
        StakingQueryProto.getDescriptor(),
        StakingInternalProto.getDescriptor(),
        PubKey.getDescriptor().getFile());
  }

  @Override
  public Map<String, MessageHandler> messages() {
    return messages;
  }

  @Override
  public Map<String, QueryHandler> queries() {
    return queries;
  }

  @Override
  public byte[] defaultGenesis() {
    return StakingGenesis.DEFAULT.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public List<ValidatorUpdate> initGenesis(Context context, byte[] genesisJson) {
    return genesis.read(context, genesisJson);
  }

  @Override
  public byte[] exportGenesis(Context context) {
    return genesis.write(context);
  }

  @Override
  public Map<Long, Migration> migrations() {
    return Map.of(1L, new PowerIndexMigration(addresses));
  }

  @Override
  public Map<String, Invariant> invariants() {
    return new StakingInvariants(addresses).all();
  }
}
