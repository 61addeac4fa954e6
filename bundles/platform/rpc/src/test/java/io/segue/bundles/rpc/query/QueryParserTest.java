package io.segue.bundles.rpc.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.engine.Engine.Comparison;
import io.segue.kernel.api.engine.Engine.Condition;
import io.segue.kernel.api.engine.Engine.Operand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryParserTest {
  @Test
  void readsConditionsJoinedByAnd() throws Exception {
    assertThat(
            QueryParser.conditions(
                "tx.hash='AB' AND tx.height >= 5 AND message.action CONTAINS 'Msg Send'"
                    + " AND a.b EXISTS AND transfer.amount<7"))
        .containsExactly(
            new Condition("tx.hash", Comparison.EQUAL, "AB"),
            new Condition("tx.height", Comparison.GREATER_OR_EQUAL, "5"),
            new Condition("message.action", Comparison.CONTAINS, "Msg Send"),
            new Condition("a.b", Comparison.EXISTS, ""),
            new Condition("transfer.amount", Comparison.LESS, "7"));
  }

  @Test
  void readsEveryTypeOfOperand() throws Exception {
    assertThat(
            QueryParser.conditions(
                "a.b = 5 AND a.b > 0.25 AND a.b>= TIME 2013-05-03T14:45:00+02:00"
                    + " AND DATE.day = DATE 2013-05-03 AND TIME='x' AND a.b=''"))
        .containsExactly(
            new Condition("a.b", Comparison.EQUAL, "5", Operand.NUMBER),
            new Condition("a.b", Comparison.GREATER, "0.25", Operand.NUMBER),
            new Condition(
                "a.b", Comparison.GREATER_OR_EQUAL, "2013-05-03T14:45:00+02:00", Operand.TIME),
            new Condition("DATE.day", Comparison.EQUAL, "2013-05-03", Operand.DATE),
            new Condition("TIME", Comparison.EQUAL, "x", Operand.TEXT),
            new Condition("a.b", Comparison.EQUAL, "", Operand.TEXT));
  }

  @Test
  void hasNoEscapesInTexts() throws Exception {
    assertThat(QueryParser.conditions("a.b = 'x\\\"y'"))
        .containsExactly(new Condition("a.b", Comparison.EQUAL, "x\\\"y"));
  }

  @Test
  void countsOffsetsInBytes() {
    assertThatThrownBy(() -> QueryParser.conditions("ä.b = 'ö' ?"))
        .hasMessage("offset 12: got invalid token, want AND operator");
  }

  @Test
  void takesKeysWithSlashesAndTextsWithAnd() throws Exception {
    assertThat(QueryParser.conditions("a/b.c_d='x AND y=1'"))
        .containsExactly(new Condition("a/b.c_d", Comparison.EQUAL, "x AND y=1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "foo bar | offset 4: got tag, wanted <= operator, >= operator, < operator, > operator,"
            + " = operator, CONTAINS operator or EXISTS operator",
        "tx.height> | offset 10: EOF",
        "tx.height>'5' | offset 10: got string, wanted number, timestamp or datestamp",
        "tx.height=AND | offset 10: got AND operator, wanted number, timestamp, datestamp or string",
        "a.b='x' OR c.d='y' | offset 8: got tag, want AND operator",
        "a.b='x | offset 4: EOF",
        "a.b='x' AND | offset 11: EOF",
        "='x' | offset 0: got = operator, wanted tag",
        "5='x' | offset 0: got number, wanted tag",
        "a.b CONTAINS 5 | offset 13: got number, wanted string",
        "a.b > -5 | offset 6: invalid input - at offset 7",
        "(a.b='x') | offset 0: invalid input ( at offset 1",
        "a.b = TIME 2013-05-03 | offset 6: invalid TIME value",
        "a.b = DATE 2013-13-03 | offset 6: invalid DATE value",
        "a.b = DATE  2013-12-03 | offset 6: invalid DATE value",
        "a.b = DATE 1899-12-31 | offset 6: datestamp year 1899 out of range",
        "a.b = TIME 3000-01-01T00:00:00Z | offset 6: timestamp year 3000 out of range"
      })
  void namesWhatIsWrongAndWhere(String query, String error) {
    assertThatThrownBy(() -> QueryParser.conditions(query))
        .isInstanceOf(QuerySyntaxException.class)
        .hasMessageStartingWith(error);
  }

  @Test
  void hasALimitInBytes() throws Exception {
    String longest = "a.b='" + "x".repeat(506) + "'";
    assertThat(QueryParser.isTooLong(longest)).isFalse();
    assertThat(QueryParser.isTooLong(longest + " ")).isTrue();
    assertThat(QueryParser.isTooLong(longest.replace("xx", "\u00e9"))).isFalse();
    assertThat(QueryParser.isTooLong(longest.replaceFirst("x", "\u00e9"))).isTrue();
  }
}
