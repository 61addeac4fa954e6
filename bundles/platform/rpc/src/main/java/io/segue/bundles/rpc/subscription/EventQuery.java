package io.segue.bundles.rpc.subscription;

import io.segue.kernel.api.engine.Engine.Comparison;
import io.segue.kernel.api.engine.Engine.Condition;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The query of a subscription. It matches over all that happened together: each condition may be
 * met by another event. As in CometBFT, a number is compared with the number that a value begins
 * with ({@code 8atom}), also by {@code =}. Immutable.
 */
public final class EventQuery {
  /** Of a value that begins with more digits the number is not read: it would cost too much. */
  private static final int MAX_NUMBER_CHARS = 512;

  private static final String TYPE_KEY = "tm.event";
  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");

  private final List<Condition> conditions;
  private final List<Term> terms;

  /** A condition whose operand is read. */
  private record Term(String key, Predicate<String> matches) {}

  public EventQuery(List<Condition> conditions) {
    this.conditions = List.copyOf(conditions);
    this.terms =
        conditions.stream().map(condition -> new Term(condition.key(), of(condition))).toList();
  }

  /** Whether two queries say the same, however they are written. */
  public boolean isSameAs(EventQuery other) {
    return conditions.equals(other.conditions);
  }

  /** Whether it may match an event of {@code type}, as far as {@code tm.event} says. */
  public boolean wants(String type) {
    return terms.stream()
        .filter(term -> term.key.equals(TYPE_KEY))
        .allMatch(term -> term.matches.test(type));
  }

  /** Whether it matches an event with these attributes, of which there is one at least. */
  public boolean matches(Map<String, List<String>> attributes) {
    return terms.stream().allMatch(term -> isMet(term, attributes));
  }

  private static boolean isMet(Term term, Map<String, List<String>> attributes) {
    List<String> values = attributes.get(term.key);
    if (values != null) {
      return values.stream().anyMatch(term.matches);
    }
    // A key that is but the type of an event stands for an empty value.
    return attributes.keySet().stream().anyMatch(key -> isTypeOf(term.key, key))
        && term.matches.test("");
  }

  private static boolean isTypeOf(String type, String key) {
    return key.startsWith(type) && key.lastIndexOf('.') == type.length();
  }

  private static Predicate<String> of(Condition condition) {
    String operand = condition.operand();
    return switch (condition.comparison()) {
      case EXISTS -> value -> true;
      case CONTAINS -> value -> value.contains(operand);
      default ->
          switch (condition.type()) {
            case TEXT -> operand::equals;
            case NUMBER -> bySize(condition, EventQuery::number);
            case DATE -> bySize(condition, EventQuery::date);
            case TIME -> bySize(condition, EventQuery::time);
          };
    };
  }

  private static <T extends Comparable<? super T>> Predicate<String> bySize(
      Condition condition, Reader<T> reader) {
    Optional<T> bound = reader.read(condition.operand());
    IntPredicate order = order(condition.comparison());
    return text -> {
      Optional<T> value = bound.isEmpty() ? bound : reader.read(text);
      return value.isPresent() && order.test(value.get().compareTo(bound.orElseThrow()));
    };
  }

  /** Reads a value that can be compared; empty where a text is none. */
  @FunctionalInterface
  private interface Reader<T> {
    Optional<T> read(String text);
  }

  private static IntPredicate order(Comparison comparison) {
    return switch (comparison) {
      case LESS -> order -> order < 0;
      case LESS_OR_EQUAL -> order -> order <= 0;
      case GREATER -> order -> order > 0;
      case GREATER_OR_EQUAL -> order -> order >= 0;
      default -> order -> order == 0;
    };
  }

  private static Optional<BigDecimal> number(String text) {
    Matcher found = NUMBER.matcher(text);
    return found.lookingAt() && found.end() <= MAX_NUMBER_CHARS
        ? Optional.of(new BigDecimal(found.group()))
        : Optional.empty();
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
