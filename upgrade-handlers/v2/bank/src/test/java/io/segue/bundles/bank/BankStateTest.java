package io.segue.bundles.bank;

import static io.segue.bundles.bank.BankChain.A;
import static io.segue.bundles.bank.BankChain.ADDRESSES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Keys and values of consensus version 2. */
class BankStateTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void keepsTheBalancesOfADenominationAndTheIndexOfAnAccountTogether() {
    try (BankChain chain = chain(ADDRESSES.parseAccount(A), "999999999928ustake")) {
      assertThat(chain.chain().dump("bank").lines())
          .containsExactly(
              "bank 00757374616b65 393939393939393939393238",
              "bank 05 1001",
              "bank 0606757374616b6528ff5c6d57d8cfd492b6fb42614536ed648e01fd"
                  + " 393939393939393939393238",
              "bank 071428ff5c6d57d8cfd492b6fb42614536ed648e01fd757374616b65 00");
    }
  }

  @Test
  void keepsAddressesOfAnyLength() {
    byte[] longer = new byte[32];
    try (BankChain chain = chain(longer, "7aaa")) {
      assertThat(chain.chain().entries("bank"))
          .containsKeys(
              HEX.parseHex("0603616161" + HEX.formatHex(longer)),
              HEX.parseHex("0720" + HEX.formatHex(longer) + "616161"));
    }
  }

  private static BankChain chain(byte[] address, String coin) {
    int denom = coin.replaceAll("[a-z]", "").length();
    return BankChain.startedWith(
        "{\"balances\":[{\"address\":\""
            + ADDRESSES.account(address)
            + "\",\"coins\":[{\"denom\":\""
            + coin.substring(denom)
            + "\",\"amount\":\""
            + coin.substring(0, denom)
            + "\"}]}]}");
  }
}
