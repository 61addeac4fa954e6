package io.segue.bundles.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.bundles.cli.Segue;
import io.segue.kernel.admission.artifact.TestBundle;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.CheckReport.Finding;
import io.segue.kernel.testkit.ArtifactAssert;
import io.segue.kernel.testkit.FakeBundles;
import io.segue.kernel.testkit.TestNode;
import io.segue.kernel.testkit.modules.PlainAuth;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a node refuses is refused without one: by the command line and by a builder's test. */
class CheckCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void clientTestKitAndNodeFindTheSame() throws Exception {
    Path artifact = careless();
    FakeBundles bundles = new FakeBundles();
    byte[] genesis = bundles.generation("genesis").module(new PlainAuth()).artifact();
    CheckReport report;
    try (TestNode node =
        TestNode.aNode(folder.resolve("node")).withBundles(bundles).withGenesis(genesis).start()) {
      report = node.node().check(artifact);
    }
    List<String> byNode = report.findings().stream().map(Finding::text).toList();

    assertThat(run("check", "--output", "json", artifact.toString())).isEqualTo(1);

    JsonNode json = JSON.readTree(out.toString());
    assertThat(json.get("admitted").asBoolean()).isFalse();
    assertThat(json.get("sha256").asText()).isEqualTo(report.sha256());
    assertThat(json.get("notChecked")).isNotEmpty();
    assertThat(json.get("findings"))
        .extracting(finding -> finding.get("rule").asText() + " " + finding.get("line").asInt())
        .containsExactlyElementsOf(
            report.findings().stream().map(f -> f.rule() + " " + f.line()).toList())
        .contains("clock 1", "locale 1", "manifest 0");
    ArtifactAssert.assertThatArtifact(artifact).isRefusedFor("clock", "locale", "manifest");
    assertThat(ArtifactAssert.assertThatArtifact(artifact).refusals())
        .extracting(Finding::text)
        .containsExactlyElementsOf(byNode);
  }

  @Test
  void laysOutWhatItFindsAndWhatOnlyANodeCanSay() throws Exception {
    assertThat(run("check", careless().toString())).isEqualTo(1);

    assertThat(out.toString())
        .contains("refused for 3 findings", "REFUSE clock", "x.bank.X.<init>, line 1")
        .contains("What only a node can check", "the generation that runs");
  }

  @Test
  void anArtifactWithoutFindingsIsAdmitted() throws Exception {
    Path file =
        Files.write(
            folder.resolve("v2.zip"),
            TestBundle.archive(
                TestBundle.generation("v2").takes("bank", "2.0.0"),
                TestBundle.module("bank", "2.0.0")));

    assertThat(run("check", file.toString())).isZero();
    assertThat(out.toString()).contains("verdict  admitted", "x.bank", "x.gen.v2");
    ArtifactAssert.assertThatArtifact(file).isAdmitted();
  }

  @Test
  void whatIsNoFileOrNoOperandIsWrongUsage() {
    assertThat(run("check", folder.resolve("none.zip").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("none.zip is no file; see segue check --help");
    assertThat(run("check")).isEqualTo(2);
  }

  private Path careless() throws Exception {
    return Files.write(
        folder.resolve("careless.zip"),
        TestBundle.archive(
            TestBundle.generation("v2").takes("bank", "2.0.0"),
            TestBundle.module("bank", "2.0.0")
                .header("Bundle-Activator", "x.bank.Activator")
                .source(
                    "x.bank.X",
                    "package x.bank; class X { String now = (\"\" +"
                        + " System.nanoTime()).toLowerCase(); }")));
  }

  private int run(String... args) {
    CommandLine commandLine = Segue.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(args);
  }
}
