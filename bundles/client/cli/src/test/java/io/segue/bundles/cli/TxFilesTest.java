package io.segue.bundles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.chain.FakeNode;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.tx.TxRaw;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Transactions that are made, signed and sent by commands of their own. */
class TxFilesTest {
  private static final Key A =
      secret("c4a48e2fce1481cd3294b4490f6678090ea98d3d0e5cd984558ab0968741b104");
  private static final Key B =
      secret("e64e7928d4f6c06f01fefd31f760c51f59a16426e792761cd00529b76501c8a0");
  private static final Key N = secret("11".repeat(32));
  private static final String[] OFFLINE = {"--offline", "--chain-id", "probe-1"};

  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Keyring keyring;

  @BeforeEach
  void keys() {
    keyring = new Keyring(home.resolve("keys"), new Addresses("cosmos"));
    keyring.add("a", A, new char[0]);
    keyring.add("n", N, new char[0]);
    assertThat(run("keys", "add", "b", "--pubkey", HexFormat.of().formatHex(B.publicKey())))
        .as(err.toString())
        .isZero();
    assertThat(
            run(
                "keys",
                "add",
                "three",
                "--multisig",
                "a,b,n",
                "--multisig-threshold",
                "2",
                "--nosort"))
        .as(err.toString())
        .isZero();
  }

  @Test
  void areSignedInAminoJsonAsCosmJsDoes() throws Exception {
    Path unsigned = make("a");
    Path signed =
        write(
            "signed.json",
            ok(
                line("tx", "sign", unsigned, "--from", "a", "--sign-mode", "amino-json")
                    .with(OFFLINE)
                    .with("--account-number", "0", "--sequence", "122")));

    assertThat(encoded(signed)).isEqualTo(vector("send"));
  }

  @Test
  void areSignedByTheHoldersOfAMultisigKeyAsCosmJsDoes() throws Exception {
    assertThat(keyring.entry("three").address())
        .isEqualTo(vectors().get(1).path("address").asText());
    Path unsigned = make("three");
    List<Path> parts = new ArrayList<>();
    for (String holder : List.of("n", "a")) {
      parts.add(
          write(
              holder + ".json",
              ok(
                  line("tx", "sign", unsigned, "--from", holder, "--multisig", "three")
                      .with(OFFLINE)
                      .with("--account-number", "5", "--sequence", "3"))));
    }
    assertThat(run(line("tx", "multisign", unsigned, "three", parts.get(0)))).isOne();
    assertThat(err.toString()).contains("'three' needs 2 signatures of different holders, got 1");
    Path signed =
        write(
            "signed.json",
            ok(line("tx", "multisign", unsigned, "three", parts.get(0), parts.get(1))));

    assertThat(encoded(signed)).isEqualTo(vector("2 of 3, first and last"));
  }

  @Test
  void areDecodedAndSent() throws Exception {
    String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(vector("send")));
    Path decoded = write("decoded.json", ok(line("tx", "decode", base64)));
    assertThat(Output.JSON.readTree(decoded.toFile()).at("/body/messages/0/@type").asText())
        .isEqualTo("/cosmos.bank.v1beta1.MsgSend");
    assertThat(encoded(decoded)).isEqualTo(vector("send"));
    assertThat(run("tx", "decode", "-x", vector("send"))).isZero();
    assertThat(run("tx", "decode", "!")).isOne();
    assertThat(err.toString()).contains("BYTES are not in base64; with --hex");

    try (FakeNode node = new FakeNode()) {
      node.answers("broadcast_tx_sync", "{\"code\":0,\"hash\":\"" + "AB".repeat(32) + "\"}");
      assertThat(run(line("tx", "broadcast", decoded, "--node", node.url()))).isZero();
      assertThat(node.requests().get(0).at("/params/tx").asText()).isEqualTo(base64);
    }
  }

  @Test
  void areSignedByThePayerOfTheFeeToo() throws Exception {
    Path unsigned = make("a", "--fee-payer", "n");
    String[] ofA = {"--account-number", "0", "--sequence", "1"};
    String[] ofN = {"--account-number", "2", "--sequence", "3"};
    Path byN =
        write(
            "n.json",
            ok(
                line("tx", "sign", unsigned, "--from", "n", "--sign-mode", "amino-json")
                    .with(OFFLINE)
                    .with(ofN)));
    assertThat(run(line("tx", "sign", byN, "--from", "a").with(OFFLINE).with(ofA))).isOne();
    assertThat(err.toString()).contains("use --sign-mode amino-json");
    Path both =
        write(
            "both.json",
            ok(
                line("tx", "sign", byN, "--from", "a", "--sign-mode", "amino-json")
                    .with(OFFLINE)
                    .with(ofA)));
    TxRaw raw = TxRaw.parseFrom(HexFormat.of().parseHex(encoded(both)));
    assertThat(raw.getSignaturesCount()).isEqualTo(2);
    JsonNode infos = Output.JSON.readTree(both.toFile()).at("/auth_info/signer_infos");
    assertThat(infos.at("/0/sequence").asText()).isEqualTo("1");
    assertThat(infos.at("/1/sequence").asText()).isEqualTo("3");
  }

  @Test
  void areRefusedWhereSomebodyElseMustSign() throws Exception {
    Path unsigned = make("a");
    assertThat(
            run(
                line("tx", "sign", unsigned, "--from", "n")
                    .with(OFFLINE)
                    .with("--account-number", "0", "--sequence", "1")))
        .isOne();
    assertThat(err.toString()).contains("does not sign this transaction; its signers are");
    assertThat(run(line("tx", "sign", unsigned, "--from", "a", "--offline"))).isOne();
    assertThat(err.toString())
        .contains(
            "--offline needs what the node is asked for otherwise: --chain-id, --account-number");
    assertThat(
            run(
                line("tx", "sign", unsigned, "--from", "b")
                    .with(OFFLINE)
                    .with("--account-number", "0", "--sequence", "1")))
        .isOne();
    assertThat(err.toString()).contains("only the public key is here");
    assertThat(run(line("tx", "sign", unsigned, "--from", "a", "--sign-mode", "textual")))
        .isEqualTo(2);
  }

  @Test
  void sayHowAKeyOfSeveralSigns() throws Exception {
    Path unsigned = make("three");
    assertThat(
            run(
                line("tx", "sign", unsigned, "--from", "three")
                    .with(OFFLINE)
                    .with("--account-number", "5", "--sequence", "3")))
        .isOne();
    assertThat(err.toString()).contains("several hold the key 'three'");
    assertThat(run("keys", "show", "three", "--output", "json")).isZero();
    assertThat(out.toString()).contains("\"threshold\" : 2");
    assertThat(run("keys", "add", "four", "--multisig", "a,b", "--multisig-threshold", "3"))
        .isOne();
    assertThat(err.toString()).contains("len(pubKeys) < k");
  }

  private Path make(String from, String... more) throws Exception {
    return write(
        "unsigned.json",
        ok(
            line("tx", "bank", "send", from, "b", "7ustake", "--fees", "500ufee", "--gas", "200000")
                .with("--generate-only")
                .with(more)));
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(home.resolve(name), text);
  }

  private String encoded(Path tx) {
    return HexFormat.of()
        .formatHex(Base64.getDecoder().decode(ok(line("tx", "encode", tx)).strip()));
  }

  private static List<JsonNode> vectors() {
    return Vectors.of("cosmjs.json");
  }

  private static String vector(String name) {
    return vectors().stream()
        .filter(vector -> vector.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow()
        .path("tx_raw_hex")
        .asText();
  }

  private static Key secret(String hex) {
    return Key.ofSecret(HexFormat.of().parseHex(hex));
  }

  private record Line(List<String> words) {
    Line with(String... more) {
      List<String> all = new ArrayList<>(words);
      all.addAll(List.of(more));
      return new Line(all);
    }
  }

  private static Line line(Object... words) {
    return new Line(Arrays.stream(words).map(Object::toString).toList());
  }

  private String ok(Line line) {
    out.getBuffer().setLength(0);
    assertThat(run(line)).as(err.toString()).isZero();
    return out.toString();
  }

  private int run(Line line) {
    return run(line.words().toArray(String[]::new));
  }

  private int run(String... words) {
    CommandLine commandLine = Segue.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of(words));
    if (!List.of("decode", "encode", "broadcast").contains(words[1])) {
      all.addAll(List.of("--home", home.toString()));
    }
    return commandLine.execute(all.toArray(String[]::new));
  }
}
