package io.segue.kernel.admission.allow;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What must hold where a member is used, besides that it is on the list. A closed set. */
public enum Condition {
  /** The text that is given stands in the code. */
  CONST("its text must be a constant"),
  /** A regular expression that stands in the code and ends, on every Java, with the same. */
  PATTERN(
      "its pattern must be a constant of at most 1024 characters with no \\p, \\X, \\b, \\h, \\R or"
          + " (?, and no repetition of a group but by ?"),
  /** A pattern of a date that stands in the code and has digits only. */
  DATE("its pattern must be a constant of digits, without names of days, months or zones"),
  /** A format that stands in the code, of values that have a text. */
  FORMAT("its format must be a constant with %d, %s, %x, %c and %% only, and its values have text"),
  /** A class constant of a message of this bundle, and of its builder. */
  OWNMESSAGE("its class must be a constant, of a message of this bundle"),
  /** What is made has no order, so the next instruction sorts it, or the kernel reads it by key. */
  SORTED("it must be sorted at once, as in new TreeMap<>(Map.of(..)), or be a table of a module"),
  /** Each value that becomes text may become text. */
  TEXT("it must not be a value whose text is an address in memory"),
  /** In a method {@code hashCode}, or of a value whose hash is the same on all nodes. */
  HASH("it must be in a method hashCode, or of a value whose hash is the same on all nodes");

  private final String meaning;

  Condition(String meaning) {
    this.meaning = meaning;
  }

  /** As the list has it, behind {@code @}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** In words. */
  public String meaning() {
    return meaning;
  }

  /** The condition with a word of the list. */
  static Optional<Condition> of(String word) {
    return Arrays.stream(values()).filter(condition -> condition.word().equals(word)).findFirst();
  }
}
