package io.segue.bundles.shell.command.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.FakeNode;
import io.segue.bundles.shell.command.Gogo;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.CheckReport.CheckedBundle;
import io.segue.kernel.api.node.CheckReport.Finding;
import io.segue.kernel.api.node.CheckReport.Loss;
import io.segue.kernel.api.node.CheckReport.ModuleChange;
import io.segue.kernel.api.node.CheckReport.OrderChange;
import io.segue.kernel.api.node.CheckReport.Preview;
import io.segue.kernel.api.node.CheckReport.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpgradeCheckTest {
  private static final Finding CLOCK =
      new Finding(
          "clock",
          Severity.REFUSE,
          "bundle x.bank 2.0.0",
          "x.bank.Interest",
          "beginBlock",
          41,
          "calls java.time.Instant.now()",
          "every node reads another time",
          "use Context.time()");
  private static final Finding NOTE =
      new Finding("note-hash", Severity.NOTE, "bundle x.bank 2.0.0", "", "", 0, "a", "b", "c");

  private final FakeNode node = new FakeNode();
  private final NodeAccess access = new NodeAccess(Path.of("/home/segue"));
  private final Gogo gogo = Gogo.with(access);

  @BeforeEach
  void bringServices() {
    access.setNode(node);
  }

  @Test
  void tellsWhatIsRefusedWhereAndWhatToDoInstead() {
    node.report = report(List.of(CLOCK, NOTE), Optional.empty());

    assertRefused("upgrade:check v2.zip");
    assertThat(gogo.printed())
        .isEqualTo(
            """
            SHA-256  %s
            verdict  refused for 1 finding, 1 note

            BUNDLE  VERSION  CLASSES  SHA-256
            x.bank  2.0.0    7        %s

            REFUSE clock
              where    bundle x.bank 2.0.0, x.bank.Interest.beginBlock, line 41
              what     calls java.time.Instant.now()
              why      every node reads another time
              instead  use Context.time()

            NOTE note-hash
              where    bundle x.bank 2.0.0
              what     a
              why      b
              instead  c
            """
                .formatted("aa".repeat(32), "bb".repeat(32)));
    assertThat(node.checked).containsExactly(Path.of("/srv/here/v2.zip"));
  }

  @Test
  void showsTheGenerationThatWouldCome() throws Exception {
    node.report =
        report(
            List.of(),
            Optional.of(
                new Preview(
                    "v2",
                    "cc".repeat(32),
                    1,
                    2,
                    List.of(
                        new ModuleChange("auth", "x.auth 1.0.0", "x.auth 1.0.0"),
                        new ModuleChange("bank", "x.bank 1.0.0", "x.bank 2.0.0"),
                        new ModuleChange("fees", "", "x.fees 1.0.0"),
                        new ModuleChange("mint", "x.mint 1.0.0", "")),
                    List.of(
                        new OrderChange(
                            "endBlock", List.of("bank", "mint"), List.of("fees", "bank"))),
                    List.of(new Loss("message", "/x.MsgMint", "mint")))));

    assertThat(gogo.run("upgrade:check v2.zip"))
        .contains("verdict  admitted\n")
        .endsWith(
            """
            generation         v2 %s
            kernel rules       1 -> 2
            order of endBlock  bank,mint -> fees,bank
            store loads        not known before the plan's height: the handler answers from the state it finds there

            MODULE  BEFORE        AFTER
            auth    x.auth 1.0.0  carried over
            bank    x.bank 1.0.0  x.bank 2.0.0
            fees                  x.fees 1.0.0
            mint    x.mint 1.0.0  removed

            LOST     NAME        MODULE
            message  /x.MsgMint  mint
            """
                .formatted("cc".repeat(32)));
  }

  @Test
  void tellsMachinesTheSame() {
    node.report = report(List.of(CLOCK), Optional.empty());

    assertRefused("upgrade:check v2.zip --output json");
    assertThat(gogo.printed())
        .isEqualToIgnoringWhitespace(
            """
            {"sha256": "%s", "admitted": false,
             "bundles": [{"symbolicName": "x.bank", "version": "2.0.0", "sha256": "%s", "classes": 7}],
             "findings": [{"rule": "clock", "severity": "REFUSE", "bundle": "bundle x.bank 2.0.0",
               "class": "x.bank.Interest", "method": "beginBlock", "line": 41,
               "what": "calls java.time.Instant.now()", "why": "every node reads another time",
               "instead": "use Context.time()"}],
             "generation": null}
            """
                .formatted("aa".repeat(32), "bb".repeat(32)));
  }

  @Test
  void saysWhatCouldNotBeRead() {
    node.refusal = Optional.of("/srv/here/v2.zip is no file");

    assertThatThrownBy(() -> gogo.run("upgrade:check v2.zip"))
        .isInstanceOf(CommandException.class)
        .hasMessage("v2.zip is not checked: /srv/here/v2.zip is no file");
  }

  private void assertRefused(String line) {
    assertThatThrownBy(() -> gogo.run(line))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("It would not be deployed: fix what is refused");
  }

  private static CheckReport report(List<Finding> findings, Optional<Preview> generation) {
    return new CheckReport(
        "aa".repeat(32),
        List.of(new CheckedBundle("x.bank", "2.0.0", "bb".repeat(32), 7)),
        findings,
        generation);
  }
}
