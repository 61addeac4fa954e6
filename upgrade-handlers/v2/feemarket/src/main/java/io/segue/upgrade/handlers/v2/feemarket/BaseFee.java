package io.segue.upgrade.handlers.v2.feemarket;

import io.segue.upgrade.handlers.v2.feemarket.proto.Params;
import java.math.BigInteger;

/**
 * How the base fee moves from block to block, as Ethereum's EIP-1559 has it, in whole numbers.
 *
 * <p>A base fee is what {@link #GAS_UNIT} gas costs. With g the gas that a block's transactions ask
 * for, at most twice the target t counting, and d the change denominator:
 *
 * <pre>
 * g &gt; t:  next = fee + max(1, fee * (g - t) / t / d)
 * g = t:  next = fee
 * g &lt; t:  next = fee - max(1, fee * (t - g) / t / d)
 * </pre>
 *
 * held between the least and the highest base fee. Divisions cut off.
 */
final class BaseFee {
  /** The gas that a base fee buys. */
  static final long GAS_UNIT = 1_000_000;

  private static final BigInteger UNIT = BigInteger.valueOf(GAS_UNIT);

  private BaseFee() {}

  /** The base fee after a block whose transactions asked for {@code blockGas}. */
  static long next(Params params, long fee, long blockGas) {
    long target = params.getTargetBlockGas();
    long next = fee;
    if (blockGas > target) {
      long over = Math.min(blockGas - target, target);
      next = fee + change(params, fee, over);
    } else if (blockGas < target) {
      next = fee - change(params, fee, target - blockGas);
    }
    return clamp(params, next);
  }

  /** {@code fee} held between the least and the highest. */
  static long clamp(Params params, long fee) {
    return Math.max(params.getMinBaseFee(), Math.min(params.getMaxBaseFee(), fee));
  }

  /** The coins that a gas limit costs, rounded up. */
  static BigInteger price(long fee, long gasLimit) {
    BigInteger[] parts =
        BigInteger.valueOf(fee).multiply(BigInteger.valueOf(gasLimit)).divideAndRemainder(UNIT);
    return parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
  }

  private static long change(Params params, long fee, long distance) {
    return BigInteger.valueOf(fee)
        .multiply(BigInteger.valueOf(distance))
        .divide(BigInteger.valueOf(params.getTargetBlockGas()))
        .divide(BigInteger.valueOf(params.getChangeDenominator()))
        .max(BigInteger.ONE)
        .longValueExact();
  }
}
