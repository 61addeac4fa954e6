package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.nodes.Distribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of {@code docs/examples/names}, built as its README says, on a running node. */
class NamesIT {
  private static final Path EXAMPLE =
      Distribution.folder().resolve("../../../docs/examples/names").normalize();

  /** Blocks to each plan, beside those of its vote. */
  private static final int AHEAD = 60;

  @TempDir Path folder;

  @Test
  void comesAndChangesWithUpgradesAndIsUsedByEveryClient() throws Exception {
    build();
    try (TestedNode node = TestedNode.init(folder.resolve("home")).start().awaitHeight(2)) {
      node.inShell("upgrade:deploy " + folder.resolve("registry/target/registry.zip"));
      node.awaitHeight(UpgradePlans.pass(node, "registry", AHEAD, "") + 1);
      registersByCommandLine(node);
      registersByCosmJs(node);
      freesWhatIsOverdue(node);

      node.inShell("upgrade:deploy " + folder.resolve("owners/target/owners.zip"));
      node.awaitHeight(UpgradePlans.pass(node, "owners", AHEAD, "") + 1);
      findsByOwner(node);
    }
  }

  /** Runs the commands of the README, which run the example's own tests, too. */
  private void build() throws Exception {
    StringBuilder script = new StringBuilder("set -euo pipefail\n");
    Matcher blocks =
        Pattern.compile("(?ms)^```sh\\n(.*?)^```")
            .matcher(Files.readString(EXAMPLE.resolve("README.md")));
    while (blocks.find()) {
      script.append(blocks.group(1));
    }
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", script.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true);
    shell.environment().put("EXAMPLE", EXAMPLE.toString());
    shell.environment().put("SEGUE_HOME", folder.resolve("none").toString());
    shell
        .environment()
        .merge(
            "PATH", Distribution.command().getParent().toString(), (old, bin) -> bin + ":" + old);
    Process process = shell.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static void registersByCommandLine(TestedNode node) throws IOException {
    node.segue("tx", "names", "register", "segue", "3600", "--from", "alice", "--wait");
    JsonNode answer = node.segue("query", "names", "name", "segue");
    String alice = node.segue("keys", "show", "alice").path("address").asText();
    assertThat(answer.at("/registration/owner").asText()).isEqualTo(alice);
    assertThat(new Rest(node).get("/names/v1/names/segue").path("registration"))
        .isEqualTo(answer.path("registration"));
    assertThat(node.shell("store:get names 0x00" + hex("segue")).path("means").asText())
        .startsWith("names \"segue\" = {");
  }

  private void registersByCosmJs(TestedNode node) throws Exception {
    JsonNode carol = node.segue("keys", "add", "carol", "--no-passphrase");
    node.segue("tx", "bank", "send", "alice", "carol", "1stake", "--wait");
    Path client = Files.createDirectory(folder.resolve("client"));
    copy(EXAMPLE, client);
    ClientProgram program =
        ClientProgram.in(client, "node", "npm")
            .prepare(Duration.ofMinutes(5), "npm", "install", "--no-audit", "--no-fund");
    String mnemonic = carol.path("mnemonic").asText();
    List<String> lines =
        program.run(
            Duration.ofMinutes(2), "node", "register.mjs", node.url(), mnemonic, "another", "3600");
    assertThat(lines).last().asString().contains("code 0");
    assertThat(node.segue("query", "names", "name", "another").at("/registration/owner"))
        .isEqualTo(carol.path("address"));
  }

  private static void freesWhatIsOverdue(TestedNode node) {
    node.segue("tx", "names", "register", "short", "1", "--from", "alice", "--wait");
    node.until(
        "the end of the name",
        () -> node.segue("query", "names", "names").findValuesAsText("name").size() == 2);
  }

  /** The index has what was registered before it was there. */
  private static void findsByOwner(TestedNode node) {
    String alice = node.segue("keys", "show", "alice").path("address").asText();
    node.segue("tx", "names", "register", "later", "3600", "--from", "alice", "--wait");
    JsonNode names = node.segue("query", "names", "names-of", alice).path("names");
    assertThat(names).extracting(JsonNode::asText).containsExactly("later", "segue");
  }

  private static String hex(String text) {
    StringBuilder hex = new StringBuilder();
    text.chars().forEach(each -> hex.append(Integer.toHexString(each)));
    return hex.toString();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
