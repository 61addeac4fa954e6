package io.segue.bundles.cli.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.Vectors;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.sdk.Addresses;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyTest {
  private static final Addresses ADDRESSES = new Addresses("cosmos");

  static Stream<JsonNode> keys() {
    return Vectors.of("keys.json").stream();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void derivesWhatWalletsDerive(JsonNode vector) {
    Key key = Key.ofMnemonic(vector.path("mnemonic").asText());
    assertThat(hex(key.secret())).isEqualTo(vector.path("privkey_hex").asText());
    assertThat(hex(key.publicKey())).isEqualTo(vector.path("pubkey_compressed_hex").asText());
    assertThat(hex(key.address())).isEqualTo(vector.path("address_hex").asText());
    assertThat(key.address(ADDRESSES)).isEqualTo(vector.path("bech32").asText());
    assertThat(Key.PATH).isEqualTo(vector.path("hd_path").asText());
  }

  @Test
  void toleratesSpacesAroundTheWords() {
    JsonNode vector = Vectors.of("keys.json").get(0);
    String spaced = "  " + vector.path("mnemonic").asText().replace(" ", "   ") + "\n";
    assertThat(hex(Key.ofMnemonic(spaced).secret())).isEqualTo(vector.path("privkey_hex").asText());
  }

  @Test
  void refusesAMnemonicWithAWrongChecksum() {
    assertThatThrownBy(() -> Key.ofMnemonic("abandon ".repeat(12)))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("the mnemonic is refused");
  }

  @Test
  void refusesAWordThatIsInNoList() {
    assertThatThrownBy(() -> Key.ofMnemonic("segue ".repeat(12)))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("check its words");
  }

  @Test
  void makesAnotherMnemonicEachTime() {
    String first = Key.newMnemonic();
    assertThat(first.split(" ")).hasSize(24);
    assertThat(first).isNotEqualTo(Key.newMnemonic());
    assertThat(Key.ofMnemonic(first).secret()).hasSize(32);
  }

  @Test
  void generatesTheSameBenchmarkAccountsOnEveryRun() {
    assertThat(hex(GeneratedAccounts.key(0).secret()))
        .isEqualTo("bf640a5bd97fa58b03dc323b7db56844d4fb1bf063531178b829233bc17e3aa8");
    assertThat(GeneratedAccounts.addresses(2))
        .startsWith(GeneratedAccounts.key(0).address())
        .endsWith(GeneratedAccounts.key(1).address());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
