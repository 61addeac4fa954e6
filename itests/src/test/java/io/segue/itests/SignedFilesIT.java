package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Transactions that the command line makes, signs and sends in files, on a node as users run it.
 */
class SignedFilesIT {
  private static final String[] GAS = {"--gas", "200000", "--generate-only"};

  @TempDir Path folder;

  @Test
  void areTakenByTheChain() throws Exception {
    Path home = folder.resolve("home");
    try (TestedNode node = TestedNode.init(home)) {
      node.command("keys", "add", "bob", "--no-passphrase");
      node.command("keys", "add", "both", "--multisig", "alice,bob", "--multisig-threshold", "2");
      node.start().awaitHeight(2);
      sent(node.segue("tx", "bank", "send", "alice", "both", "100000stake", "--wait"));

      Path unsigned = make(node, "both", "alice");
      for (String holder : new String[] {"alice", "bob"}) {
        write(
            holder,
            node.command(
                "tx", "sign", unsigned.toString(), "--from", holder, "--multisig", "both"));
      }
      Path together =
          write(
              "together",
              node.command(
                  "tx", "multisign", unsigned.toString(), "both", file("bob"), file("alice")));
      assertThat(
              node.segue("tx", "simulate", together.toString(), "--from", "both")
                  .path("gasUsed")
                  .asLong())
          .isPositive();
      sent(node.segue("tx", "broadcast", together.toString(), "--wait"));

      sent(node.segue("tx", "bank", "send", "alice", "bob", "50000stake", "--wait"));
      sent(
          node.segue(
              "tx",
              "bank",
              "send",
              "alice",
              "bob",
              "7stake",
              "--sign-mode",
              "amino-json",
              "--wait"));
      Path paid =
          write(
              "paid",
              node.command(
                  "tx",
                  "bank",
                  "send",
                  "alice",
                  "both",
                  "1stake",
                  "--fees",
                  "5stake",
                  "--fee-payer",
                  "bob",
                  GAS[0],
                  GAS[1],
                  GAS[2]));
      Path byAlice = write("byAlice", amino(node, paid, "alice"));
      Path byBoth = write("byBoth", amino(node, byAlice, "bob"));
      sent(node.segue("tx", "broadcast", byBoth.toString(), "--wait"));
      assertThat(node.run("tx", "broadcast", byBoth.toString()).output())
          .contains("tx already exists in cache");
    }
  }

  private static String amino(TestedNode node, Path tx, String key) {
    return node.command("tx", "sign", tx.toString(), "--from", key, "--sign-mode", "amino-json");
  }

  private Path make(TestedNode node, String from, String to) throws Exception {
    return write(
        "unsigned", node.command("tx", "bank", "send", from, to, "7stake", GAS[0], GAS[1], GAS[2]));
  }

  private static void sent(JsonNode result) {
    assertThat(result.path("code").asLong()).as(result.toString()).isZero();
    assertThat(result.path("height").asLong()).isPositive();
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(Path.of(file(name)), text);
  }

  private String file(String name) {
    return folder.resolve(name + ".json").toString();
  }
}
