package io.segue.bundles.consensus.solo.store;

import io.segue.kernel.api.engine.Engine.Condition;
import io.segue.kernel.api.engine.Engine.Operand;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Heights from {@code low} to {@code high}, both included; none where {@code low} is above. */
record HeightRange(long low, long high) {
  private static final HeightRange NO_HEIGHT = new HeightRange(1, 0);

  boolean has(long height) {
    return low <= height && height <= high;
  }

  /** How many heights there are. */
  long count() {
    return Math.max(0, high - low + 1);
  }

  /**
   * Those of its heights that meet a condition, whose number may be of any size and have a
   * fraction.
   *
   * @throws IllegalArgumentException where a height can't be compared so
   */
  HeightRange and(Condition condition) {
    return switch (condition.comparison()) {
      case EQUAL -> atLeast(up(condition)).atMost(down(condition));
      case LESS -> atMost(up(condition).subtract(BigInteger.ONE));
      case LESS_OR_EQUAL -> atMost(down(condition));
      case GREATER -> atLeast(down(condition).add(BigInteger.ONE));
      case GREATER_OR_EQUAL -> atLeast(up(condition));
      case EXISTS -> this;
      case CONTAINS ->
          throw EventSearch.refusal(condition.key(), "is a number and can't contain a text");
    };
  }

  private HeightRange atLeast(BigInteger value) {
    if (value.compareTo(BigInteger.valueOf(high)) > 0) {
      return NO_HEIGHT;
    }
    return new HeightRange(value.max(BigInteger.valueOf(low)).longValueExact(), high);
  }

  private HeightRange atMost(BigInteger value) {
    if (value.compareTo(BigInteger.valueOf(low)) < 0) {
      return NO_HEIGHT;
    }
    return new HeightRange(low, value.min(BigInteger.valueOf(high)).longValueExact());
  }

  private static BigInteger up(Condition condition) {
    return number(condition).setScale(0, RoundingMode.CEILING).toBigIntegerExact();
  }

  private static BigInteger down(Condition condition) {
    return number(condition).setScale(0, RoundingMode.FLOOR).toBigIntegerExact();
  }

  private static BigDecimal number(Condition condition) {
    String operand = condition.operand();
    BigDecimal value = ValueMatch.number(operand);
    if (value == null || condition.type() == Operand.DATE || condition.type() == Operand.TIME) {
      throw EventSearch.refusal(
          condition.key(), "is compared with \"" + operand + "\", which is no number of a height");
    }
    return value;
  }
}
