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
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Staking: who secures the chain, with how much, and how much say holders have in governance.
 *
 * <p>Accounts offer to validate ({@link CreateValidator}, {@link EditValidator}) and give stake to
 * validators ({@link Delegate}), move it ({@link BeginRedelegate}), take it out ({@link
 * Undelegate}) or think better of that ({@link CancelUnbonding}). At the end of a block those with
 * the most stake are bonded ({@link BondedSet}), and what was waited for ends ({@link EndOfBlock}).
 * There are no rewards and no slashing; a validator is jailed while its operator holds less of it
 * than it promised, and for good where consensus has proof that it misbehaved ({@link
 * Misbehaviors}).
 *
 * <p>It asks the bank to move coins; the coins of all stake lie in two {@link Pools}. Where things
 * are kept is drawn in {@link StakingKeys}.
 *
 * <p>Thread safety: immutable; whatever a call needs lives in objects made for that call.
 */
final class StakingModule implements Module {
  static final String NAME = "staking";

  private final Addresses addresses;
  private final long gasPerBlock;
  private final Map<String, MessageHandler> messages;
  private final Map<String, QueryHandler> queries;
  private final StakingGenesis genesis;

  StakingModule(Addresses addresses) {
    this(addresses, EndOfBlock.GAS_PER_BLOCK);
  }

  /**
   * For tests.
   *
   * @param gasPerBlock what the end of a block has room for
   */
  StakingModule(Addresses addresses, long gasPerBlock) {
    this.addresses = addresses;
    this.gasPerBlock = gasPerBlock;
    messages = handlers(addresses);
    queries = new StakingQueries(addresses).handlers();
    genesis = new StakingGenesis(addresses);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long consensusVersion() {
    return 1;
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
  public void beginBlock(Context context) {
    new Misbehaviors(context.store()).take(context, addresses);
  }

  @Override
  public List<ValidatorUpdate> endBlock(Context context) {
    return new EndOfBlock(context, addresses, gasPerBlock).run();
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
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    exportGenesis(context, out);
    return out.toByteArray();
  }

  @Override
  public void exportGenesis(Context context, OutputStream out) {
    genesis.write(context, out);
  }

  @Override
  public Map<String, Invariant> invariants() {
    return new StakingInvariants(addresses).byName();
  }

  private static Map<String, MessageHandler> handlers(Addresses addresses) {
    Map<String, MessageHandler> handlers = new TreeMap<>();
    handlers.put(CreateValidator.TYPE_URL, new CreateValidator(addresses));
    handlers.put(EditValidator.TYPE_URL, new EditValidator(addresses));
    handlers.put(Delegate.TYPE_URL, new Delegate(addresses));
    handlers.put(BeginRedelegate.TYPE_URL, new BeginRedelegate(addresses));
    handlers.put(Undelegate.TYPE_URL, new Undelegate(addresses));
    handlers.put(CancelUnbonding.TYPE_URL, new CancelUnbonding(addresses));
    handlers.put(StakingParams.UPDATE_TYPE_URL, StakingParams.update(addresses));
    return handlers;
  }
}
