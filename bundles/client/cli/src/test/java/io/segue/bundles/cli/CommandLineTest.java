package io.segue.bundles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.init.GenesisBundles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandLineTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void makeDistribution() throws IOException {
    Path etc = Files.createDirectories(folder.resolve("dist/etc"));
    Files.writeString(
        etc.resolve("io.segue.rpc.cfg"), "# Port to listen on.\nhost = 127.0.0.1\nport = 26657\n");
    Files.writeString(etc.resolve("io.segue.consensus.solo.cfg"), "blockIntervalMs = 1000\n");
    Files.writeString(
        etc.resolve("io.segue.consensus.comet.cfg"), "# A URL.\nrpc = http://127.0.0.1:26657\n");
    makeBundle(Files.createDirectories(folder.resolve("dist/genesis")).resolve("genesis.jar"));
    System.setProperty("segue.dist", folder.resolve("dist").toString());
  }

  @AfterEach
  void forgetDistribution() {
    System.clearProperty("segue.dist");
  }

  static Stream<CommandLine> commands() {
    return below(Segue.commandLine());
  }

  private static Stream<CommandLine> below(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(CommandLineTest::below));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpAndADescription(CommandLine command) {
    assertThat(command.getCommandSpec().findOption("--help")).isNotNull();
    assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
    assertThat(command.getUsageMessage()).startsWith("Usage: segue");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandThatAsksANodeFindsThatOfAHome(CommandLine command) {
    if (command.getCommandSpec().findOption("--node") != null) {
      assertThat(command.getCommandSpec().findOption("--home")).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandThatPrintsAResultCanPrintJson(CommandLine command) {
    boolean prints =
        command.getSubcommands().isEmpty()
            && !command.getCommandName().equals("start")
            && !command.getCommandName().equals("export")
            && !command.getCommandName().equals("shell")
            && !command.getCommandName().equals("completion");
    if (prints) {
      assertThat(command.getCommandSpec().findOption("--output")).isNotNull();
    }
  }

  @Test
  void divergeNamesTheRangeOfItsLimit() {
    assertThat(run("diverge", "--with", "http://127.0.0.1:1", "--limit", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--limit 0: legal is 1 to 10000; see segue diverge --help");
    assertThat(run("diverge", "--with", "localhost:26657", "--limit", "1")).isEqualTo(1);
  }

  @Test
  void initMakesAHomeThatOnlyItsOwnerCanRead() throws IOException {
    assertThat(run("keys", "add", "alice", "--no-passphrase", "--home", home())).isZero();
    assertThat(
            run(
                "init",
                "--chain-id",
                "my-chain",
                "--account",
                "alice=1000stake",
                "--block-interval",
                "500ms",
                "--rpc-port",
                "4711",
                "--no-passphrase",
                "--home",
                home()))
        .as(err.toString())
        .isZero();
    Path home = folder.resolve("home");
    for (String file : new String[] {"config", "data", "deploy", "run", "keys", "etc", "log"}) {
      assertThat(permissions(home.resolve(file))).as(file).isEqualTo("rwx------");
    }
    for (String file : new String[] {"genesis.json", "priv_validator_key.json", "node_key.json"}) {
      assertThat(permissions(home.resolve("config").resolve(file))).isEqualTo("rw-------");
    }
    assertThat(home.resolve("etc/io.segue.rpc.cfg")).content().contains("\nport = 4711\n");
    assertThat(home.resolve("etc/io.segue.consensus.solo.cfg"))
        .content()
        .contains("blockIntervalMs = 500\n");
    JsonNode genesis = Output.JSON.readTree(home.resolve("config/genesis.json").toFile());
    assertThat(genesis.path("chain_id").asText()).isEqualTo("my-chain");
    assertThat(genesis.at("/app_state/auth/accounts")).hasSize(2);
    assertThat(genesis.at("/app_state/upgrade/generation").asText())
        .isEqualTo(GenesisBundles.ofDistribution().digest());
  }

  @Test
  void initMakesAHomeForCometBft() {
    assertThat(
            run(
                "init",
                "--engine",
                "comet",
                "--rpc-port",
                "4711",
                "--no-passphrase",
                "--home",
                home()))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("cometbft start --home " + home() + " --rpc.laddr tcp://127.0.0.1:4711");
    Path home = folder.resolve("home");
    assertThat(home.resolve("etc/io.segue.consensus.comet.cfg"))
        .content()
        .contains("\nrpc = http://127.0.0.1:4711\n");
    assertThat(home.resolve("etc/io.segue.rpc.cfg")).doesNotExist();
    assertThat(home.resolve("etc/io.segue.consensus.solo.cfg")).doesNotExist();
    assertThat(run("query", "auth", "params", "--home", home())).isOne();
    assertThat(err.toString()).contains("http://127.0.0.1:4711/");
  }

  @Test
  void theClientFileSaysWhatOptionsDoNot() {
    run(
        "init",
        "--chain-id",
        "my-chain",
        "--rpc-port",
        "4711",
        "--no-passphrase",
        "--home",
        home());
    out.getBuffer().setLength(0);
    assertThat(run("config", "get", "chain-id", "--home", home())).isZero();
    assertThat(out.toString()).isEqualTo("my-chain\n");
    assertThat(run("query", "auth", "params", "--home", home())).isOne();
    assertThat(err.toString()).as("its own node's port").contains("http://127.0.0.1:4711/");

    assertThat(run("config", "set", "client", "node", "http://127.0.0.1:4712", "--home", home()))
        .as(err.toString())
        .isZero();
    assertThat(run("config", "set", "output", "json", "--home", home())).isZero();
    assertThat(run("query", "auth", "params", "--home", home())).isOne();
    assertThat(err.toString()).contains("http://127.0.0.1:4712/");
    out.getBuffer().setLength(0);
    assertThat(run("config", "view", "--home", home())).isZero();
    assertThat(out.toString()).contains("\"node\" : \"http://127.0.0.1:4712\"");
    assertThat(folder.resolve("home/config/client.toml"))
        .content()
        .contains("# The chain to sign for")
        .contains("\nnode = \"http://127.0.0.1:4712\"\n");

    assertThat(run("config", "set", "output", "yaml", "--home", home())).isOne();
    assertThat(err.toString()).contains("output 'yaml' is refused; it is text or json");
    assertThat(run("config", "get", "gas", "--home", home())).isOne();
    assertThat(err.toString())
        .contains("has no key 'gas'; it has chain-id, keyring-dir, node and output");
    assertThat(run("config", "set", "output", "", "--home", home())).isZero();
    assertThat(run("config", "get", "output", "--home", home())).isZero();
  }

  @Test
  void theClientFileNamesAKeyringThatHomesShare() throws Exception {
    for (String one : new String[] {"one", "two"}) {
      String home = folder.resolve(one).toString();
      assertThat(run("config", "set", "keyring-dir", "../shared", "--home", home)).isZero();
    }
    String[] add = {"keys", "add", "alice", "--no-passphrase", "--home"};
    assertThat(run(add[0], add[1], add[2], add[3], add[4], folder.resolve("one").toString()))
        .isZero();
    assertThat(folder.resolve("shared/alice.json")).exists();
    String two = folder.resolve("two").toString();
    assertThat(run("keys", "show", "alice", "--home", two)).as(err.toString()).isZero();
    out.getBuffer().setLength(0);
    assertThat(run("completion", "bash", "--node", "http://127.0.0.1:1")).isZero();
    Path script = Files.writeString(folder.resolve("completion"), out.toString());
    assertThat(completions(script, two, "keys", "show", "")).contains("alice");
  }

  @Test
  void theClientFileHasNothingThatCountsForNothing() throws IOException {
    Path file = Files.createDirectories(folder.resolve("home/config")).resolve("client.toml");
    for (String line :
        new String[] {
          "keyring-backend = \"test\"|has no key 'keyring-backend'; it has chain-id, keyring-dir, node and output",
          "chain_id = \"my-chain\"|has no key 'chain_id'; it has chain-id, keyring-dir, node and output",
          "output = \"yaml\"|output 'yaml' is refused; it is text or json",
          "node = \"localhost\"|localhost",
          "[client]|write key = \"value\", not [client]",
        }) {
      err.getBuffer().setLength(0);
      String[] parts = line.split("\\|");
      Files.writeString(file, "# A comment.\n\nchain-id = \"c\" # of ours\n" + parts[0] + "\n");
      assertThat(run("keys", "list", "--home", home())).as(parts[0]).isOne();
      assertThat(err.toString()).contains(file + ", line 4: ").contains(parts[1]);
      assertThat(err.toString().strip()).hasLineCount(1);
    }
  }

  @Test
  void completionKnowsCommandsAndOptionsForEachShell() {
    for (String shell : new String[] {"bash", "zsh", "fish"}) {
      out.getBuffer().setLength(0);
      assertThat(run("completion", shell, "--node", "http://127.0.0.1:1")).as(shell).isZero();
      assertThat(out.toString()).as(shell).contains("multi-send").contains("sign-mode");
    }
    assertThat(err.toString()).contains("without the node's modules: no node answers");
    assertThat(run("completion", "csh")).isEqualTo(2);
  }

  @Test
  void aShellCompletesNamesOfKeysByItself() throws Exception {
    for (String key : new String[] {"alice", "alan", "bob"}) {
      assertThat(run("keys", "add", key, "--no-passphrase", "--home", home())).isZero();
    }
    out.getBuffer().setLength(0);
    assertThat(run("completion", "bash", "--node", "http://127.0.0.1:1")).isZero();
    Path script = Files.writeString(folder.resolve("completion"), out.toString());
    assertThat(completions(script, home(), "tx", "bank", "send", "al"))
        .containsExactlyInAnyOrder("alice", "alan");
    assertThat(completions(script, home(), "tx", "bank", "send", "alice", ""))
        .contains("alice", "alan", "bob");
    assertThat(completions(script, home(), "tx", "gov", "vote", "1", "yes", "--from", "b"))
        .containsExactly("bob");
    assertThat(completions(script, home(), "keys", "show", "ali")).containsExactly("alice");
    String other = folder.resolve("other").toString();
    assertThat(completions(script, other, "keys", "show", "ali")).isEmpty();
    assertThat(completions(script, other, "keys", "show", "--home", home(), "ali"))
        .containsExactly("alice");
  }

  /** What bash offers for the last word; it finds no Java. */
  private static List<String> completions(Path script, String home, String... words)
      throws Exception {
    String line =
        "source \"$0\"; COMP_WORDS=(segue \"$@\"); COMP_CWORD=$#; COMP_LINE=\"segue $*\";"
            + " _complete_segue; printf '%s\\n' \"${COMPREPLY[@]}\"";
    List<String> bash = new ArrayList<>(List.of("bash", "-c", line, script.toString()));
    bash.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(bash).redirectError(Redirect.DISCARD);
    builder.environment().put("SEGUE_HOME", home);
    builder.environment().put("JAVA_HOME", "/nowhere");
    Process process = builder.start();
    String offered = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(offered).isZero();
    return offered.lines().filter(word -> !word.isEmpty()).toList();
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("version")).isZero();
    assertThat(out.toString()).isEqualTo("1.0.0\n");
    assertThat(run("version", "--long")).isZero();
    assertThat(out.toString()).contains("java  ").contains("os  ");
  }

  @Test
  void initLeavesOpenWhichBundlesRunWhereItIsTold() throws IOException {
    assertThat(run("init", "--unbound", "--no-passphrase", "--home", home())).isZero();
    Path genesis = folder.resolve("home/config/genesis.json");
    assertThat(GenesisBundles.boundBy(genesis)).isEmpty();
  }

  @Test
  void initRefusesAHomeThatIsOne() {
    run("init", "--no-passphrase", "--home", home());
    assertThat(run("init", "--no-passphrase", "--home", home())).isEqualTo(1);
    assertThat(err.toString())
        .contains(folder.resolve("home") + " is a node's home already; name another --home");
  }

  @Test
  void initNamesAnAccountThatItCannotRead() {
    assertThat(run("init", "--account", "nobody=5stake", "--no-passphrase", "--home", home()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("--account nobody=5stake is refused").contains("keys list");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void initRefusesAStakeThatIsNoVotingPower() {
    assertThat(run("init", "--validator-stake", "5stake", "--no-passphrase", "--home", home()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("at least 1000000stake");
  }

  @Test
  void initGoesOnFromAnExportedGenesisWithWhatAnotherHomeHas() throws IOException {
    run("init", "--no-passphrase", "--rpc-port", "4711", "--home", home());
    Path artifacts = Files.createDirectories(folder.resolve("home/data/artifacts"));
    Files.writeString(artifacts.resolve("abc"), "a bundle");
    Path exported = folder.resolve("exported.json");
    Files.writeString(
        exported,
        "{\"genesis_time\":\"2026-01-01T00:00:00Z\",\"chain_id\":\"old-1\","
            + "\"initial_height\":\"8\",\"app_state\":{\"bank\":{\"supply\":[]}}}");
    String next = folder.resolve("next").toString();

    int status =
        run(
            "init",
            "--from-genesis",
            exported.toString(),
            "--from-home",
            home(),
            "--home",
            next,
            "--chain-id",
            "new-1");

    assertThat(status).as(err.toString()).isZero();
    JsonNode genesis = Output.JSON.readTree(folder.resolve("next/config/genesis.json").toFile());
    assertThat(genesis.toString()).isEqualTo(Files.readString(exported).replace("old-1", "new-1"));
    assertThat(folder.resolve("next/config/priv_validator_key.json"))
        .hasSameTextualContentAs(folder.resolve("home/config/priv_validator_key.json"));
    assertThat(folder.resolve("next/keys/validator.json")).exists();
    assertThat(folder.resolve("next/data/artifacts/abc")).hasContent("a bundle");
    assertThat(folder.resolve("next/etc/io.segue.rpc.cfg")).content().contains("port = 4711");
    assertThat(permissions(folder.resolve("next/config/genesis.json"))).isEqualTo("rw-------");
  }

  @Test
  void initRefusesWhatIsNoGenesisAndLeavesNoHome() throws IOException {
    Path file = Files.writeString(folder.resolve("other.json"), "{\"chain_id\":\"old-1\"}");

    assertThat(run("init", "--from-genesis", file.toString(), "--home", home())).isEqualTo(1);
    assertThat(err.toString()).contains("lacks [app_state, genesis_time]").contains("segue export");
    assertThat(folder.resolve("home/config/genesis.json")).doesNotExist();
    assertThat(run("init", "--from-genesis", file.toString(), "--account", "a=1stake"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("--account is refused: with --from-genesis");
  }

  @Test
  void initRefusesAGenesisTimeThatNoHeaderCanTell() throws IOException {
    String genesis =
        "{\"genesis_time\":\"+10000-01-01T00:00:00Z\",\"chain_id\":\"old-1\",\"app_state\":{}}";
    Path file = Files.writeString(folder.resolve("late.json"), genesis);

    assertThat(run("init", "--from-genesis", file.toString(), "--home", home())).isEqualTo(1);
    assertThat(err.toString())
        .contains("late.json is refused: genesis_time is +10000-01-01T00:00:00Z")
        .contains("allowed are the years 0001 to 9999");
    assertThat(folder.resolve("home/config/genesis.json")).doesNotExist();
  }

  @Test
  void aRefusalIsOneLineAndExitStatus1() {
    assertThat(run("keys", "show", "carol", "--home", home())).isEqualTo(1);
    assertThat(err.toString().strip().lines())
        .singleElement()
        .asString()
        .startsWith("segue: there is no key 'carol'");
  }

  @Test
  void wrongUsageIsExitStatus2() {
    assertThat(run("keys", "show")).isEqualTo(2);
    assertThat(run("nonsense")).isEqualTo(2);
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("Missing command").contains("NAME");
  }

  @Test
  void keysListIsOneJsonDocument() throws IOException {
    run("keys", "add", "alice", "--no-passphrase", "--home", home());
    out.getBuffer().setLength(0);
    assertThat(run("keys", "list", "--output", "json", "--home", home())).isZero();
    JsonNode keys = Output.JSON.readTree(out.toString());
    assertThat(keys).hasSize(1);
    assertThat(keys.at("/0/name").asText()).isEqualTo("alice");
    assertThat(keys.at("/0/address").asText()).startsWith("cosmos1");
    assertThat(keys.at("/0").has("mnemonic")).isFalse();
  }

  private static void makeBundle(Path file) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", "x.genesis");
    new JarOutputStream(Files.newOutputStream(file), manifest).close();
  }

  private int run(String... arguments) {
    CommandLine commandLine = Segue.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return Segue.execute(commandLine, arguments);
  }

  private String home() {
    return folder.resolve("home").toString();
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
