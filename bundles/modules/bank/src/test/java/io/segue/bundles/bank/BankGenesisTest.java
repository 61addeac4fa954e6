package io.segue.bundles.bank;

import static io.segue.bundles.bank.BankChain.A;
import static io.segue.bundles.bank.BankChain.ADDRESSES;
import static io.segue.bundles.bank.BankChain.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.sdk.Addresses;
import io.segue.kernel.testkit.modules.PlainAuth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Genesis in and out; a refusal names the entry. */
class BankGenesisTest {
  private static final String POOL = ADDRESSES.account(Addresses.module("bonded_tokens_pool"));

  @Test
  void computesASupplyThatIsEmpty() {
    try (BankChain chain = BankChain.started()) {
      assertThat(chain.chain().exportGenesis("bank"))
          .contains(
              "\"supply\":[{\"denom\":\"stake\",\"amount\":\"150\"},"
                  + "{\"denom\":\"ufee\",\"amount\":\"1000\"}]");
    }
  }

  @Test
  void takesASupplyThatIsRight() {
    try (BankChain chain =
        BankChain.startedWith(
            balances(balance(A, "7stake"), balance(B, "1stake"))
                .replace(
                    "}]}]}", "}]}]," + "\"supply\":[{\"denom\":\"stake\",\"amount\":\"8\"}]}"))) {
      assertThat(chain.chain().exportGenesis("bank")).contains("\"amount\":\"8\"");
    }
  }

  @Test
  void givesTheSameStateWhenItsExportIsReadAgain() {
    String genesis =
        "{\"params\":{\"default_send_enabled\":true,\"send_enabled\":"
            + "[{\"denom\":\"odd\",\"enabled\":false}]},\"balances\":["
            + balance(A, "5odd,7stake")
            + ","
            + balance(POOL, "3stake")
            + "],\"supply\":[],\"denom_metadata\":[{\"base\":\"stake\",\"symbol\":\"STAKE\"}]}";
    try (BankChain chain = BankChain.startedWith(genesis)) {
      String exported = chain.chain().exportGenesis("bank");
      try (BankChain again = BankChain.startedWith(exported)) {
        assertThat(again.chain().dump("bank")).isEqualTo(chain.chain().dump("bank"));
        assertThat(again.chain().exportGenesis("bank")).isEqualTo(exported);
      }
    }
  }

  @Test
  void exportsTheGenesisOfAChainThatSaysNothing() {
    try (BankChain chain = BankChain.startedWith(BankGenesis.DEFAULT)) {
      assertThat(chain.chain().exportGenesis("bank")).isEqualTo(BankGenesis.DEFAULT);
    }
  }

  @Test
  void makesAnAccountForEveryHolderButNotForModules() {
    try (BankChain chain =
        BankChain.startedWith(balances(balance(A, "1stake"), balance(POOL, "3stake")))) {
      assertThat(chain.chain().entries("acc"))
          .containsKey(PlainAuth.key(ADDRESSES.parseAccount(A)))
          .doesNotContainKey(PlainAuth.key(Addresses.module("bonded_tokens_pool")));
    }
  }

  @Test
  void refusesASupplyThatTheBalancesDoNotAddUpTo() {
    assertRefused(
        balances(balance(A, "7stake"))
            .replace("}]}]}", "}]}],\"supply\":[{\"denom\":\"stake\",\"amount\":\"8\"}]}"),
        "supply is 8stake, the balances add up to 7stake; correct it, or leave it empty");
  }

  @Test
  void refusesAnAccountThatHasADenominationTwice() {
    assertRefused(
        balances(balance(A, "7stake"), balance(A, "1stake")),
        "balances[1]: " + A + " already has stake; merge the entries");
  }

  @Test
  void refusesAMalformedAddress() {
    assertRefused(
        balances(balance("cosmos1bad", "7stake")),
        "balances[0]: address \"cosmos1bad\": decoding bech32 failed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0stake", "-1stake", "1s", "1stake,2stake"})
  void refusesMalformedCoins(String coins) {
    assertRefused(balances(balance(A, coins)), "balances[0] of " + A + ": " + coins);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"balances\":[{\"address\":7}]}           | balances[0].address is missing or no plain",
        "{\"balances\":[{}]}                        | balances[0].address is missing or no plain",
        "{\"balances\":{}}                          | expected '['",
        "{\"params\":{\"nope\":1}}                  | nope",
        "{\"balance\":[]}                          | member \"balance\" is unknown; correct it to one of",
        "{\"balances\":[{\"adress\":\"\"}]}         | balances[0]: member \"adress\" is unknown",
        "{\"denom_metadata\":[{\"base\":\"abc\"},{\"base\":\"abc\"}]} | base abc stands twice",
        "{\"denom_metadata\":[{\"base\":\"\"}]}     | base \"\" is no denomination"
      })
  void refusesWhatIsNoGenesis(String genesis, String reason) {
    assertRefused(genesis, reason);
  }

  private static void assertRefused(String genesis, String reason) {
    assertThatThrownBy(() -> BankChain.startedWith(genesis))
        .hasMessageContaining("genesis of bank")
        .hasMessageContaining(reason);
  }

  private static String balances(String... entries) {
    return "{\"balances\":[" + String.join(",", entries) + "]}";
  }

  private static String balance(String address, String coins) {
    StringBuilder list = new StringBuilder();
    BankChain.coins(coins)
        .forEach(
            coin ->
                list.append(list.length() == 0 ? "" : ",")
                    .append("{\"denom\":\"" + coin.getDenom() + "\",\"amount\":\"")
                    .append(coin.getAmount() + "\"}"));
    return "{\"address\":\"" + address + "\",\"coins\":[" + list + "]}";
  }
}
