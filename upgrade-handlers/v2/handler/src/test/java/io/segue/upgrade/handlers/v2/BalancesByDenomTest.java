package io.segue.upgrade.handlers.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.upgrade.StoreLoad;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of one entry. */
class BalancesByDenomTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void givesABalanceItsNewKeyAndItsIndex() {
    assertThat(rewrite("0203aaaaaa7374616b65", "3137"))
        .containsExactly("06057374616b65aaaaaa 3137", "0703aaaaaa7374616b65 00");
  }

  @Test
  void dropsTheOldIndex() {
    assertThat(rewrite("037374616b650003aaaaaa", "00")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"007374616b65", "017374616b65", "05", "0400", "fe"})
  void leavesEverythingElseAsItIs(String key) {
    assertThat(rewrite(key, "2a")).containsExactly(key + " 2a");
  }

  @ParameterizedTest
  @CsvSource({
    "02, a stored key does not end where it should: 02",
    "0200, holds no account and denomination",
    "0203aaaaaa, holds no account and denomination",
    "0214aaaaaa, a stored key does not end where it should: 0214aaaaaa",
    "06057374616b65aaaaaa, 'is of balances, which is new'",
    "0703aaaaaa7374616b65, 'is of holdings, which is new'"
  })
  void namesAKeyThatIsOfNeitherLayout(String key, String why) {
    assertThatThrownBy(() -> rewrite(key, "2a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("key " + key + " of store bank: " + why);
  }

  private static List<String> rewrite(String key, String value) {
    List<String> pairs = new ArrayList<>();
    ((StoreLoad.Rewrite) new BalancesByDenom().load())
        .rewriter()
        .rewrite(
            HEX.parseHex(key),
            HEX.parseHex(value),
            (newKey, newValue) -> pairs.add(HEX.formatHex(newKey) + " " + HEX.formatHex(newValue)));
    return pairs;
  }
}
