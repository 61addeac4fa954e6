package io.segue.kernel.api.guard;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Regular expressions as code of generations applies them under kernel rules 2: to at most {@link
 * GuardLimits#MATCHED_CHARS} characters, as they are at that time, and so that what does not end
 * can be cancelled: an expression such as {@code (a|aa)+b} would try more ways than there is time.
 *
 * <p>All of it throws {@link LimitError} and {@link CancelledError}. Thread safety: any thread.
 */
public final class GuardedPatterns {
  private static final String A_TEXT = "a text";

  private GuardedPatterns() {}

  public static boolean matches(String text, String pattern) {
    return matches(pattern, (CharSequence) text);
  }

  public static String[] split(String text, String pattern) {
    return split(text, pattern, 0);
  }

  public static String[] split(String text, String pattern, int limit) {
    // Java has a quick way for these, and they try no character twice.
    return pattern.length() <= 2
        ? text(text).split(pattern, limit)
        : split(Pattern.compile(pattern), text, limit);
  }

  public static String replaceAll(String text, String pattern, String replacement) {
    return replaceAll(matcher(Pattern.compile(pattern), text), replacement);
  }

  public static String replaceFirst(String text, String pattern, String replacement) {
    return replaceFirst(matcher(Pattern.compile(pattern), text), replacement);
  }

  public static boolean matches(String pattern, CharSequence text) {
    return matcher(Pattern.compile(pattern), text).matches();
  }

  public static Matcher matcher(Pattern pattern, CharSequence text) {
    return pattern.matcher(new MatchedText(text(text)));
  }

  public static String[] split(Pattern pattern, CharSequence text) {
    return split(pattern, text, 0);
  }

  public static String[] split(Pattern pattern, CharSequence text, int limit) {
    return pattern.split(new MatchedText(text(text)), limit);
  }

  public static Stream<String> splitAsStream(Pattern pattern, CharSequence text) {
    return pattern.splitAsStream(new MatchedText(text(text)));
  }

  public static Predicate<String> asPredicate(Pattern pattern) {
    return text -> matcher(pattern, text).find();
  }

  public static Predicate<String> asMatchPredicate(Pattern pattern) {
    return text -> matcher(pattern, text).matches();
  }

  public static Matcher reset(Matcher matcher, CharSequence text) {
    return matcher.reset(new MatchedText(text(text)));
  }

  public static String replaceAll(Matcher matcher, String replacement) {
    replaced(matcher, replacement);
    return matcher.replaceAll(replacement);
  }

  public static String replaceFirst(Matcher matcher, String replacement) {
    replaced(matcher, replacement);
    return matcher.replaceFirst(replacement);
  }

  /** As {@link Matcher#replaceAll(Function)}. */
  public static String replaceAll(Matcher matcher, Function<MatchResult, String> replacer) {
    long[] length = {0};
    String replaced =
        matcher.replaceAll(
            match -> {
              String replacement = replacer.apply(match);
              length[0] += (match.end() - match.start() + 1L) * replacement.length();
              Guard.requireSize(length[0], A_TEXT);
              return replacement;
            });
    Guard.made(length[0], A_TEXT);
    return replaced;
  }

  /** No replacement gives more than itself for each character, groups of the match included. */
  private static void replaced(Matcher matcher, String replacement) {
    int length = matcher.reset().regionEnd();
    Guard.made((length + 1L) * replacement.length(), A_TEXT);
  }

  private static String text(CharSequence text) {
    if (text.length() > GuardLimits.MATCHED_CHARS) {
      throw new LimitError(
          "a regular expression is applied to "
              + text.length()
              + " characters, more than "
              + GuardLimits.MATCHED_CHARS);
    }
    return text instanceof String string ? string : new StringBuilder(text).toString();
  }

  /** Text that can't be read by a thread that is cancelled. */
  private record MatchedText(String text) implements CharSequence {
    @Override
    public char charAt(int index) {
      Guard.check();
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
