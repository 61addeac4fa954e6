package io.segue.bundles.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Keys and values as a Cosmos SDK 0.50 chain stores them. */
class BankKeysTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] A = HEX.parseHex("28ff5c6d57d8cfd492b6fb42614536ed648e01fd");

  @Test
  void keepsABalanceWhereTheSdkKeepsIt() {
    assertThat(HEX.formatHex(BankKeys.balance(A, "ustake")))
        .isEqualTo("021428ff5c6d57d8cfd492b6fb42614536ed648e01fd757374616b65");
    assertThat(HEX.formatHex(Balances.bytes(new BigInteger("999999999928"))))
        .isEqualTo("393939393939393939393238");
  }

  @Test
  void keepsTheSupplyWhereTheSdkKeepsIt() {
    assertThat(HEX.formatHex(BankKeys.supply("stake"))).isEqualTo("007374616b65");
  }

  @Test
  void keepsTheIndexByDenomination() {
    assertThat(HEX.formatHex(BankKeys.index(A, "stake")))
        .isEqualTo("037374616b65001428ff5c6d57d8cfd492b6fb42614536ed648e01fd");
  }

  @Test
  void findsAddressAndDenominationInTheKeyOfABalance() {
    byte[] key = BankKeys.balance(A, "ustake");

    assertThat(BankKeys.addressInBalance(key)).isEqualTo(A);
    assertThat(BankKeys.denomInBalance(key)).isEqualTo("ustake");
    assertThat(BankKeys.denomBehindPrefix(BankKeys.supply("ustake"))).isEqualTo("ustake");
  }

  @Test
  void findsAddressesOfAnyLength() {
    byte[] longer = new byte[32];
    byte[] key = BankKeys.balance(longer, "ustake");

    assertThat(BankKeys.addressInBalance(key)).isEqualTo(longer);
  }
}
