package io.segue.bundles.auth.ante;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.sdk.Coins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GasPricesTest {
  @Test
  void areMultipliedAndRoundedUp() {
    GasPrices prices = GasPrices.parse("0.01ufee, 0.5stake");
    assertThat(Coins.text(prices.of(200_000))).isEqualTo("100000stake,2000ufee");
    assertThat(Coins.text(prices.of(1))).isEqualTo("1stake,1ufee");
    assertThat(Coins.text(prices.of(Long.MAX_VALUE)))
        .isEqualTo("4611686018427387904stake,92233720368547759ufee");
  }

  @Test
  void mayBeFree() {
    assertThat(GasPrices.parse("0stake").isFree()).isTrue();
    assertThat(GasPrices.parse("0stake,0.001ufee").isFree()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stake", "0.5", "0.5 ", "-1stake", "1.2.3stake", "1stake,", "1s"})
  void areNotReadFromAnything(String text) {
    assertThatThrownBy(() -> GasPrices.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
