package io.segue.bundles.shell.command.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.FakeFetch;
import io.segue.bundles.shell.command.FakeNode;
import io.segue.bundles.shell.command.Gogo;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.Usage;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.node.GenerationState;
import io.segue.kernel.api.node.Node.BundleStatus;
import io.segue.kernel.api.node.Node.GenerationStatus;
import io.segue.kernel.api.node.Node.SlowStep;
import io.segue.kernel.api.node.Node.Status;
import io.segue.kernel.api.node.Node.UpgradeStatus;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.node.NodeSettings.Fault;
import io.segue.kernel.api.node.NodeState;
import io.segue.kernel.api.node.PartFailure;
import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.api.upgrade.Plan;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NodeCommandsTest {
  private static final String URL = "https://example.org/v2.zip";
  private static final String DIGEST = "0f".repeat(32);

  private final FakeNode node = new FakeNode();
  private final FakeFetch fetch = new FakeFetch();
  private final NodeAccess access = new NodeAccess(Path.of("/home/segue"));
  private final Gogo gogo = Gogo.with(access);

  private String engineFailure = "";

  private final Engine engine =
      (Engine)
          Proxy.newProxyInstance(
              Engine.class.getClassLoader(),
              new Class<?>[] {Engine.class},
              (self, method, args) -> method.getName().equals("failure") ? engineFailure : null);

  @BeforeEach
  void bringServices() {
    access.setEngine(engine);
    access.setNode(node);
    access.addSidecar(fetch);
  }

  @Test
  void showsHowTheNodeIs() throws Exception {
    assertThat(gogo.run("node:status"))
        .isEqualTo(
            """
            chain        test-1
            state        RUNNING
            height       101
            app hash     %s
            generation   genesis %s
            app version  1
            process      4711, up 01:02:03
            """
                .formatted("ab".repeat(32), "cd".repeat(32)));
  }

  @Test
  void showsHowTheNodeIsToMachines() throws Exception {
    assertThat(gogo.run("node:status --output json"))
        .isEqualToIgnoringWhitespace(
            """
            {"chainId": "test-1", "state": "RUNNING", "height": 101, "appHash": "%s",
             "generation": "genesis", "generationDigest": "%s", "appVersion": 1, "pid": 4711,
             "uptimeMs": 3723000, "heldFor": null, "slowSteps": [], "settings": [], "holds": []}
            """
                .formatted("ab".repeat(32), "cd".repeat(32)));
  }

  @Test
  void saysWhatTheNodeHoldsFor() throws Exception {
    Status s = node.status;
    node.status =
        new Status(
            s.chainId(),
            NodeState.HELD,
            s.height(),
            s.appHash(),
            s.generation(),
            s.generationDigest(),
            s.appVersion(),
            s.pid(),
            s.uptimeMs(),
            Optional.of("upgrade v2 is missing: upgrade:deploy <file>"));

    assertThat(gogo.run("node:status"))
        .contains("state        HELD\nheld for     upgrade v2 is missing: upgrade:deploy <file>\n");
    assertThat(gogo.run("node:status --output=json"))
        .contains("\"heldFor\" : \"upgrade v2 is missing: upgrade:deploy <file>\"");
  }

  @Test
  void namesStepsThatRunForLong() throws Exception {
    node.slow =
        List.of(
            new SlowStep("end of block in module gov", "gov", "", 65_000),
            new SlowStep("message", "bank", "/cosmos.bank.v1beta1.MsgSend", 7_000));
    String text =
        "end of block in module gov, for 00:01:05; message in module bank"
            + " /cosmos.bank.v1beta1.MsgSend, for 00:00:07\n";
    assertThat(gogo.run("node:status")).contains("runs long    " + text);
    assertThat(gogo.run("node:status --output json"))
        .contains("\"step\" : \"message\"", "\"module\" : \"bank\"", "\"ageMs\" : 7000");
    node.upgrade = Optional.of(upgrade(UpgradeState.LOADING, ""));
    assertThat(gogo.run("upgrade:status")).contains("runs long", text);
  }

  @Test
  void namesSettingsThatCanNotBeUsed() throws Exception {
    Fault fault = new Fault("etc/a.cfg", "port", "banana", "0 to 65535", "1234");
    access.setSettings(() -> List.of(fault));

    assertThat(gogo.run("node:status")).contains("settings     " + fault.text() + "\n");
    assertThat(gogo.run("node:status --output json"))
        .contains("\"key\" : \"port\"", "\"value\" : \"banana\"", "0 to 65535");
  }

  @Test
  void saysThatNoBlocksAreMadeWhereTheEngineCanNotGoOn() throws Exception {
    engineFailure = "data/blocks can't be written: No space left on device";

    assertThat(gogo.run("node:status"))
        .contains("state        NO_BLOCKS\nheld for     " + engineFailure + "\n");
  }

  @Test
  void saysThatNoBlocksAreMadeWhereTheEngineDoesNotRun() throws Exception {
    access.unsetEngine(engine);
    assertThat(gogo.run("node:status")).contains("state        WAITING\n");

    access.addFailure(new PartFailure("the engine", "config/node_key.json can't be read"));
    assertThat(gogo.run("node:status"))
        .contains("state        NO_BLOCKS\n", "the engine does not run: config/node_key.json");
  }

  @Test
  void saysWhyTheKernelDoesNotRun() {
    access.unsetNode(node);
    assertRefused("node:status", "the node is starting; try again in a moment");

    access.setSettings(() -> List.of(new Fault("etc/a.cfg", "", "", "it is missing", "nothing")));
    assertRefused(
        "upgrade:status", "the kernel does not run: etc/a.cfg can't be used: it is missing");

    access.addFailure(new PartFailure("the state store", "data/state is locked"));
    assertRefused(
        "node:status",
        "the kernel does not run: the state store does not run: data/state is locked");
  }

  private void assertRefused(String command, String reason) {
    assertThatThrownBy(() -> gogo.run(command))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith(reason);
  }

  @Test
  void saysThatNoPlanIsPending() throws Exception {
    assertThat(gogo.run("upgrade:plan")).isEqualTo("No plan is pending.\n");
    assertThat(gogo.run("upgrade:plan --output json"))
        .isEqualToIgnoringWhitespace("{\"plan\":null}");

    node.upgrade = Optional.of(upgrade(UpgradeState.APPLIED, ""));

    assertThat(gogo.run("upgrade:plan")).isEqualTo("No plan is pending.\n");
  }

  @ParameterizedTest
  @EnumSource(names = {"SCHEDULED", "PREPARING", "NOT_READY", "READY", "HELD", "HANDLED"})
  void showsThePendingPlan(UpgradeState state) throws Exception {
    node.upgrade = Optional.of(upgrade(state, ""));

    assertThat(gogo.run("upgrade:plan"))
        .isEqualTo(
            """
            name    v2
            height  120, 19 blocks to go
            info    {"binaries":{"any":"%s?checksum=sha256:%s"}}
            """
                .formatted(URL, DIGEST));
    assertThat(gogo.run("upgrade:plan --output json")).contains("\"blocksToGo\" : 19");
  }

  @Test
  void saysThatThereNeverWasAnUpgrade() throws Exception {
    assertThat(gogo.run("upgrade:status"))
        .isEqualTo("No plan was scheduled since this node started.\n");
  }

  @Test
  void saysInTheStatusOfAnUpgradeWhatIsDeployedThoughNotScheduled() throws Exception {
    node.generations =
        List.of(
            new GenerationStatus(
                "genesis", "aa", GenerationState.CURRENT, 1, 0, List.of(), List.of(), ""),
            new GenerationStatus(
                "v2", "bb", GenerationState.READY, 0, 0, List.of(), List.of(), ""));

    assertThat(gogo.run("upgrade:status"))
        .endsWith(
            "v2 is deployed, and no plan of that name is scheduled."
                + " To drop it: upgrade:cancel-prepared v2\n");
    assertThat(gogo.run("upgrade:status --output json")).contains("\"name\" : \"v2\"");

    node.upgrade = Optional.of(upgrade(UpgradeState.READY, ""));
    assertThat(gogo.run("upgrade:status")).doesNotContain("is deployed");
  }

  @Test
  void saysInTheStatusOfAnUpgradeWhatElseHoldsTheNode() throws Exception {
    node.holds = List.of(new NodeHold("engine", "DISK_FULL", "no room", "make some", true));

    assertThat(gogo.run("upgrade:status"))
        .contains("the node is held\n  engine  DISK_FULL: no room. Next: make some\n");
    assertThat(gogo.run("upgrade:status --output json")).contains("\"reason\" : \"DISK_FULL\"");
  }

  @Test
  void saysWhatAnUpgradeLacks() throws Exception {
    node.upgrade =
        Optional.of(upgrade(UpgradeState.NOT_READY, URL + " is not fetched: 404. Next: ..."));

    assertThat(gogo.run("upgrade:status"))
        .contains("plan         v2 at height 120\n")
        .contains("state        NOT_READY\n")
        .contains("bound        yes, the plan names the digest of its bytes\n")
        .contains("missing      " + URL + " is not fetched: 404. Next: ...\n")
        .contains("hold         SIDECAR\n")
        .contains("next step    upgrade:retry runs the sidecar again\n");
  }

  @Test
  void tellsTheTimelineOfAnUpgrade() throws Exception {
    node.upgrade = Optional.of(upgrade(UpgradeState.APPLIED, ""));

    assertThat(gogo.run("upgrade:status"))
        .contains("missing      nothing\n")
        .contains("pause        12.3 ms\n")
        .endsWith(
            """
            timeline
              scheduled  1970-01-01T00:00:01Z
              fetched    1970-01-01T00:00:01.250Z  +250 ms
              ready      1970-01-01T00:00:01.300Z  +50 ms
            """);
    assertThat(gogo.run("upgrade:status --output json"))
        .contains("\"pauseMs\" : 12.34")
        .contains("\"fetched\" : 1250")
        .contains("\"rewrite bank\"");
  }

  @Test
  void deploysAFileFromWhereTheUserIs() throws Exception {
    String answer = gogo.run("upgrade:deploy build/../v2.zip");

    assertThat(node.deployed).containsExactly(Path.of("/srv/here/v2.zip"));
    assertThat(answer)
        .isEqualTo(
            """
            deployed for plan  v2
            SHA-256            %s
            generation         %s
            bundles
              io.segue.bundles.bank 2.0.0
            """
                .formatted("11".repeat(32), "22".repeat(32)));
  }

  @Test
  void deploysAnAbsoluteFile() throws Exception {
    assertThat(gogo.run("upgrade:deploy /srv/v2.zip --output json"))
        .contains("\"plan\" : \"v2\"")
        .contains("\"io.segue.bundles.bank 2.0.0\"");

    assertThat(node.deployed).containsExactly(Path.of("/srv/v2.zip"));
  }

  @Test
  void handsARefusedDeploymentOn() {
    node.refusal = Optional.of("it has an activator; remove it");

    assertThatThrownBy(() -> gogo.run("upgrade:deploy v2.zip"))
        .isInstanceOf(CommandException.class)
        .hasMessage("v2.zip is not deployed: it has an activator; remove it");
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/v2.zip?checksum=sha256:%s, https://example.org/v2.zip",
    "https://example.org/get?a=1&checksum=sha256:%s, https://example.org/get?a=1",
    "https://example.org/get?checksum=sha256:%s&a=1, https://example.org/get?a=1"
  })
  void downloadsAUrlThatNamesItsDigest(String url, String asked) throws Exception {
    gogo.run("upgrade:deploy '" + url.formatted(DIGEST) + "'");

    assertThat(fetch.tasks.get(0).url()).isEqualTo(asked);
    assertThat(fetch.tasks.get(0).sha256()).isEqualTo(DIGEST);
    assertThat(node.deployed).containsExactly(Path.of("/home/segue/data/artifacts", DIGEST));
  }

  @Test
  void takesTheDigestFromThePendingPlanWhereTheUrlHasNone() throws Exception {
    node.upgrade = Optional.of(upgrade(UpgradeState.HELD, ""));

    gogo.run("upgrade:deploy https://mirror.example.org/v2.zip");

    assertThat(fetch.tasks.get(0).url()).isEqualTo("https://mirror.example.org/v2.zip");
    assertThat(fetch.tasks.get(0).sha256()).isEqualTo(DIGEST);
  }

  @Test
  void refusesAUrlOfUnknownBytes() {
    assertThatThrownBy(() -> gogo.run("upgrade:deploy " + URL))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("?checksum=sha256:<digest>");
    assertThat(node.deployed).isEmpty();
  }

  @Test
  void handsAFailedDownloadOn() {
    fetch.failure = Optional.of(URL + " is not fetched: the server answers 404");

    assertThatThrownBy(() -> gogo.run("upgrade:deploy " + URL + "?checksum=sha256:" + DIGEST))
        .isInstanceOf(CommandException.class)
        .hasMessage(URL + " is not fetched: the server answers 404");
  }

  @Test
  void saysThatNothingHereDownloads() {
    access.removeSidecar(fetch);

    assertThatThrownBy(() -> gogo.run("upgrade:deploy " + URL + "?checksum=sha256:" + DIGEST))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("etc/io.segue.sidecar.fetch.cfg");
  }

  @Test
  void listsGenerationsWithTheirBundles() throws Exception {
    node.generations =
        List.of(
            new GenerationStatus(
                "genesis",
                "aa".repeat(32),
                GenerationState.SERVING,
                0,
                119,
                List.of(
                    new BundleStatus(
                        "io.segue.bundles.bank", "1.0.0", "11".repeat(32), "RESOLVED", 30),
                    new BundleStatus(
                        "io.segue.bundles.gov", "1.0.0", "22".repeat(32), "RESOLVED", 31)),
                List.of()),
            new GenerationStatus(
                "v2",
                "bb".repeat(32),
                GenerationState.CURRENT,
                120,
                0,
                List.of(
                    new BundleStatus(
                        "io.segue.bundles.bank", "2.0.0", "33".repeat(32), "RESOLVED", 40),
                    new BundleStatus(
                        "io.segue.bundles.gov", "1.0.0", "22".repeat(32), "RESOLVED", 31)),
                List.of("io.segue.bundles.gov")),
            new GenerationStatus(
                    "v3", "cc".repeat(32), GenerationState.READY, 0, 0, List.of(), List.of())
                .insteadOf("dd".repeat(32)));

    assertThat(gogo.run("upgrade:generations"))
        .isEqualTo(
            """
            genesis  SERVING  heights 1 to 119  %s
              ID  BUNDLE                 VERSION  STATE     SHA-256
              30  io.segue.bundles.bank  1.0.0    RESOLVED  111111111111
              31  io.segue.bundles.gov   1.0.0    RESOLVED  222222222222
            v2  CURRENT  heights 120 and up  %s
              ID  BUNDLE                 VERSION  STATE     SHA-256
              40  io.segue.bundles.bank  2.0.0    RESOLVED  333333333333
              31  io.segue.bundles.gov   1.0.0    RESOLVED  222222222222  carried over
            v3  READY  no heights yet  %s  instead of %s
              ID  BUNDLE  VERSION  STATE  SHA-256
            """
                .formatted("aa".repeat(32), "bb".repeat(32), "cc".repeat(32), "dd".repeat(32)));
    assertThat(gogo.run("upgrade:generations --output json"))
        .contains("\"insteadOf\" : \"" + "dd".repeat(32) + "\"")
        .contains("\"sha256\" : \"" + "33".repeat(32) + "\"")
        .contains("\"carriedOver\" : true");
  }

  @Test
  void explainsEachCommandInOneForm() throws Exception {
    for (Usage usage : gogo.usages()) {
      assertThat(gogo.run(usage.name() + " --help"))
          .startsWith("Usage: " + usage.synopsis() + "\n" + usage.summary() + "\n")
          .contains("\n  -h, --help ", "\n  -o, --output=text|json ");
      assertThat(usage.summary()).matches("[A-Z].*\\.").hasSizeLessThan(95);
    }
  }

  @Test
  void picksLinesBehindAPipe() throws Exception {
    assertThat(gogo.run("node:status | grep height")).isEqualTo("height       101\n");
    assertThat(gogo.run("node:status | grep '^(chain|state) ' | grep --output json RUNNING"))
        .isEqualToIgnoringWhitespace("{\"lines\": [\"state        RUNNING\"]}");
    assertThat(gogo.run("node:status | grep nothing")).isEmpty();
    assertThatThrownBy(() -> gogo.run("grep '('"))
        .hasMessageContaining("grep can't use the pattern (: Unclosed group; see grep --help");
  }

  @Test
  void listsAllCommandsInHelp() throws Exception {
    assertThat(gogo.run("help"))
        .contains("upgrade:deploy <file or url>  ")
        .contains("node:status  ")
        .contains("felix:help lists the commands of Felix");
    assertThat(gogo.run("help --output json")).contains("\"name\" : \"store:get\"");
    assertThat(gogo.run("help store:get")).isEqualTo(gogo.run("store:get --help"));
    assertThatThrownBy(() -> gogo.run("help lb"))
        .hasMessage(
            "lb is no command of ours; help lists them, felix:help lb explains one of Felix's");
  }

  private static UpgradeStatus upgrade(UpgradeState state, String missing) {
    Map<String, Long> timelineMs = new LinkedHashMap<>();
    timelineMs.put("scheduled", 1000L);
    timelineMs.put("fetched", 1250L);
    timelineMs.put("ready", 1300L);
    String info = "{\"binaries\":{\"any\":\"%s?checksum=sha256:%s\"}}".formatted(URL, DIGEST);
    return new UpgradeStatus(
        new Plan("v2", 120, info),
        state,
        missing.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new NodeHold(
                    "upgrade", "SIDECAR", missing, "upgrade:retry runs the sidecar again", false)),
        new UpgradeStatus.Progress(timelineMs, ""),
        new UpgradeStatus.Code(true, "", "", ""),
        new UpgradeStatus.Change(List.of("rewrite bank"), "", "", 12.34));
  }
}
