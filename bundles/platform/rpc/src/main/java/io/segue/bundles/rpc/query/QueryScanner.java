package io.segue.bundles.rpc.query;

import io.segue.bundles.rpc.query.Token.Kind;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.function.IntPredicate;

/** Cuts a query into tokens, one code point after the other. */
final class QueryScanner {
  private static final int MIN_YEAR = 1900;
  private static final int MAX_YEAR = 2999;

  private final String text;
  private int position;

  QueryScanner(String text) {
    this.text = text;
  }

  /** The next token; {@code END} after the last. */
  Token next() {
    takeWhile(QueryScanner::isSpace);
    int start = position;
    if (isAtEnd()) {
      return token(Kind.END, "", start);
    }
    int c = text.codePointAt(start);
    if (isDigit(c)) {
      return number(start);
    }
    if (c == '_' || Character.isLetter(c) || Character.isDigit(c)) {
      return word(start);
    }
    position += Character.charCount(c);
    return switch (c) {
      case '\'' -> quoted(start);
      case '=' -> token(Kind.EQUAL, "=", start);
      case '<' -> comparison(Kind.LESS, Kind.LESS_OR_EQUAL, start);
      case '>' -> comparison(Kind.GREATER, Kind.GREATER_OR_EQUAL, start);
      default ->
          invalid(
              "invalid input " + Character.toString(c) + " at offset " + bytes(position), start);
    };
  }

  private Token number(int start) {
    takeWhile(QueryScanner::isDigit);
    if (!isAtEnd() && text.charAt(position) == '.') {
      position++;
      takeWhile(QueryScanner::isDigit);
    }
    return token(Kind.NUMBER, text.substring(start, position), start);
  }

  private Token word(int start) {
    takeWhile(QueryScanner::isTagPart);
    String word = text.substring(start, position);
    boolean hasValue = !isAtEnd() && text.charAt(position) == ' ';
    if (hasValue && word.equals("TIME")) {
      return time(start);
    }
    if (hasValue && word.equals("DATE")) {
      return date(start);
    }
    return token(Kind.ofWord(word), word, start);
  }

  private Token time(int start) {
    String value = value(c -> "-T:+Z".indexOf(c) >= 0 || isDigit(c));
    try {
      int year = OffsetDateTime.parse(value).getYear();
      return isYear(year)
          ? token(Kind.TIME, value, start)
          : invalid("timestamp year " + year + " out of range", start);
    } catch (DateTimeException e) {
      return invalid("invalid TIME value: \"" + value + "\" is not as 2006-01-02T15:04:05Z", start);
    }
  }

  private Token date(int start) {
    String value = value(c -> c == '-' || isDigit(c));
    try {
      int year = LocalDate.parse(value).getYear();
      return isYear(year)
          ? token(Kind.DATE, value, start)
          : invalid("datestamp year " + year + " out of range", start);
    } catch (DateTimeException e) {
      return invalid("invalid DATE value: \"" + value + "\" is not as 2006-01-02", start);
    }
  }

  /** What stands after one space. */
  private String value(IntPredicate part) {
    int valueStart = ++position;
    takeWhile(part);
    return text.substring(valueStart, position);
  }

  private Token quoted(int start) {
    int end = text.indexOf('\'', position);
    if (end < 0) {
      position = text.length();
      return invalid("EOF", start);
    }
    position = end + 1;
    return token(Kind.TEXT, text.substring(start + 1, end), start);
  }

  private Token comparison(Kind strict, Kind orEqual, int start) {
    if (!isAtEnd() && text.charAt(position) == '=') {
      position++;
      return token(orEqual, "", start);
    }
    return token(strict, "", start);
  }

  private Token invalid(String why, int start) {
    return token(Kind.INVALID, why, start);
  }

  private Token token(Kind kind, String value, int start) {
    return new Token(kind, value, bytes(start));
  }

  private int bytes(int index) {
    return text.substring(0, index).getBytes(StandardCharsets.UTF_8).length;
  }

  private void takeWhile(IntPredicate part) {
    while (!isAtEnd() && part.test(text.codePointAt(position))) {
      position += Character.charCount(text.codePointAt(position));
    }
  }

  private boolean isAtEnd() {
    return position >= text.length();
  }

  private static boolean isYear(int year) {
    return year >= MIN_YEAR && year <= MAX_YEAR;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** What a key is made of; CometBFT knows no slash, without which some events can't be named. */
  private static boolean isTagPart(int c) {
    return "._-/".indexOf(c) >= 0 || Character.isLetter(c) || Character.isDigit(c);
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
