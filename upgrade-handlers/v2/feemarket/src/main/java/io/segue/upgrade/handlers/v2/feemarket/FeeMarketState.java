package io.segue.upgrade.handlers.v2.feemarket;

import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.state.Item;
import io.segue.bundles.sdk.state.Keys;
import io.segue.bundles.sdk.state.Pair;
import io.segue.bundles.sdk.state.Prefix;
import io.segue.bundles.sdk.state.Schema;
import io.segue.bundles.sdk.state.Values;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import io.segue.upgrade.handlers.v2.feemarket.proto.Params;

/**
 * What the fee market keeps, in its store {@code feemarket}. Base fee and gas of a block stand in
 * one value because every transaction reads both and writes one.
 */
final class FeeMarketState {
  /** Highest value of a base fee, so that no product of two leaves 64 bits by surprise. */
  static final long BASE_FEE_LIMIT = 1_000_000_000_000_000L;

  /** Highest target of gas a block. */
  static final long TARGET_LIMIT = 1_000_000_000_000_000L;

  /** Highest denominator of a change. */
  static final long DENOMINATOR_LIMIT = 1_000_000;

  private final Item<Params> params;
  private final Item<Block> block;

  FeeMarketState(Schema schema) {
    params = schema.item("params", Prefix.of(0), Values.proto(Params.getDefaultInstance()));
    block =
        schema.item(
            "block",
            Prefix.of(1),
            Values.like(Keys.pair(Keys.u64(), Keys.u64()))
                .as(
                    pair -> new Block(pair.first(), pair.second()),
                    now -> Pair.of(now.baseFee(), now.gas())));
  }

  /**
   * The state of a block.
   *
   * @param baseFee what {@link BaseFee#GAS_UNIT} gas costs in it
   * @param gas what its transactions asked for so far
   */
  record Block(long baseFee, long gas) {
    /** With a transaction's gas added; never over {@link Long#MAX_VALUE}. */
    Block plus(long gasLimit) {
      long sum = gas + gasLimit;
      return new Block(baseFee, sum < 0 ? Long.MAX_VALUE : sum);
    }
  }

  Params params(KVStore store) {
    return params.find(store).orElseThrow(FeeMarketState::noGenesis);
  }

  Block block(KVStore store) {
    return block.find(store).orElseThrow(FeeMarketState::noGenesis);
  }

  /**
   * Replaces the parameters.
   *
   * @throws ModuleException sdk/18 where they contradict each other; names what is wrong
   */
  void set(KVStore store, Params changed) {
    check(changed);
    params.set(store, changed);
  }

  void set(KVStore store, Block changed) {
    block.set(store, changed);
  }

  private static IllegalStateException noGenesis() {
    return new IllegalStateException("the fee market has no genesis");
  }

  /** Checks parameters by themselves, as {@link #set(KVStore, Params)}. */
  static void check(Params params) {
    if (!Coins.validDenom(params.getDenom())) {
      throw refused("denom \"" + params.getDenom() + "\" is no denomination");
    }
    requireBetween("target_block_gas", params.getTargetBlockGas(), 1, TARGET_LIMIT);
    requireBetween("change_denominator", params.getChangeDenominator(), 1, DENOMINATOR_LIMIT);
    requireBetween("max_base_fee", params.getMaxBaseFee(), 0, BASE_FEE_LIMIT);
    requireBetween("min_base_fee", params.getMinBaseFee(), 0, params.getMaxBaseFee());
  }

  private static void requireBetween(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw refused(
          name
              + " is "
              + Long.toUnsignedString(value)
              + ", it must be from "
              + least
              + " to "
              + most);
    }
  }

  private static ModuleException refused(String what) {
    return SdkErrors.invalidRequest("fee market: " + what);
  }
}
