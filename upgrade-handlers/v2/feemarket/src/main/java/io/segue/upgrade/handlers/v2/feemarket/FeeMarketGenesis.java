package io.segue.upgrade.handlers.v2.feemarket;

import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.GenesisWriter;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import io.segue.upgrade.handlers.v2.feemarket.proto.GenesisState;
import java.io.OutputStream;

/** The fee market's genesis: a JSON of {@code segue.feemarket.v1.GenesisState}. */
final class FeeMarketGenesis {
  /**
   * What a chain has that says nothing about fees: a base fee of 100 stake for 1,000,000 gas, which
   * is 20 stake for a transfer that asks for 200,000, rising to ten times that at most.
   */
  static final String DEFAULT =
      "{\"params\":{\"denom\":\"stake\",\"target_block_gas\":\"50000000\","
          + "\"change_denominator\":\"8\",\"min_base_fee\":\"100\",\"max_base_fee\":\"1000\"},"
          + "\"base_fee\":\"100\"}";

  private final GenesisJson json = GenesisJson.withTypes();
  private final FeeMarketState state;

  FeeMarketGenesis(FeeMarketState state) {
    this.state = state;
  }

  /**
   * Writes the first state.
   *
   * @throws ModuleException sdk/18; names what is wrong
   */
  void read(KVStore store, byte[] genesis) {
    GenesisState start = json.parse("feemarket", genesis, GenesisState.newBuilder()).build();
    state.set(store, start.getParams());
    if (BaseFee.clamp(start.getParams(), start.getBaseFee()) != start.getBaseFee()) {
      throw SdkErrors.invalidRequest(
          "genesis of feemarket: base_fee is "
              + Long.toUnsignedString(start.getBaseFee())
              + ", it must be from params.min_base_fee to params.max_base_fee");
    }
    state.set(store, new FeeMarketState.Block(start.getBaseFee(), 0));
  }

  /** The state as genesis. */
  void write(KVStore store, OutputStream out) {
    new GenesisWriter(json, out)
        .message(
            GenesisState.newBuilder()
                .setParams(state.params(store))
                .setBaseFee(state.block(store).baseFee())
                .build());
  }
}
