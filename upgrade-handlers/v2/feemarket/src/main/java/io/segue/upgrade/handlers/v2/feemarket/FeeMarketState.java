package io.segue.upgrade.handlers.v2.feemarket;

import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import io.segue.upgrade.handlers.v2.feemarket.proto.Params;
import java.nio.ByteBuffer;

/**
 * What the fee market keeps, in its store {@code feemarket}; lives for one call.
 *
 * <pre>
 * 00 -> segue.feemarket.v1.Params
 * 01 -> base fee, 8 bytes | gas that the transactions of this block asked for so far, 8 bytes
 * </pre>
 *
 * Numbers are big endian. Both stand in one value because every transaction reads both and writes
 * one.
 */
final class FeeMarketState {
  /** Highest value of a base fee, so that no product of two leaves 64 bits by surprise. */
  static final long BASE_FEE_LIMIT = 1_000_000_000_000_000L;

  /** Highest target of gas a block. */
  static final long TARGET_LIMIT = 1_000_000_000_000_000L;

  /** Highest denominator of a change. */
  static final long DENOMINATOR_LIMIT = 1_000_000;

  private static final byte[] PARAMS = {0x00};
  private static final byte[] BLOCK = {0x01};

  private final KVStore store;

  FeeMarketState(KVStore store) {
    this.store = store;
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

  Params params() {
    return Proto.stored(Params.parser(), required(PARAMS));
  }

  Block block() {
    ByteBuffer value = ByteBuffer.wrap(required(BLOCK));
    return new Block(value.getLong(), value.getLong());
  }

  /**
   * Replaces the parameters.
   *
   * @throws ModuleException sdk/18 where they contradict each other; names what is wrong
   */
  void put(Params params) {
    check(params);
    store.set(PARAMS, params.toByteArray());
  }

  void put(Block block) {
    store.set(BLOCK, ByteBuffer.allocate(16).putLong(block.baseFee()).putLong(block.gas()).array());
  }

  private byte[] required(byte[] key) {
    byte[] value = store.get(key);
    if (value == null) {
      throw new IllegalStateException("the fee market has no genesis");
    }
    return value;
  }

  /** Judges parameters by themselves, as {@link #put(Params)}. */
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
