package io.segue.bundles.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Keys of consensus version 2. */
class BankKeysTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] A = HEX.parseHex("28ff5c6d57d8cfd492b6fb42614536ed648e01fd");

  @Test
  void keepsTheBalancesOfADenominationTogether() {
    assertThat(HEX.formatHex(BankKeys.balance(A, "ustake")))
        .isEqualTo("06067573" + "74616b65" + "28ff5c6d57d8cfd492b6fb42614536ed648e01fd");
    assertThat(HEX.formatHex(BankKeys.balancesOf("ustake"))).isEqualTo("0606757374616b65");
  }

  @Test
  void keepsTheIndexOfAnAccountTogether() {
    assertThat(HEX.formatHex(BankKeys.index(A, "stake")))
        .isEqualTo("071428ff5c6d57d8cfd492b6fb42614536ed648e01fd7374616b65");
    assertThat(HEX.formatHex(BankKeys.indexOf(A)))
        .isEqualTo("071428ff5c6d57d8cfd492b6fb42614536ed648e01fd");
  }

  @Test
  void keepsTheSupplyWhereVersion1KeptIt() {
    assertThat(HEX.formatHex(BankKeys.supply("stake"))).isEqualTo("007374616b65");
    assertThat(BankKeys.denomBehindPrefix(BankKeys.supply("ustake"))).isEqualTo("ustake");
  }

  @Test
  void findsAddressAndDenominationInBothKeys() {
    for (byte[] address : new byte[][] {A, new byte[32]}) {
      byte[] balance = BankKeys.balance(address, "ustake");
      byte[] index = BankKeys.index(address, "ustake");

      assertThat(BankKeys.addressInBalance(balance)).isEqualTo(address);
      assertThat(BankKeys.denomInBalance(balance)).isEqualTo("ustake");
      assertThat(BankKeys.addressInIndex(index)).isEqualTo(address);
      assertThat(BankKeys.denomInIndex(index)).isEqualTo("ustake");
    }
  }
}
