package io.segue.bundles.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.engine.Engine.Comparison;
import io.segue.kernel.api.engine.Engine.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryParserTest {
  @Test
  void readsConditionsJoinedByAnd() throws Exception {
    assertThat(
            QueryParser.parse(
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
  void takesKeysWithSlashesAndTextsWithAnd() throws Exception {
    assertThat(QueryParser.parse("a/b.c_d='x AND y=1'"))
        .containsExactly(new Condition("a/b.c_d", Comparison.EQUAL, "x AND y=1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "foo bar | offset 4: got tag, wanted <= operator",
        "tx.height> | offset 10: EOF",
        "tx.height>'5' | offset 10: got string, wanted number",
        "a.b='x' OR c.d='y' | offset 8: got tag, wanted AND operator",
        "a.b='x | offset 4: unterminated string",
        "a.b='x' AND | offset 11: EOF",
        "='x' | offset 0: got = operator, wanted tag",
        "a.b CONTAINS 5 | offset 13: got number, wanted string",
        "(a.b='x') | offset 0: invalid character",
        "a.b = TIME 2013-05-03T14:45:00Z | offset 6: got time"
      })
  void namesWhatIsWrongAndWhere(String query, String error) {
    assertThatThrownBy(() -> QueryParser.parse(query))
        .isInstanceOf(RpcException.class)
        .hasMessageStartingWith(error);
  }

  @Test
  void hasALimit() throws Exception {
    String longest = "a.b='" + "x".repeat(506) + "'";
    assertThat(QueryParser.parse(longest)).hasSize(1);
    assertThatThrownBy(() -> QueryParser.parse(longest + " "))
        .hasMessage("maximum query length exceeded");
  }
}
