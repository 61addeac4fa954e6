package io.segue.upgrade.handlers.v2.feemarket;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.module.AppModule;
import io.segue.bundles.sdk.service.Services;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.AnteStep;
import io.segue.kernel.api.module.Context;
import io.segue.upgrade.handlers.v2.feemarket.proto.FeeMarketProto;
import io.segue.upgrade.handlers.v2.feemarket.proto.MsgUpdateParams;
import io.segue.upgrade.handlers.v2.feemarket.proto.Params;
import io.segue.upgrade.handlers.v2.feemarket.proto.QueryBaseFeeRequest;
import io.segue.upgrade.handlers.v2.feemarket.proto.QueryBaseFeeResponse;
import io.segue.upgrade.handlers.v2.feemarket.proto.QueryParamsRequest;
import io.segue.upgrade.handlers.v2.feemarket.proto.QueryParamsResponse;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A base fee that follows the fullness of blocks. {@link BaseFeeStep} refuses transactions that
 * offer less and counts the gas they ask for; the end of the block moves the base fee by {@link
 * BaseFee}. Keeps nothing between calls.
 */
final class FeeMarketModule extends AppModule {
  static final String NAME = "feemarket";

  private final FeeMarketState state = new FeeMarketState(schema);
  private final FeeMarketGenesis genesis = new FeeMarketGenesis(state);
  private final Services services;

  FeeMarketModule(Addresses addresses) {
    super(NAME);
    MsgUpdateParamsHandler update = new MsgUpdateParamsHandler(state);
    services =
        Services.of(addresses, FeeMarketProto.getDescriptor())
            .governed(MsgUpdateParams.getDefaultInstance())
            .refuseOthers(
                (expected, named) ->
                    SdkErrors.unauthorized("expected " + expected + " got " + named))
            .check(update::check)
            .handle(update::handle)
            .query(
                QueryBaseFeeRequest.getDefaultInstance(),
                QueryBaseFeeResponse.getDefaultInstance(),
                this::baseFee)
            .query(
                QueryParamsRequest.getDefaultInstance(),
                QueryParamsResponse.getDefaultInstance(),
                this::params)
            .build();
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
  public Map<String, AnteStep> anteSteps() {
    return Map.of(BaseFeeStep.NAME, new BaseFeeStep(state));
  }

  @Override
  public List<ValidatorUpdate> endBlock(Context context) {
    FeeMarketState.Block block = state.block(context.store());
    Params params = state.params(context.store());
    FeeMarketState.Block next =
        new FeeMarketState.Block(BaseFee.next(params, block.baseFee(), block.gas()), 0);
    if (!next.equals(block)) {
      state.set(context.store(), next);
    }
    if (next.baseFee() != block.baseFee()) {
      context.emit(
          Event.of(
              "base_fee",
              "base_fee",
              Long.toString(next.baseFee()),
              "denom",
              params.getDenom(),
              "block_gas",
              Long.toString(block.gas())));
    }
    return List.of();
  }

  @Override
  public byte[] defaultGenesis() {
    return FeeMarketGenesis.DEFAULT.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public List<ValidatorUpdate> initGenesis(Context context, byte[] genesisJson) {
    genesis.read(context.store(), genesisJson);
    return List.of();
  }

  @Override
  protected void writeGenesis(Context context, OutputStream out) {
    genesis.write(context.store(), out);
  }

  @Override
  public Map<String, Invariant> invariants() {
    return Map.of("base-fee", this::baseFeeWithinParams);
  }

  private QueryBaseFeeResponse baseFee(Context context, QueryBaseFeeRequest request) {
    return QueryBaseFeeResponse.newBuilder()
        .setBaseFee(state.block(context.store()).baseFee())
        .setDenom(state.params(context.store()).getDenom())
        .build();
  }

  private QueryParamsResponse params(Context context, QueryParamsRequest request) {
    return QueryParamsResponse.newBuilder().setParams(state.params(context.store())).build();
  }

  /** The base fee keeps to the parameters. */
  private Optional<String> baseFeeWithinParams(Context context) {
    Params params = state.params(context.store());
    long fee = state.block(context.store()).baseFee();
    return BaseFee.clamp(params, fee) == fee
        ? Optional.empty()
        : Optional.of(
            "base fee "
                + fee
                + " is not between "
                + params.getMinBaseFee()
                + " and "
                + params.getMaxBaseFee());
  }
}
