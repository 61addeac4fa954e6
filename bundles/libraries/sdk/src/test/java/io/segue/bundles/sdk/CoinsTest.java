package io.segue.bundles.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.sdk.Coins.Amount;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoinsTest {
  @Test
  void addAndSubtractByDenomination() {
    Coins sum = Coins.parse("7ustake,1abc").plus(Coins.parse("3ustake,5zzz"));
    assertThat(sum).hasToString("1abc,10ustake,5zzz");
    assertThat(sum.minus(Coins.of("ustake", 10))).hasToString("1abc,5zzz");
    assertThat(sum.minus(sum)).isEqualTo(Coins.NONE);
    assertThatThrownBy(() -> sum.minus(Coins.of("ustake", 11)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void coverWhatTheyHoldAndNoMore() {
    Coins coins = Coins.parse("7ustake,1abc");
    assertThat(coins.covers(Coins.parse("7ustake"))).isTrue();
    assertThat(coins.covers(Coins.NONE)).isTrue();
    assertThat(coins.covers(Coins.parse("8ustake"))).isFalse();
    assertThat(coins.covers(Coins.parse("1zzz"))).isFalse();
    assertThat(coins.amountOf("zzz")).isZero();
  }

  @Test
  void haveANormalForm() {
    assertThat(Coins.of(List.of(amount("b", 2), amount("a", 1), amount("b", 3), amount("c", 0))))
        .hasToString("1a,5b");
    assertThat(Coins.of("ustake", 0).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "0ustake, 0ustake",
    "-5ustake, -5ustake",
    "'1ustake 1ufee', '1ustake,1ufee'",
    "'1ufee 1ufee', '1ufee,1ufee'",
    "1x, 1x",
  })
  void ofUsersAreRefusedAsTheCosmosSdkDoes(String sent, String shown) {
    assertThatThrownBy(() -> Coins.strict(protos(sent)))
        .isInstanceOfSatisfying(
            ModuleException.class,
            e -> {
              assertThat(e.code()).isEqualTo(10);
              assertThat(e.log()).isEqualTo(shown + ": invalid coins");
            });
  }

  @Test
  void ofUsersThatAreWellFormedPass() {
    assertThat(Coins.strict(protos("1ufee 2ustake")).toProto()).isEqualTo(protos("1ufee 2ustake"));
    assertThat(Coins.strict(List.of())).isEqualTo(Coins.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "+5", "007", "0x10", "1_000", "-0", "1.5", " 1", "--1", "٣"})
  void needDecimalIntegers(String text) {
    assertThatThrownBy(() -> Coins.parseAmount(text))
        .isInstanceOfSatisfying(
            ModuleException.class,
            e -> {
              assertThat(e.code()).isEqualTo(2);
              assertThat(e.log())
                  .isEqualTo(
                      "math/big: cannot unmarshal \""
                          + text
                          + "\" into a *big.Int: tx parse error");
            });
  }

  @Test
  void haveAmountsUpTo256Bits() {
    BigInteger most = BigInteger.TWO.pow(Coins.MAX_BITS).subtract(BigInteger.ONE);
    assertThat(Coins.parseAmount(most.toString())).isEqualTo(most);
    assertThatThrownBy(() -> Coins.parseAmount(most.add(BigInteger.ONE).toString()))
        .hasMessage("integer out of range; got: 257, max: 256: tx parse error");
    assertThatCode(
            () ->
                assertThatThrownBy(() -> Coins.parseAmount("9".repeat(1_000_000)))
                    .hasMessageContaining("..."))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "abc, true",
    "ab, false",
    "1ab, false",
    "ibc/ABC:1._-, true",
    "a b, false",
    "abcé, false"
  })
  void haveNamesOfAKnownForm(String denom, boolean valid) {
    assertThat(Coins.validDenom(denom)).isEqualTo(valid);
    assertThat(Coins.validDenom("a".repeat(128))).isTrue();
    assertThat(Coins.validDenom("a".repeat(129))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ustake", "7", "7us,7us", "7ustake,7ustake", "-7ustake", "7ustake,"})
  void areNotReadFromAnything(String text) {
    assertThatThrownBy(() -> Coins.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Amount amount(String denom, long amount) {
    return new Amount(denom, BigInteger.valueOf(amount));
  }

  private static List<Coin> protos(String text) {
    return Arrays.stream(text.split(" "))
        .map(
            coin -> {
              String denom = coin.replaceFirst("^-?[0-9]+", "");
              return Coin.newBuilder()
                  .setDenom(denom)
                  .setAmount(coin.substring(0, coin.length() - denom.length()))
                  .build();
            })
        .toList();
  }
}
