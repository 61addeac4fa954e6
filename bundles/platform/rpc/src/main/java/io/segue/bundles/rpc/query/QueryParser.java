package io.segue.bundles.rpc.query;

import io.segue.kernel.api.engine.Engine.Comparison;
import io.segue.kernel.api.engine.Engine.Condition;
import io.segue.kernel.api.engine.Engine.Operand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The language of {@code tx_search}, {@code block_search} and {@code subscribe}: conditions joined
 * by {@code AND}. A condition is a key with
 *
 * <ul>
 *   <li>{@code =} and a quoted text, a number, {@code DATE 2013-05-03} or {@code TIME
 *       2013-05-03T14:45:00Z};
 *   <li>{@code <}, {@code <=}, {@code >}, {@code >=} and one of these other than a text;
 *   <li>{@code CONTAINS} and a quoted text; or {@code EXISTS}.
 * </ul>
 *
 * A quoted text has no escapes. Errors are those of CometBFT, with offsets in bytes.
 */
public final class QueryParser {
  /** CometBFT's limit of a query, in bytes. */
  public static final int MAX_BYTES = 512;

  private static final List<Token.Kind> SIZES =
      List.of(Token.Kind.NUMBER, Token.Kind.TIME, Token.Kind.DATE);
  private static final List<Token.Kind> VALUES =
      List.of(Token.Kind.NUMBER, Token.Kind.TIME, Token.Kind.DATE, Token.Kind.TEXT);

  private final QueryScanner scanner;

  private QueryParser(String text) {
    scanner = new QueryScanner(text);
  }

  /** Whether a query has more than {@link #MAX_BYTES}; CometBFT looks before it reads one. */
  public static boolean isTooLong(String query) {
    return query.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
  }

  /** The conditions of a query of any length, at least one. */
  public static List<Condition> conditions(String query) throws QuerySyntaxException {
    QueryParser parser = new QueryParser(query);
    List<Condition> conditions = new ArrayList<>();
    while (true) {
      conditions.add(parser.condition());
      Token and = parser.scanner.next();
      if (and.kind() == Token.Kind.END) {
        return List.copyOf(conditions);
      }
      if (and.kind() != Token.Kind.AND) {
        throw new QuerySyntaxException(
            and.offset(), "got " + and.kind().words() + ", want " + Token.Kind.AND.words());
      }
    }
  }

  private Condition condition() throws QuerySyntaxException {
    String key = require(List.of(Token.Kind.TAG)).text();
    Token operator =
        require(
            List.of(
                Token.Kind.LESS_OR_EQUAL,
                Token.Kind.GREATER_OR_EQUAL,
                Token.Kind.LESS,
                Token.Kind.GREATER,
                Token.Kind.EQUAL,
                Token.Kind.CONTAINS,
                Token.Kind.EXISTS));
    return switch (operator.kind()) {
      case EXISTS -> new Condition(key, Comparison.EXISTS, "", Operand.TEXT);
      case CONTAINS -> condition(key, Comparison.CONTAINS, List.of(Token.Kind.TEXT));
      case EQUAL -> condition(key, Comparison.EQUAL, VALUES);
      case LESS -> condition(key, Comparison.LESS, SIZES);
      case LESS_OR_EQUAL -> condition(key, Comparison.LESS_OR_EQUAL, SIZES);
      case GREATER -> condition(key, Comparison.GREATER, SIZES);
      default -> condition(key, Comparison.GREATER_OR_EQUAL, SIZES);
    };
  }

  private Condition condition(String key, Comparison comparison, List<Token.Kind> wanted)
      throws QuerySyntaxException {
    Token operand = require(wanted);
    Operand type =
        switch (operand.kind()) {
          case NUMBER -> Operand.NUMBER;
          case TIME -> Operand.TIME;
          case DATE -> Operand.DATE;
          default -> Operand.TEXT;
        };
    return new Condition(key, comparison, operand.text(), type);
  }

  private Token require(List<Token.Kind> wanted) throws QuerySyntaxException {
    Token token = scanner.next();
    if (token.kind() == Token.Kind.END) {
      throw new QuerySyntaxException(token.offset(), "EOF");
    }
    if (token.kind() == Token.Kind.INVALID) {
      throw new QuerySyntaxException(token.offset(), token.text());
    }
    if (!wanted.contains(token.kind())) {
      throw new QuerySyntaxException(
          token.offset(), "got " + token.kind().words() + ", wanted " + alternatives(wanted));
    }
    return token;
  }

  private static String alternatives(List<Token.Kind> kinds) {
    String last = kinds.get(kinds.size() - 1).words();
    String others =
        kinds.subList(0, kinds.size() - 1).stream()
            .map(Token.Kind::words)
            .collect(Collectors.joining(", "));
    return others.isEmpty() ? last : others + " or " + last;
  }
}
