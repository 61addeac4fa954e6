package io.segue.kernel.api.guard;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What becomes as large, or takes as long, as a number says, as code of generations calls it under
 * kernel rules 2: it is bounded by {@link GuardLimits} before it is done. A size is counted as what
 * is asked for, whatever Java makes of it; a reference counts eight bytes.
 *
 * <p>All of it throws {@link LimitError}. Thread safety: any thread.
 */
public final class GuardedSizes {
  private static final int REFERENCE_BYTES = 8;

  private GuardedSizes() {}

  /**
   * An array, or something with room for as many elements, is going to be made.
   *
   * @param length as it was asked for; a negative one is Java's to refuse
   * @param elementBytes of one element
   * @return the length
   */
  public static int array(int length, int elementBytes) {
    Guard.made((long) length * elementBytes, "an array");
    return length;
  }

  /** An array of arrays is going to be made. */
  public static void grid(int rows, int columns, int elementBytes) {
    if (rows > 0 && columns > 0) {
      Guard.made((long) rows * (REFERENCE_BYTES + (long) columns * elementBytes), "an array");
    }
  }

  /** A part of an array is going to be copied; Java lets the difference of its ends overflow. */
  public static void part(int from, int to, int elementBytes) {
    array(to - from, elementBytes);
  }

  public static <T> List<T> nCopies(int count, T value) {
    return Collections.nCopies(array(count, REFERENCE_BYTES), value);
  }

  public static String repeat(String text, int count) {
    Guard.made((long) text.length() * count, "a text");
    return text.repeat(count);
  }

  public static String indent(String text, int count) {
    if (count > 0) {
      Guard.made(text.length() + text.lines().count() * (count + 1L), "a text");
    }
    return text.indent(count);
  }

  public static String join(CharSequence delimiter, CharSequence... parts) {
    return join(delimiter, Arrays.asList(parts));
  }

  public static String join(CharSequence delimiter, Iterable<? extends CharSequence> parts) {
    List<String> texts = new ArrayList<>();
    long length = 0;
    for (CharSequence part : parts) {
      String text = String.valueOf(part);
      texts.add(text);
      length += text.length() + (long) delimiter.length();
    }
    Guard.made(length, "a text");
    return String.join(delimiter, texts);
  }

  public static Collector<CharSequence, ?, String> joining() {
    return joining("");
  }

  public static Collector<CharSequence, ?, String> joining(CharSequence delimiter) {
    return joining(delimiter, "", "");
  }

  public static Collector<CharSequence, ?, String> joining(
      CharSequence delimiter, CharSequence prefix, CharSequence suffix) {
    return Collectors.collectingAndThen(
        Collectors.toList(), parts -> prefix + join(delimiter, parts) + suffix);
  }

  public static void set(BitSet bits, int index, boolean value) {
    bits.set(value ? bits(index) : index, value);
  }

  public static void set(BitSet bits, int from, int to) {
    bits.set(from, bits(to));
  }

  public static void set(BitSet bits, int from, int to, boolean value) {
    bits.set(from, value ? bits(to) : to, value);
  }

  public static void flip(BitSet bits, int from, int to) {
    bits.flip(from, bits(to));
  }

  public static Stream<LocalDate> datesUntil(LocalDate from, LocalDate end) {
    steps(end.toEpochDay() - from.toEpochDay());
    return from.datesUntil(end);
  }

  public static String replace(String text, CharSequence target, CharSequence replacement) {
    String old = target.toString();
    if (replacement.length() > old.length()) {
      Guard.made(
          text.length() + count(text, old) * (replacement.length() - old.length()), "a text");
    }
    return text.replace(old, replacement);
  }

  public static IntStream range(int from, int to) {
    steps((long) to - from);
    return IntStream.range(from, to);
  }

  public static IntStream rangeClosed(int from, int to) {
    steps((long) to - from);
    return IntStream.rangeClosed(from, to);
  }

  public static LongStream range(long from, long to) {
    steps(from, to);
    return LongStream.range(from, to);
  }

  public static LongStream rangeClosed(long from, long to) {
    steps(from, to);
    return LongStream.rangeClosed(from, to);
  }

  private static int bits(int count) {
    array(count / Byte.SIZE, 1);
    return count;
  }

  private static long count(String text, String part) {
    if (part.isEmpty()) {
      return text.length() + 1L;
    }
    long count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  private static void steps(long from, long to) {
    if (from < to) {
      long count = to - from;
      steps(count < 0 ? Long.MAX_VALUE : count);
    }
  }

  private static void steps(long count) {
    if (count > GuardLimits.RANGE) {
      throw new LimitError(
          "a stream of " + count + " numbers is longer than " + GuardLimits.RANGE + "; use a loop");
    }
  }
}
