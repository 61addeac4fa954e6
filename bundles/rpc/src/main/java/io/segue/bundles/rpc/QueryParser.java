package io.segue.bundles.rpc;

import io.segue.kernel.api.engine.Engine.Comparison;
import io.segue.kernel.api.engine.Engine.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The language of {@code tx_search}: conditions joined by {@code AND}, each a key with {@code =},
 * {@code <}, {@code <=}, {@code >}, {@code >=} and a quoted text or a number, with {@code CONTAINS}
 * and a quoted text, or with {@code EXISTS}.
 */
final class QueryParser {
  /** CometBFT's limit of a query, in bytes. */
  private static final int MAX_LENGTH = 512;

  private static final String OPERATORS =
      "<= operator, >= operator, < operator, > operator, = operator, CONTAINS operator or EXISTS"
          + " operator";

  private final String text;
  private int position;

  /** A piece of a query; {@code kind} is the word that CometBFT's messages have for it. */
  private record Token(String kind, String text, int offset) {}

  private QueryParser(String text) {
    this.text = text;
  }

  /** The conditions of a query. */
  static List<Condition> parse(String query) throws RpcException {
    if (query.length() > MAX_LENGTH) {
      throw RpcException.internal("maximum query length exceeded");
    }
    QueryParser parser = new QueryParser(query);
    List<Condition> conditions = new ArrayList<>();
    while (true) {
      conditions.add(parser.condition());
      Token and = parser.next();
      if (and.kind().equals("EOF")) {
        return conditions;
      }
      if (!and.kind().equals("AND operator")) {
        throw unexpected(and, "AND operator");
      }
    }
  }

  private Condition condition() throws RpcException {
    Token key = next();
    if (key.kind().equals("EOF")) {
      throw RpcException.internal("offset " + key.offset() + ": EOF");
    }
    if (!key.kind().equals("tag")) {
      throw unexpected(key, "tag");
    }
    Token operator = next();
    return switch (operator.kind()) {
      case "EXISTS operator" -> new Condition(key.text(), Comparison.EXISTS, "");
      case "CONTAINS operator" -> new Condition(key.text(), Comparison.CONTAINS, operand("string"));
      case "= operator" -> new Condition(key.text(), Comparison.EQUAL, operand("string, number"));
      case "< operator" -> new Condition(key.text(), Comparison.LESS, operand("number"));
      case "<= operator" -> new Condition(key.text(), Comparison.LESS_OR_EQUAL, operand("number"));
      case "> operator" -> new Condition(key.text(), Comparison.GREATER, operand("number"));
      case ">= operator" ->
          new Condition(key.text(), Comparison.GREATER_OR_EQUAL, operand("number"));
      case "EOF" -> throw RpcException.internal("offset " + operator.offset() + ": EOF");
      default -> throw unexpected(operator, OPERATORS);
    };
  }

  private String operand(String wanted) throws RpcException {
    Token operand = next();
    if (operand.kind().equals("EOF")) {
      throw RpcException.internal("offset " + operand.offset() + ": EOF");
    }
    if (!wanted.contains(operand.kind())) {
      throw unexpected(operand, wanted);
    }
    return operand.text();
  }

  private Token next() throws RpcException {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
    int start = position;
    if (start == text.length()) {
      return new Token("EOF", "", start);
    }
    char c = text.charAt(start);
    if (c == '\'') {
      return quoted(start);
    }
    if (c == '=' || c == '<' || c == '>') {
      boolean orEqual = c != '=' && text.startsWith("=", start + 1);
      position += orEqual ? 2 : 1;
      return new Token(text.substring(start, position) + " operator", "", start);
    }
    while (position < text.length() && isWordPart(text.charAt(position))) {
      position++;
    }
    if (position == start) {
      throw RpcException.internal("offset " + start + ": invalid character '" + c + "'");
    }
    return word(text.substring(start, position), start);
  }

  private static Token word(String word, int start) {
    return switch (word) {
      case "AND", "CONTAINS", "EXISTS" -> new Token(word + " operator", word, start);
      case "DATE", "TIME" -> new Token(word.toLowerCase(Locale.ROOT), word, start);
      default ->
          Character.isDigit(word.charAt(0)) || word.charAt(0) == '-'
              ? new Token("number", word, start)
              : new Token("tag", word, start);
    };
  }

  private Token quoted(int start) throws RpcException {
    int end = text.indexOf('\'', start + 1);
    if (end < 0) {
      throw RpcException.internal("offset " + start + ": unterminated string");
    }
    position = end + 1;
    return new Token("string", text.substring(start + 1, end), start);
  }

  private static boolean isWordPart(char c) {
    return !Character.isWhitespace(c) && "'=<>()\"\\".indexOf(c) < 0;
  }

  private static RpcException unexpected(Token token, String wanted) {
    return RpcException.internal(
        "offset " + token.offset() + ": got " + token.kind() + ", wanted " + wanted);
  }
}
