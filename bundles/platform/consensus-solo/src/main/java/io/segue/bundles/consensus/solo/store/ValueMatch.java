package io.segue.bundles.consensus.solo.store;

import io.segue.kernel.api.engine.Engine.Condition;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which values of an attribute meet a condition. As in CometBFT's index, {@code =} compares texts,
 * also with numbers and times; sizes are compared of whole values, so {@code 8atom} has none.
 */
final class ValueMatch {
  /** A number of more digits is none: its comparison would cost too much. 2^256 has 78. */
  static final int MAX_NUMBER_CHARS = 128;

  private ValueMatch() {}

  static Predicate<String> of(Condition condition) {
    String operand = condition.operand();
    return switch (condition.comparison()) {
      case EQUAL -> operand::equals;
      case CONTAINS -> value -> value.contains(operand);
      case EXISTS -> value -> true;
      case LESS -> bySize(condition, order -> order < 0);
      case LESS_OR_EQUAL -> bySize(condition, order -> order <= 0);
      case GREATER -> bySize(condition, order -> order > 0);
      case GREATER_OR_EQUAL -> bySize(condition, order -> order >= 0);
    };
  }

  private static Predicate<String> bySize(Condition condition, IntPredicate order) {
    return switch (condition.type()) {
      case DATE -> bySize(condition, ValueMatch::date, "day as 2006-01-02", order);
      case TIME -> bySize(condition, ValueMatch::time, "time as 2006-01-02T15:04:05Z", order);
      case TEXT, NUMBER -> bySize(condition, ValueMatch::number, "number", order);
    };
  }

  private static <T extends Comparable<? super T>> Predicate<String> bySize(
      Condition condition, Reader<T> reader, String kind, IntPredicate order) {
    T bound = reader.read(condition.operand());
    if (bound == null) {
      throw EventSearch.refusal(
          condition.key(), "is compared with \"" + condition.operand() + "\", which is no " + kind);
    }
    return text -> {
      T value = reader.read(text);
      return value != null && order.test(value.compareTo(bound));
    };
  }

  /** Reads a value that can be compared; null where a text is none. */
  @FunctionalInterface
  private interface Reader<T> {
    @Nullable T read(String text);
  }

  private static @Nullable LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** A number in decimal; null where a text is none, or too long. */
  static @Nullable BigDecimal number(String text) {
    if (text.isEmpty() || text.length() > MAX_NUMBER_CHARS) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && !(c == '-' && i == 0)) {
        return null;
      }
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
