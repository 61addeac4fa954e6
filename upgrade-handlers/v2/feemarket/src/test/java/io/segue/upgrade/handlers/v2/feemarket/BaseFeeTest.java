package io.segue.upgrade.handlers.v2.feemarket;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.upgrade.handlers.v2.feemarket.proto.Params;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic of the base fee. */
class BaseFeeTest {
  private static final Params PARAMS =
      Params.newBuilder()
          .setDenom("stake")
          .setTargetBlockGas(50_000_000)
          .setChangeDenominator(8)
          .setMinBaseFee(100)
          .setMaxBaseFee(100_000)
          .build();

  @ParameterizedTest
  @CsvSource({
    "8000, 50000000, 8000, at the target it stays",
    "8000, 100000000, 9000, twice the target raises it by an eighth",
    "8000, 900000000, 9000, more than twice the target does not raise it more",
    "8000, 75000000, 8500, half as much over the target raises it half as much",
    "8000, 0, 7000, an empty block lowers it by an eighth",
    "8000, 25000000, 7500, half the target lowers it half as much",
    "8000, 50000001, 8001, it rises by one at least",
    "8000, 49999999, 7999, it falls by one at least",
    "100, 0, 100, it never falls below the least",
    "100000, 900000000, 100000, it never rises above the highest",
    "100, 100000000, 112, divisions cut off"
  })
  void followsTheFullnessOfBlocks(long fee, long gas, long next, String why) {
    assertThat(BaseFee.next(PARAMS, fee, gas)).as(why).isEqualTo(next);
  }

  @Test
  void canStartAtNothing() {
    Params free = PARAMS.toBuilder().setMinBaseFee(0).build();

    assertThat(BaseFee.next(free, 0, 0)).isZero();
    assertThat(BaseFee.next(free, 0, 50_000_001)).isEqualTo(1);
  }

  @Test
  void comesBackToTheLeastAfterBlocksWereFull() {
    long fee = 100;
    for (int i = 0; i < 100; i++) {
      fee = BaseFee.next(PARAMS, fee, Long.MAX_VALUE);
    }
    assertThat(fee).isEqualTo(100_000);
    for (int i = 0; i < 100; i++) {
      fee = BaseFee.next(PARAMS, fee, 0);
    }
    assertThat(fee).isEqualTo(100);
  }

  @Test
  void staysWithin64BitsAtTheLimits() {
    Params limits =
        PARAMS.toBuilder()
            .setTargetBlockGas(FeeMarketState.TARGET_LIMIT)
            .setChangeDenominator(1)
            .setMaxBaseFee(FeeMarketState.BASE_FEE_LIMIT)
            .build();

    assertThat(BaseFee.next(limits, FeeMarketState.BASE_FEE_LIMIT, Long.MAX_VALUE))
        .isEqualTo(FeeMarketState.BASE_FEE_LIMIT);
    assertThat(BaseFee.next(limits, FeeMarketState.BASE_FEE_LIMIT, 0)).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 200000, 20",
    "100, 200001, 21",
    "0, 200000, 0",
    "1, 1, 1",
    "1000000000000000, 9223372036854775807, 9223372036854775807000000000"
  })
  void roundsAPriceUp(long fee, long gas, String price) {
    assertThat(BaseFee.price(fee, gas)).isEqualTo(price);
  }
}
