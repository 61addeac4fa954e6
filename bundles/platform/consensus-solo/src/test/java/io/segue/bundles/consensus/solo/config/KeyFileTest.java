package io.segue.bundles.consensus.solo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  /** The first test vector of RFC 8032, section 7.1. */
  private static final String SEED =
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

  private static final String PUBLIC_KEY =
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

  private static final String OTHER_PUBLIC_KEY =
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";

  private static final String SIGNATURE =
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
          + "d25bf5f0595bbe24655141438e7a100b";

  private final Path file;

  KeyFileTest(@TempDir Path folder) {
    file = folder.resolve("priv_validator_key.json");
  }

  @Test
  void signsAsRfc8032Says() throws Exception {
    write("tendermint/PrivKeyEd25519", HexFormat.of().parseHex(SEED + PUBLIC_KEY));
    KeyFile key = KeyFile.read(file);

    assertThat(HexFormat.of().formatHex(key.publicKey())).isEqualTo(PUBLIC_KEY);
    assertThat(HexFormat.of().formatHex(key.sign(new byte[0]))).isEqualTo(SIGNATURE);
  }

  @Test
  void refusesAKeyWhoseHalvesDoNotBelongTogether() throws Exception {
    write("tendermint/PrivKeyEd25519", HexFormat.of().parseHex(SEED + OTHER_PUBLIC_KEY));
    assertRefused("do not belong together");
  }

  @Test
  void namesWhatIsWrong() throws Exception {
    assertRefused("segue init");
    write("tendermint/PrivKeySecp256k1", new byte[64]);
    assertRefused("tendermint/PrivKeyEd25519");
    write("tendermint/PrivKeyEd25519", new byte[63]);
    assertRefused("63 bytes instead of 64");
    Files.writeString(
        file, "{\"priv_key\": {\"type\": \"tendermint/PrivKeyEd25519\", \"value\": \"@\"}}");
    assertRefused("no base64");
    Files.writeString(file, "{");
    assertRefused("no JSON");
  }

  private void assertRefused(String word) {
    assertThatThrownBy(() -> KeyFile.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(word);
  }

  private void write(String type, byte[] value) throws IOException {
    Files.writeString(
        file,
        "{\"priv_key\": {\"type\": \"%s\", \"value\": \"%s\"}}"
            .formatted(type, Base64.getEncoder().encodeToString(value)));
  }
}
