package io.segue.bundles.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Bech32Test {
  @ParameterizedTest
  @CsvSource({
    "cosmos, 28ff5c6d57d8cfd492b6fb42614536ed648e01fd,"
        + "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4",
    "cosmosvaloper, a12daaf3c2c1505b288353b62cb3b4021c60c344,"
        + "cosmosvaloper15yk64u7zc9g9k2yr2wmzeva5qgwxps6yrxm64d",
    "upg, 7fef9479c8bc5a3c86891cb82969cbf2ffc73c73, upg10lheg7wgh3drep5frjuzj6wt7tluw0rnykhqfs"
  })
  void writesAndReadsKnownAddresses(String humanPart, String hex, String text) {
    byte[] data = HexFormat.of().parseHex(hex);
    assertThat(Bech32.encode(humanPart, data)).isEqualTo(text);
    assertThat(Bech32.decode(text).humanPart()).isEqualTo(humanPart);
    assertThat(Bech32.decode(text).data()).isEqualTo(data);
    assertThat(Bech32.decode(text.toUpperCase(java.util.Locale.ROOT)).data()).isEqualTo(data);
  }

  /** Texts that BIP-173 calls valid and that hold whole bytes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "A12UEL5L",
        "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
        "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs"
      })
  void readsValidTextsOfTheStandard(String text) {
    assertThat(Bech32.decode(text).data()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "xyz, invalid bech32 string length 3",
    "cosmos1xyz, invalid separator index 6",
    "cosmosxyzabc, invalid separator index -1",
    "1cosmosxyzabc, invalid separator index 0",
    "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdalb, invalid character not part of charset: 98",
    "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdalA, string not all lowercase or all uppercase",
    "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal5,"
        + "invalid checksum (expected uqdal4 got uqdal5)",
    "x1b4n0q5v, invalid character not part of charset: 98",
    "pzry9x0s0muk, invalid separator index -1"
  })
  void saysWhatIsWrong(String text, String why) {
    assertThatThrownBy(() -> Bech32.decode(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(why);
  }

  @Test
  void refusesCharactersOutsideAsciiAndTextsThatAreTooLong() {
    assertThatThrownBy(() -> Bech32.decode("cosmös1aaaaaaa"))
        .hasMessageContaining("invalid character in string");
    assertThatThrownBy(() -> Bech32.decode("cosmos1" + "q".repeat(Bech32.MAX_LENGTH)))
        .hasMessageContaining("invalid bech32 string length");
  }

  /** The first has five bits, the second a byte and two bits that are not zero. */
  @ParameterizedTest
  @ValueSource(strings = {"a1q3g6mn3", "a1llttal5m"})
  void refusesWhatHoldsNoWholeBytes(String text) {
    assertThatThrownBy(() -> Bech32.decode(text)).hasMessage("invalid incomplete group");
  }

  @Test
  void readsBackWhatItWrote() {
    Random random = new Random(1);
    for (int length = 0; length < 65; length++) {
      byte[] data = new byte[length];
      random.nextBytes(data);
      assertThat(Bech32.decode(Bech32.encode("segue", data)).data()).isEqualTo(data);
    }
  }
}
