package io.segue.bundles.consensus.solo.store;

import io.segue.kernel.api.engine.Engine.Condition;
import java.math.BigDecimal;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which values of an attribute meet a condition. */
final class ValueMatch {
  /** A number of more digits is none: its comparison would cost too much. */
  static final int MAX_NUMBER_CHARS = 64;

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
    BigDecimal bound = number(condition.operand());
    if (bound == null) {
      throw TxSearch.refusal(
          condition.key(), "is compared with \"" + condition.operand() + "\", which is no number");
    }
    return text -> {
      BigDecimal value = number(text);
      return value != null && order.test(value.compareTo(bound));
    };
  }

  private static @Nullable BigDecimal number(String text) {
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
