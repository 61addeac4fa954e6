package io.segue.bundles.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecTest {
  @ParameterizedTest
  @CsvSource({
    "0.334, 0.334000000000000000, 334000000000000000",
    "1, 1.000000000000000000, 1000000000000000000",
    "-0.5, -0.500000000000000000, -500000000000000000",
    "0, 0.000000000000000000, 0",
    "12.000000000000000001, 12.000000000000000001, 12000000000000000001"
  })
  void hasTwoTexts(String text, String pointed, String scaled) {
    Dec dec = Dec.parse(text);
    assertThat(dec.pointed()).isEqualTo(pointed);
    assertThat(dec.scaled()).isEqualTo(scaled);
    assertThat(Dec.parseScaled(scaled)).isEqualTo(dec);
    assertThat(Dec.parse(pointed)).isEqualTo(dec);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".5", "1.", "1.0.0", "+1", "1e3", "abc", "0.0000000000000000001", " 1"})
  void isNotReadFromAnything(String text) {
    assertThatThrownBy(() -> Dec.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsAnAbsentScaledNumberAsZero() {
    assertThat(Dec.parseScaled("")).isEqualTo(Dec.ZERO);
    assertThatThrownBy(() -> Dec.parseScaled("1.5")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Dec.parse("9".repeat(1_000_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void roundsAsAnIndependentImplementationDoes() {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      Dec a = Dec.ofScaled(new BigInteger(90, random).subtract(BigInteger.ONE.shiftLeft(89)));
      Dec b = Dec.ofScaled(new BigInteger(70, random).subtract(BigInteger.ONE.shiftLeft(69)));
      BigDecimal x = new BigDecimal(a.pointed());
      BigDecimal y = new BigDecimal(b.pointed());
      assertThat(a.plus(b)).isEqualTo(dec(x.add(y)));
      assertThat(a.minus(b)).isEqualTo(dec(x.subtract(y)));
      assertThat(a.times(b)).isEqualTo(dec(x.multiply(y).setScale(18, RoundingMode.HALF_EVEN)));
      assertThat(a.timesTruncated(b)).isEqualTo(dec(x.multiply(y).setScale(18, RoundingMode.DOWN)));
      if (b.signum() != 0) {
        BigDecimal cut = x.divide(y, 36, RoundingMode.DOWN);
        assertThat(a.dividedBy(b)).isEqualTo(dec(cut.setScale(18, RoundingMode.HALF_EVEN)));
        assertThat(a.dividedByTruncated(b)).isEqualTo(dec(x.divide(y, 18, RoundingMode.DOWN)));
      }
      assertThat(a.ceil()).isEqualTo(x.setScale(0, RoundingMode.CEILING).toBigInteger());
      assertThat(a.truncate()).isEqualTo(x.toBigInteger());
      assertThat(a.round()).isEqualTo(x.setScale(0, RoundingMode.HALF_EVEN).toBigInteger());
    }
  }

  /**
   * Scaled dividend, divisor, {@code Quo} and {@code QuoTruncate}, by cosmossdk.io/math v1.3.0. The
   * long ones lie above a half by less than the 36th digit shows.
   */
  @ParameterizedTest
  @CsvSource({
    "1000000000000000000, 3000000000000000000, 333333333333333333, 333333333333333333",
    "2000000000000000000, 3000000000000000000, 666666666666666667, 666666666666666666",
    "-2000000000000000000, 3000000000000000000, -666666666666666667, -666666666666666666",
    "5, 10000000000000000000, 0, 0",
    "15, 10000000000000000000, 2, 1",
    "-5, 10000000000000000000, 0, 0",
    "-15, 10000000000000000000, -2, -1",
    "69110189708251359068967022, 331231004154161987231834808948096249091, 208646, 208646",
    "-69110189708251359068967022, 331231004154161987231834808948096249091, -208646, -208646",
    "283036817276361844221365453, 454020837770200447740041037752871327068, 623400, 623400",
    "-283036817276361844221365453, 454020837770200447740041037752871327068, -623400, -623400",
    "440827459336199007768151280, 964074622198795217473313612537263177384, 457254, 457254",
    "387848321932706732071070274, 430315037162700763687478287462990459485, 901312, 901312",
    "908726635609374201468065690183, 3949633926637660896070862, 230078699061352455087704,"
        + " 230078699061352455087703",
    "866880082232604461959871327968, 4921198784758208660663037, 176152218219162334189323,"
        + " 176152218219162334189322"
  })
  void dividesAsTheSdkDoes(
      BigInteger dividend, BigInteger divisor, BigInteger rounded, BigInteger cut) {
    Dec a = Dec.ofScaled(dividend);
    Dec b = Dec.ofScaled(divisor);
    assertThat(a.dividedBy(b)).isEqualTo(Dec.ofScaled(rounded));
    assertThat(a.dividedByTruncated(b)).isEqualTo(Dec.ofScaled(cut));
  }

  @Test
  void comparesByValue() {
    assertThat(Dec.parse("0.5")).isLessThan(Dec.ONE).isEqualTo(Dec.ONE.dividedBy(Dec.of(2)));
    assertThat(Dec.of(3).times(BigInteger.TWO)).isEqualTo(Dec.of(6));
  }

  private static Dec dec(BigDecimal value) {
    return Dec.parse(value.setScale(18).toPlainString());
  }
}
