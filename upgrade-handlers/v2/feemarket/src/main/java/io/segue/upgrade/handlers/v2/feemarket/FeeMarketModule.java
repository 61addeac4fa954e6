package io.segue.upgrade.handlers.v2.feemarket;

import com.google.protobuf.Message;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.DescriptorSets;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.AnteStep;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.QueryHandler;
import io.segue.upgrade.handlers.v2.feemarket.proto.FeeMarketProto;
import io.segue.upgrade.handlers.v2.feemarket.proto.Params;
import io.segue.upgrade.handlers.v2.feemarket.proto.QueryBaseFeeResponse;
import io.segue.upgrade.handlers.v2.feemarket.proto.QueryParamsResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A base fee that follows the fullness of blocks. {@link BaseFeeStep} refuses transactions that
 * offer less and counts the gas they ask for; the end of the block moves the base fee by {@link
 * BaseFee}. Keeps nothing between calls.
 */
final class FeeMarketModule implements Module {
  static final String NAME = "feemarket";

  private static final String QUERY = "/segue.feemarket.v1.Query/";

  private final Addresses addresses;
  private final FeeMarketGenesis genesis = new FeeMarketGenesis();

  FeeMarketModule(Addresses addresses) {
    this.addresses = addresses;
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
    return DescriptorSets.of(FeeMarketProto.getDescriptor());
  }

  @Override
  public Map<String, MessageHandler> messages() {
    return Map.of("/segue.feemarket.v1.MsgUpdateParams", UpdateParamsHandler.of(addresses));
  }

  @Override
  public Map<String, QueryHandler> queries() {
    Map<String, QueryHandler> queries = new TreeMap<>();
    queries.put(QUERY + "BaseFee", answer(FeeMarketModule::baseFee));
    queries.put(QUERY + "Params", answer(FeeMarketModule::params));
    return queries;
  }

  @Override
  public Map<String, AnteStep> anteSteps() {
    return Map.of(BaseFeeStep.NAME, new BaseFeeStep());
  }

  @Override
  public List<ValidatorUpdate> endBlock(Context context) {
    FeeMarketState state = new FeeMarketState(context.store());
    FeeMarketState.Block block = state.block();
    Params params = state.params();
    FeeMarketState.Block next =
        new FeeMarketState.Block(BaseFee.next(params, block.baseFee(), block.gas()), 0);
    if (!next.equals(block)) {
      state.put(next);
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
  public byte[] exportGenesis(Context context) {
    return genesis.write(context.store());
  }

  @Override
  public Map<String, Invariant> invariants() {
    return Map.of("base-fee", FeeMarketModule::baseFeeWithinParams);
  }

  private static Message baseFee(FeeMarketState state) {
    return QueryBaseFeeResponse.newBuilder()
        .setBaseFee(state.block().baseFee())
        .setDenom(state.params().getDenom())
        .build();
  }

  private static Message params(FeeMarketState state) {
    return QueryParamsResponse.newBuilder().setParams(state.params()).build();
  }

  /** The base fee keeps to the parameters. */
  private static Optional<String> baseFeeWithinParams(Context context) {
    FeeMarketState state = new FeeMarketState(context.store());
    long fee = state.block().baseFee();
    return BaseFee.clamp(state.params(), fee) == fee
        ? Optional.empty()
        : Optional.of("base fee " + fee + " is outside of " + state.params());
  }

  private static QueryHandler answer(Function<FeeMarketState, Message> answer) {
    return (context, request) -> answer.apply(new FeeMarketState(context.store())).toByteArray();
  }
}
