package io.segue.bundles.settings;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is allowed of one setting, as the line {@code #=} above it in the distribution's file says:
 *
 * <pre>
 * #= [each | some] form [| form ...] [; when key = value] [; at start value]
 *
 * 1..600                   a whole number in these bounds, both included
 * 1..                      a whole number, this one or more
 * word                     the word itself
 * /[0-9a-f]{64}/ (words)   a text that matches; the words say so to people
 * each                     a list with commas between, each of one of the forms, or nothing
 * some                     such a list, and not nothing
 * when key = value         the rule counts only where another setting of the file has this value
 * at start value           what counts in place of what can't be used and where nothing else is in
 *                          force, because the default would do harm
 * </pre>
 *
 * Without such a line a setting whose default is a number or a truth value has to be one, and any
 * other may be what it likes.
 *
 * @param words what is allowed, for people
 */
record Rule(
    int leastItems,
    List<Form> forms,
    Optional<Map.Entry<String, String>> when,
    Optional<String> atStart,
    String words) {
  private static final Pattern RANGE = Pattern.compile("(-?\\d+)\\.\\.(-?\\d*)");
  private static final Pattern TEXT = Pattern.compile("/(.*)/ \\((.*)\\)");
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,40}");
  private static final String EACH = "each ";
  private static final String SOME = "some ";

  /** Stands for a value that is no list. */
  private static final int NO_LIST = -1;

  /** One of the forms that a value may have. */
  private record Form(String words, Predicate<String> has) {}

  /**
   * Reads a rule.
   *
   * @throws IllegalArgumentException where the line has none of the forms
   */
  static Rule parse(String line) {
    String[] parts = line.split(";");
    String allowed = parts[0].strip();
    Optional<Map.Entry<String, String>> when = Optional.empty();
    Optional<String> atStart = Optional.empty();
    for (String part : Arrays.asList(parts).subList(1, parts.length)) {
      String more = part.strip();
      if (more.startsWith("when ")) {
        String[] pair = more.substring("when ".length()).split("=");
        when = Optional.of(Map.entry(pair[0].strip(), pair[1].strip()));
      } else if (more.startsWith("at start ")) {
        atStart = Optional.of(more.substring("at start ".length()).strip());
      } else {
        throw new IllegalArgumentException("no rule of a setting: " + line);
      }
    }
    int leastItems = allowed.startsWith(EACH) ? 0 : allowed.startsWith(SOME) ? 1 : NO_LIST;
    List<Form> forms = new ArrayList<>();
    for (String form :
        allowed.substring(leastItems == NO_LIST ? 0 : EACH.length()).split(" \\| ")) {
      forms.add(form(form.strip()));
    }
    String words = String.join(", or ", forms.stream().map(Form::words).toList());
    return new Rule(
        leastItems,
        List.copyOf(forms),
        when,
        atStart,
        (leastItems == NO_LIST ? "" : "a list with commas between, each ")
            + words
            + when.map(w -> ", with " + w.getKey() + " = " + w.getValue()).orElse(""));
  }

  /** The rule of a setting without a line, by its default. */
  static Optional<Rule> inferred(String byDefault) {
    if (byDefault.equals("true") || byDefault.equals("false")) {
      return Optional.of(parse("true | false"));
    }
    return NUMBER.matcher(byDefault).matches()
        ? Optional.of(parse(Long.MIN_VALUE + ".." + Long.MAX_VALUE))
        : Optional.empty();
  }

  /** Whether a value may be used among the others of its file. */
  boolean allows(String value, Map<String, String> others) {
    if (when.isPresent() && !when.get().getValue().equals(others.get(when.get().getKey()))) {
      return true;
    }
    List<String> items =
        leastItems == NO_LIST
            ? List.of(value)
            : Arrays.stream(value.split(",")).map(String::strip).filter(i -> !i.isEmpty()).toList();
    return items.size() >= leastItems
        && items.stream().allMatch(item -> forms.stream().anyMatch(form -> form.has().test(item)));
  }

  private static Form form(String text) {
    Matcher range = RANGE.matcher(text);
    if (range.matches()) {
      return range(
          new BigInteger(range.group(1)),
          range.group(2).isEmpty()
              ? Optional.empty()
              : Optional.of(new BigInteger(range.group(2))));
    }
    Matcher pattern = TEXT.matcher(text);
    if (pattern.matches()) {
      Pattern compiled = Pattern.compile(pattern.group(1));
      return new Form(pattern.group(2), value -> compiled.matcher(value).matches());
    }
    return new Form(text, text::equals);
  }

  private static Form range(BigInteger least, Optional<BigInteger> most) {
    BigInteger limit = most.orElse(BigInteger.valueOf(Long.MAX_VALUE));
    String words =
        limit.equals(BigInteger.valueOf(Long.MAX_VALUE))
            ? least.equals(BigInteger.valueOf(Long.MIN_VALUE))
                ? "a whole number"
                : "a whole number of " + least + " or more"
            : least + " to " + limit;
    return new Form(
        words,
        value -> {
          if (!NUMBER.matcher(value).matches()) {
            return false;
          }
          BigInteger number = new BigInteger(value);
          return number.compareTo(least) >= 0 && number.compareTo(limit) <= 0;
        });
  }
}
