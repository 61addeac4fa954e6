package io.segue.bundles.rpc.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.rpc.query.QueryParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventQueryTest {
  private static final Map<String, List<String>> ATTRIBUTES =
      Map.of(
          "tm.event",
          List.of("Tx"),
          "transfer.amount",
          List.of("8atom", "12.50"),
          "pool.big",
          List.of("115792089237316195423570985008687907853269984665640564039457584007913129639935"),
          "vote.day",
          List.of("2026-11-29"),
          "vote.time",
          List.of("2026-11-29T03:00:00.5+01:00"),
          "account.name",
          List.of("Ivan Petrov"),
          "cosmos.bank.v1.EventSend.to",
          List.of("cosmos1x"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tm.event='Tx'",
        "transfer.amount = 8",
        "transfer.amount = 12.5",
        "transfer.amount > 12.49",
        "transfer.amount >= 12.5 AND transfer.amount < 8.01",
        "transfer.amount <= 8",
        "transfer EXISTS",
        "cosmos.bank.v1.EventSend EXISTS",
        "cosmos.bank.v1.EventSend.to = 'cosmos1x'",
        "pool.big = 115792089237316195423570985008687907853269984665640564039457584007913129639935",
        "pool.big > 115792089237316195423570985008687907853269984665640564039457584007913129639934",
        "vote.day = DATE 2026-11-29",
        "vote.day < DATE 2026-11-30",
        "vote.time > TIME 2026-11-29T02:00:00Z AND vote.time <= TIME 2026-11-29T02:00:01Z",
        "account.name CONTAINS 'van P'"
      })
  void matches(String query) throws Exception {
    assertThat(new EventQuery(QueryParser.conditions(query)).matches(ATTRIBUTES)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tm.event='NewBlock'",
        "transfer.amount = '8'",
        "transfer.amount < 8",
        "transfer.amount > 12.5",
        "pool.big > 115792089237316195423570985008687907853269984665640564039457584007913129639935",
        "trans EXISTS",
        "cosmos.bank EXISTS",
        "account.name > 1",
        "vote.day > DATE 2026-11-29",
        "vote.time < DATE 2026-11-30",
        "vote.time = TIME 2026-11-29T02:00:00Z",
        "account.name CONTAINS 'ivan'",
        "tm.event='Tx' AND account.age EXISTS"
      })
  void doesNotMatch(String query) throws Exception {
    assertThat(new EventQuery(QueryParser.conditions(query)).matches(ATTRIBUTES)).isFalse();
  }
}
