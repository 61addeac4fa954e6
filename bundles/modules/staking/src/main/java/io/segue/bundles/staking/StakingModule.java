package io.segue.bundles.staking;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.crypto.ed25519.PubKey;
import io.segue.bundles.sdk.proto.staking.MsgBeginRedelegate;
import io.segue.bundles.sdk.proto.staking.MsgBeginRedelegateResponse;
import io.segue.bundles.sdk.proto.staking.MsgCancelUnbondingDelegation;
import io.segue.bundles.sdk.proto.staking.MsgCreateValidator;
import io.segue.bundles.sdk.proto.staking.MsgDelegate;
import io.segue.bundles.sdk.proto.staking.MsgEditValidator;
import io.segue.bundles.sdk.proto.staking.MsgUndelegate;
import io.segue.bundles.sdk.proto.staking.MsgUndelegateResponse;
import io.segue.bundles.sdk.proto.staking.MsgUpdateParams;
import io.segue.bundles.sdk.proto.staking.StakingInternalProto;
import io.segue.bundles.sdk.proto.staking.StakingQueryProto;
import io.segue.bundles.sdk.proto.staking.StakingTxProto;
import io.segue.bundles.sdk.service.Services;
import io.segue.bundles.staking.genesis.StakingGenesis;
import io.segue.bundles.staking.query.StakingQueries;
import io.segue.bundles.staking.state.StakingParams;
import io.segue.bundles.staking.state.StakingState;
import io.segue.bundles.staking.validator.Misbehaviors;
import io.segue.bundles.staking.validator.StakingPool;
import io.segue.bundles.staking.validator.ValidatorSet;
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
import java.util.Optional;

/**
 * Staking: who secures the chain, with how much, and how much say holders have in governance.
 *
 * <p>Accounts offer to validate ({@link MsgCreateValidatorHandler}, {@link
 * MsgEditValidatorHandler}) and give stake to validators ({@link MsgDelegateHandler}), move it
 * ({@link MsgBeginRedelegateHandler}), take it out ({@link MsgUndelegateHandler}) or think better
 * of that ({@link MsgCancelUnbondingDelegationHandler}). At the end of a block those with the most
 * stake are bonded ({@link ValidatorSet}), and what was waited for ends ({@link EndBlocker}). There
 * are no rewards and no slashing; a validator is jailed while its operator holds less of it than it
 * promised, and for good where consensus has proof that it misbehaved ({@link Misbehaviors}).
 *
 * <p>It asks the bank to move coins; the coins of all stake lie in two {@link StakingPool}. Where
 * things are kept is drawn in {@link StakingState}.
 *
 * <p>Thread safety: immutable; whatever a call needs lives in objects made for that call.
 */
final class StakingModule implements Module {
  static final String NAME = "staking";

  private final Addresses addresses;
  private final long gasPerBlock;
  private final Services services;
  private final StakingGenesis genesis;

  StakingModule(Addresses addresses) {
    this(addresses, EndBlocker.GAS_PER_BLOCK);
  }

  /**
   * For tests.
   *
   * @param gasPerBlock what the end of a block has room for
   */
  StakingModule(Addresses addresses, long gasPerBlock) {
    this.addresses = addresses;
    this.gasPerBlock = gasPerBlock;
    services = services(addresses);
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
    return services.descriptors();
  }

  @Override
  public Map<String, MessageHandler> messages() {
    return services.messages();
  }

  @Override
  public Map<String, QueryHandler> queries() {
    return services.queries();
  }

  @Override
  public void beginBlock(Context context) {
    new Misbehaviors(context.store()).take(context, addresses);
  }

  @Override
  public List<ValidatorUpdate> endBlock(Context context) {
    return new EndBlocker(context, addresses, gasPerBlock).run();
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

  @Override
  public Optional<String> describe(String store, byte[] key, byte[] value) {
    return StakingState.SCHEMA.describe(key, value);
  }

  private static Services services(Addresses addresses) {
    MsgCreateValidatorHandler create = new MsgCreateValidatorHandler(addresses);
    MsgEditValidatorHandler edit = new MsgEditValidatorHandler(addresses);
    MsgDelegateHandler delegate = new MsgDelegateHandler(addresses);
    MsgUndelegateHandler undelegate = new MsgUndelegateHandler(addresses);
    MsgBeginRedelegateHandler redelegate = new MsgBeginRedelegateHandler(addresses);
    MsgCancelUnbondingDelegationHandler cancel = new MsgCancelUnbondingDelegationHandler(addresses);
    Services.Builder services =
        Services.of(
                addresses,
                StakingTxProto.getDescriptor(),
                StakingQueryProto.getDescriptor(),
                StakingInternalProto.getDescriptor(),
                PubKey.getDescriptor().getFile())
            .message(MsgCreateValidator.getDefaultInstance())
            .maxBytes(MsgCreateValidatorHandler.MAX_BYTES)
            .check(create::check)
            .handle(create::handle)
            .message(MsgEditValidator.getDefaultInstance())
            .maxBytes(MsgCreateValidatorHandler.MAX_BYTES)
            .check(edit::check)
            .handle(edit::handle)
            .message(MsgDelegate.getDefaultInstance())
            .maxBytes(MsgDelegateHandler.MAX_BYTES)
            .check(delegate::check)
            .handle(delegate::handle)
            .message(MsgUndelegate.getDefaultInstance())
            .maxBytes(MsgDelegateHandler.MAX_BYTES)
            .check(undelegate::check)
            .answer(MsgUndelegateResponse.getDefaultInstance(), undelegate::handle)
            .message(MsgBeginRedelegate.getDefaultInstance())
            .maxBytes(MsgDelegateHandler.MAX_BYTES)
            .check(redelegate::check)
            .answer(MsgBeginRedelegateResponse.getDefaultInstance(), redelegate::handle)
            .message(MsgCancelUnbondingDelegation.getDefaultInstance())
            .maxBytes(MsgDelegateHandler.MAX_BYTES)
            .check(cancel::check)
            .handle(cancel::handle)
            .governed(MsgUpdateParams.getDefaultInstance())
            .check(StakingParams::check)
            .handle(StakingParams::update);
    new StakingQueries(addresses).addTo(services);
    return services.build();
  }
}
