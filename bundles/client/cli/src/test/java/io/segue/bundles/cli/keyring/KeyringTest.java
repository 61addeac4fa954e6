package io.segue.bundles.cli.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.sdk.Addresses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringTest {
  private static final Key KEY = GeneratedAccounts.key(7);
  private static final char[] NONE = new char[0];

  @TempDir Path folder;
  private Keyring keyring;

  @BeforeEach
  void open() {
    keyring = new Keyring(folder.resolve("keys"), new Addresses("cosmos"));
  }

  @Test
  void givesAKeyBackByNameAndByAddress() {
    Keyring.Entry entry = keyring.add("alice", KEY, NONE);
    assertThat(keyring.key("alice").secret()).isEqualTo(KEY.secret());
    assertThat(keyring.key(entry.address()).secret()).isEqualTo(KEY.secret());
    assertThat(keyring.address("alice")).isEqualTo(KEY.address(new Addresses("cosmos")));
    assertThat(keyring.address("cosmos1x")).isEqualTo("cosmos1x");
  }

  @Test
  void keepsFilesForTheirOwnerOnly() throws IOException {
    keyring.add("alice", KEY, NONE);
    assertThat(permissions(folder.resolve("keys"))).isEqualTo("rwx------");
    assertThat(permissions(folder.resolve("keys/alice.json"))).isEqualTo("rw-------");
  }

  @Test
  void neverWritesASecretInTheClear() throws IOException {
    keyring.add("alice", KEY, "correct horse".toCharArray());
    String text = Files.readString(folder.resolve("keys/alice.json"));
    assertThat(text)
        .doesNotContain(HexFormat.of().formatHex(KEY.secret()))
        .doesNotContain(Base64.getEncoder().encodeToString(KEY.secret()));
    JsonNode json = Output.JSON.readTree(text);
    assertThat(json.path("passphrase").asBoolean()).isTrue();
    assertThat(json.path("iterations").asInt()).isEqualTo(600_000);
  }

  @Test
  void saysWhichKeysHaveNoPassphrase() {
    assertThat(keyring.add("alice", KEY, NONE).passphrase()).isFalse();
    assertThat(keyring.add("bob", KEY, "x".toCharArray()).passphrase()).isTrue();
    assertThat(keyring.list()).extracting(Keyring.Entry::name).containsExactly("alice", "bob");
  }

  @Test
  void refusesADamagedSecret() throws IOException {
    keyring.add("alice", KEY, NONE);
    Path file = folder.resolve("keys/alice.json");
    String secret = Output.JSON.readTree(file.toFile()).path("secret").asText();
    String other = (secret.charAt(0) == 'A' ? "B" : "A") + secret.substring(1);
    Files.write(
        file, Files.readString(file).replace(secret, other).getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> keyring.key("alice"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("passphrase is wrong");
  }

  @Test
  void refusesANameThatIsAPath() {
    assertThatThrownBy(() -> keyring.add("../alice", KEY, NONE))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("'../alice' is refused");
  }

  @Test
  void neverReplacesAKey() {
    keyring.add("alice", KEY, NONE);
    assertThatThrownBy(() -> keyring.add("alice", GeneratedAccounts.key(8), NONE))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("exists already");
  }

  @Test
  void namesTheKeyThatIsNotThere() {
    assertThatThrownBy(() -> keyring.key("carol"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("there is no key 'carol'");
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
