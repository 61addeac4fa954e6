package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.nodes.Distribution;
import io.segue.bundles.shell.client.ShellClient;
import io.segue.bundles.shell.client.ShellException;
import io.segue.bundles.shell.client.TerminalSession;
import io.segue.bundles.shell.client.TerminalSession.Candidate;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of the shell, through the socket of a running node that knows a transfer. */
class ShellIT {
  @TempDir static Path folder;
  private static TestedNode node;
  private static JsonNode transfer;

  @BeforeAll
  static void startNode() {
    node = TestedNode.init(folder.resolve("home")).start().awaitHeight(1);
    node.command("keys", "add", "bob", "--no-passphrase");
    transfer = node.segue("tx", "bank", "send", "alice", "bob", "7stake", "--wait");
    node.awaitHeight(transfer.path("height").asLong() + 1);
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  @Test
  void listsTheCommands() {
    assertThat(node.shell("help").path("commands").findValuesAsText("name"))
        .containsExactly(
            "chain:block",
            "chain:tx",
            "gov:proposal",
            "gov:proposals",
            "grep",
            "help",
            "log:level",
            "module:versions",
            "node:status",
            "sidecar:build",
            "store:checkpoint",
            "store:get",
            "store:list",
            "store:snapshots",
            "store:verify",
            "upgrade:cancel-prepared",
            "upgrade:check",
            "upgrade:deploy",
            "upgrade:generations",
            "upgrade:history",
            "upgrade:plan",
            "upgrade:prepare",
            "upgrade:retry",
            "upgrade:status");
  }

  @Test
  void explainsEveryCommand() {
    for (JsonNode command : node.shell("help").path("commands")) {
      String name = command.path("name").asText();
      assertThat(node.tryInShell(name + " --help").output())
          .startsWith("Usage: " + command.path("synopsis").asText() + "\n")
          .contains("-o, --output=text|json");
    }
  }

  @Test
  void showsABlockAndItsTransaction() {
    String hash = transfer.path("hash").asText();
    JsonNode block = node.shell("chain:block " + transfer.path("height").asText());

    assertThat(block.path("txs").get(0).path("hash").asText()).isEqualTo(hash);
    assertThat(block.path("txs").get(0).path("messages").get(0).asText())
        .isEqualTo("/cosmos.bank.v1beta1.MsgSend");
    JsonNode tx = node.shell("chain:tx " + hash);
    assertThat(tx.path("code").asInt()).isZero();
    assertThat(tx.path("height").asLong()).isEqualTo(transfer.path("height").asLong());
    assertThat(tx.path("events").findValuesAsText("type")).contains("transfer");
    assertThat(refused("chain:block 999999")).contains("this node keeps 1 to ");
  }

  @Test
  void listsModulesAndStoresOfAHeight() {
    assertThat(node.shell("module:versions").path("modules").findValuesAsText("name"))
        .containsExactly("auth", "bank", "gov", "staking", "upgrade");
    JsonNode stores = node.shell("store:list --height " + recent()).path("stores");
    assertThat(stores.findValuesAsText("name"))
        .containsExactly("acc", "bank", "gov", "staking", "upgrade");
    assertThat(refused("store:list --height 999999")).contains("the last committed height is ");
  }

  @Test
  void readsAValueOfNowAndThen() {
    long height = recent();
    JsonNode version = node.shell("store:get upgrade 0x03 --height " + height);

    assertThat(version.path("height").asLong()).isEqualTo(height);
    assertThat(version.path("value").asText()).isNotEmpty();
    assertThat(refused("store:get upgrade nothing")).contains("has no key nothing at height ");
    assertThat(refused("store:get none 0x03")).contains("no such store: none");
  }

  @Test
  void verifiesAndCopiesTheState() {
    JsonNode checks = node.shell("store:verify");
    assertThat(checks.path("sound").asBoolean()).isTrue();
    assertThat(checks.path("stores").findValuesAsText("store")).contains("bank", "gov");
    Path copy = folder.resolve("copy");

    assertThat(node.shell("store:checkpoint " + copy).path("folder").asText())
        .isEqualTo(copy.toString());

    assertThat(Files.isDirectory(copy)).isTrue();
    assertThat(refused("store:checkpoint " + copy)).contains(copy.toString());
  }

  @Test
  void saysThatNoUpgradeWaits() {
    assertThat(node.shell("upgrade:plan").path("plan").isNull()).isTrue();
    assertThat(node.shell("upgrade:status").path("plan").isNull()).isTrue();
    assertThat(node.shell("upgrade:history").path("upgrades")).isEmpty();
    assertThat(node.shell("upgrade:generations").path("generations")).hasSize(1);
    assertThat(refused("upgrade:retry")).contains("nothing waits for another try");
    assertThat(refused("upgrade:prepare")).contains("nothing waits for another try");
    assertThat(refused("upgrade:cancel-prepared v2")).contains("nothing is prepared for a plan v2");
    assertThat(refused("upgrade:deploy nowhere.zip")).contains("nowhere.zip is not deployed: ");
  }

  @Test
  void checksAnArtifactWithoutKeepingIt() {
    JsonNode report = node.shell("upgrade:check " + Distribution.upgrade("v2"));

    assertThat(report.path("admitted").asBoolean()).isTrue();
    assertThat(report.path("generation").path("plan").asText()).isEqualTo("v2");
    assertThat(node.shell("upgrade:generations").path("generations")).hasSize(1);
    assertThat(refused("upgrade:check nowhere.zip")).contains("nowhere.zip is not checked: ");
  }

  @Test
  void showsProposals() {
    node.command(
        "tx",
        "upgrade",
        "cancel-software-upgrade",
        "--title",
        "Stay",
        "--summary",
        "As we are",
        "--deposit",
        "1000stake",
        "--from",
        "alice",
        "--wait");

    JsonNode listed = node.shell("gov:proposals").path("proposals").get(0);
    JsonNode shown = node.shell("gov:proposal " + listed.path("id").asText()).path("proposal");

    assertThat(shown.path("title").asText()).isEqualTo("Stay");
    assertThat(shown.path("messages").get(0).asText())
        .isEqualTo("/cosmos.upgrade.v1beta1.MsgCancelUpgrade");
    assertThat(refused("gov:proposal 999")).contains("999");
  }

  @Test
  void pipesOneCommandIntoAnother() {
    assertThat(node.inShell("store:list | grep bank").lines())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("bank ");
  }

  @Test
  void completesWhatTheNodeKnows() throws Exception {
    try (TerminalSession session = new ShellClient(node.home()).terminal()) {
      assertThat(words(session, "upgrade:dep")).containsExactly("upgrade:deploy");
      assertThat(words(session, "store:get ba")).containsExactly("bank");
      assertThat(words(session, "sidecar:build --ou")).containsExactly("--output");
      assertThat(words(session, "felix:l")).contains("felix:lb", "felix:log");
      assertThat(words(session, "chain:block --output ")).containsExactly("text", "json");
      assertThat(words(session, "upgrade:deploy " + Distribution.upgrade("v2").getParent() + "/v2"))
          .containsExactly(Distribution.upgrade("v2").toString());
      long height = node.shell("node:status").path("height").asLong();
      assertThat(Long.parseLong(words(session, "store:list --height ").get(0)))
          .isGreaterThanOrEqualTo(height);
    }
  }

  /** A height of the past that is still kept. */
  private static long recent() {
    return node.shell("node:status").path("height").asLong() - 1;
  }

  @Test
  void editsLinesOnATerminal() throws Exception {
    String keys = "store:get ba\t0x00\rnode:sta\t| grep chain\rexit\r";
    String shell = Distribution.command() + " shell --home " + node.home();
    Process terminal =
        new ProcessBuilder("script", "-qec", shell, "/dev/null").redirectErrorStream(true).start();
    try (OutputStream keyboard = terminal.getOutputStream()) {
      keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
      keyboard.flush();
      String screen = new String(terminal.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(screen)
          .contains("store bank has no key 0x00", "chain        itest-1")
          .doesNotContain("WARNING");
    }
    assertThat(node.home().resolve("run/shell.history"))
        .hasContent("store:get bank 0x00\nnode:status | grep chain\nexit");
  }

  @Test
  void answersTheCommandLineWithItsStatus() {
    assertThat(node.command("shell", "-c", "node:status")).contains("chain        itest-1");
    TestedNode.Result refused = node.run("shell", "-c", "store:get none 0x03");
    assertThat(refused.status()).isOne();
    assertThat(refused.output()).startsWith("segue: ").contains("no such store: none");
    TestedNode.Result wrong = node.run("shell", "-c", "store:get none");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.output()).isEqualTo("segue: store:get needs <key>; see store:get --help\n");
    assertThat(node.run("keys", "show").output())
        .isEqualTo("segue: Missing required parameter: 'NAME'; see segue keys show --help\n");
  }

  private static List<String> words(TerminalSession session, String line) throws ShellException {
    return session.complete(line).stream().map(Candidate::word).toList();
  }

  private static String refused(String command) {
    TestedNode.Result result = node.tryInShell(command);
    assertThat(result.status()).as(result.output()).isOne();
    return result.output();
  }
}
