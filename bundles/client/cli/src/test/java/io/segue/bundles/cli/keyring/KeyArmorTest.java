package io.segue.bundles.cli.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.cli.Segue;
import io.segue.bundles.cli.console.CliException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * The armors in the resources are what simd of the Cosmos SDK 0.50 wrote, and its code of bcrypt.
 */
class KeyArmorTest {
  private static final String MNEMONIC = "abandon ".repeat(11) + "about";
  private static final String SECRET =
      "c4a48e2fce1481cd3294b4490f6678090ea98d3d0e5cd984558ab0968741b104";
  private static final String PASSPHRASE = "correcthorse";

  @TempDir Path home;
  private final InputStream in = System.in;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void restore() {
    System.setIn(in);
  }

  @ParameterizedTest
  @CsvSource({"simd-argon2.armor", "simd-bcrypt.armor"})
  void readsWhatSimdWrote(String file) throws IOException {
    Key key = KeyArmor.read(resource(file), PASSPHRASE.toCharArray());
    assertThat(HexFormat.of().formatHex(key.secret())).isEqualTo(SECRET);
    assertThatThrownBy(() -> KeyArmor.read(resource(file), "wronghorse".toCharArray()))
        .isInstanceOf(CliException.class)
        .hasMessage("the passphrase of the armor is wrong, or the armor is damaged");
  }

  @Test
  void readsWhatItWrote() {
    Key key = Key.ofMnemonic(MNEMONIC);
    String armor = KeyArmor.write(key, PASSPHRASE.toCharArray());
    assertThat(armor)
        .startsWith("-----BEGIN TENDERMINT PRIVATE KEY-----\nkdf: argon2\nsalt: ")
        .endsWith("\n-----END TENDERMINT PRIVATE KEY-----\n");
    assertThat(KeyArmor.read(armor.replace("\n", "\r\n"), PASSPHRASE.toCharArray()).secret())
        .isEqualTo(key.secret());
  }

  @Test
  void saysWhatIsWrongWithAnArmor() throws IOException {
    String armor = resource("simd-argon2.armor");
    refuses("hello", "this is no armored key");
    refuses(armor.replace("GXkF", "GXkG"), "checksum is wrong");
    refuses(armor.replace("PRIVATE KEY", "PUBLIC KEY"), "this is a TENDERMINT PUBLIC KEY, not a");
    refuses(armor.replace("argon2", "scrypt"), "kdf 'scrypt' is not known; it is argon2 or bcrypt");
    refuses(armor.replace("secp256k1", "ed25519"), "a key of type 'ed25519' can't sign here");
    refuses(armor.replace("salt: 85", "salt: "), "salt has not 16 bytes");
  }

  @Test
  void keysGoFromOneKeyringToAnother() throws IOException {
    assertThat(run(MNEMONIC + "\n", "keys", "add", "alice", "--recover", "--no-passphrase"))
        .as(err.toString())
        .isZero();
    Path file = home.resolve("alice.armor");
    assertThat(run("short\n", "keys", "export", "alice")).isOne();
    assertThat(err.toString()).contains("it must have at least 8 characters");
    assertThat(
            run(PASSPHRASE + "\n", "keys", "export", "alice", "--output-document", file.toString()))
        .as(err.toString())
        .isZero();
    assertThat(run(PASSPHRASE + "\n", "keys", "import", "bob", file.toString(), "--no-passphrase"))
        .as(err.toString())
        .isZero();
    assertThat(run("", "keys", "export", "bob", "--unarmored-hex", "--unsafe")).isZero();
    assertThat(out.toString()).isEqualTo(SECRET + "\n");
    assertThat(run("", "keys", "export", "bob", "--unarmored-hex")).isEqualTo(2);
    assertThat(run(PASSPHRASE + "\n", "keys", "import", "bob", file.toString(), "--no-passphrase"))
        .isOne();
    assertThat(err.toString()).contains("there is a key 'bob' already");
  }

  @Test
  void keysAreRenamedAndDeleted() {
    run(MNEMONIC + "\n", "keys", "add", "alice", "--recover", "--no-passphrase");
    assertThat(run("", "keys", "rename", "alice", "carol")).as(err.toString()).isZero();
    assertThat(run("", "keys", "show", "alice")).isOne();
    assertThat(run("", "keys", "export", "carol", "--unarmored-hex", "--unsafe")).isZero();
    assertThat(out.toString()).as("the secret stays").isEqualTo(SECRET + "\n");
    assertThat(run("n\n", "keys", "delete", "carol")).isOne();
    assertThat(err.toString()).contains("nothing is deleted; answer y, or give --yes");
    assertThat(run("y\n", "keys", "delete", "carol")).isZero();
    assertThat(run("", "keys", "delete", "carol", "--yes")).isOne();
    assertThat(err.toString()).contains("there is no key 'carol'");
  }

  @Test
  void addressesAreShownInEveryForm() {
    assertThat(run("", "keys", "parse", "00".repeat(20), "--output", "json")).isZero();
    assertThat(out.toString())
        .contains("cosmos1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqnrql8a")
        .contains("cosmosvaloper1")
        .contains("cosmosvalconspub1");
    assertThat(run("", "keys", "parse", "cosmos1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqnrql8a")).isZero();
    assertThat(out.toString()).contains("human  cosmos").contains("00".repeat(20));
    assertThat(run("", "keys", "parse", "what?")).isOne();
    assertThat(err.toString()).contains("is neither an address");
  }

  private static void refuses(String armor, String text) {
    assertThatThrownBy(() -> KeyArmor.read(armor, PASSPHRASE.toCharArray()))
        .isInstanceOf(CliException.class)
        .hasMessageContaining(text);
  }

  private static String resource(String name) throws IOException {
    try (InputStream file = KeyArmorTest.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private int run(String typed, String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    CommandLine commandLine = Segue.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    String[] all = java.util.Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--home";
    all[words.length + 1] = home.toString();
    return commandLine.execute(words[1].equals("parse") ? words : all);
  }
}
