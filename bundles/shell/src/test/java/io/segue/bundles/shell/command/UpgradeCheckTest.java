package io.segue.bundles.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.shell.CommandException;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.CheckReport.CheckedBundle;
import io.segue.kernel.api.node.CheckReport.Finding;
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
  private static final String DIGEST = "ab".repeat(32);
  private static final CheckedBundle BANK = new CheckedBundle("x.bank", "2.0.0", DIGEST, 41);
  private static final Finding CLOCK =
      new Finding(
          "clock",
          Severity.REFUSE,
          "x.bank 2.0.0",
          "x.Bank",
          "handle",
          7,
          "calls System.nanoTime",
          "it differs between nodes",
          "use the block's time");

  private final FakeNode node = new FakeNode();
  private final NodeAccess access = new NodeAccess(Path.of("/home/segue"));
  private final Gogo gogo = Gogo.with(access);

  @BeforeEach
  void bringNode() {
    access.setNode(node);
  }

  @Test
  void saysWhatAnAdmittedArtifactWouldMake() throws Exception {
    Preview preview =
        new Preview(
            "v2",
            DIGEST,
            1,
            2,
            List.of(
                new ModuleChange("auth", "x.auth 1.0.0", "x.auth 1.0.0"),
                new ModuleChange("bank", "x.bank 1.0.0", "x.bank 2.0.0"),
                new ModuleChange("fees", "", "x.fees 1.0.0"),
                new ModuleChange("old", "x.old 1.0.0", "")),
            List.of(new OrderChange("ante", List.of("a"), List.of("b", "a"))));
    node.report = new CheckReport(DIGEST, List.of(BANK), List.of(), Optional.of(preview));

    assertThat(gogo.run("upgrade:check v2.zip"))
        .isEqualTo(
            """
            SHA-256  %1$s
              BUNDLE  VERSION  CLASSES  SHA-256
              x.bank  2.0.0    41       abababababab
            plan v2 would make generation %1$s
              kernel rules 2 in place of 1
              MODULE  NOW           THEN
              auth    x.auth 1.0.0  carried over
              bank    x.bank 1.0.0  x.bank 2.0.0
              fees    -             x.fees 1.0.0
              old     x.old 1.0.0   ends
              order of ante  b, a
            admitted
            """
                .formatted(DIGEST));
    assertThat(gogo.run("upgrade:check v2.zip --output json"))
        .contains("\"admitted\" : true")
        .contains("\"classes\" : 41")
        .contains("\"after\" : \"x.fees 1.0.0\"");
  }

  @Test
  void namesWhatIsRefusedAndFails() {
    node.report = new CheckReport(DIGEST, List.of(BANK), List.of(CLOCK), Optional.empty());

    assertRefused("upgrade:check v2.zip", "v2.zip would not be deployed; mend what is refused");
    assertThat(gogo.printed())
        .contains(
            "REFUSE  clock  x.bank 2.0.0: x.Bank.handle (line 7): calls System.nanoTime: it"
                + " differs between nodes; use the block's time\n")
        .endsWith("refused\n");
    assertRefused("upgrade:check v2.zip --output json", "v2.zip would not be deployed");
    assertThat(gogo.printed())
        .contains("\"admitted\" : false")
        .contains("\"rule\" : \"clock\"")
        .contains("\"line\" : 7")
        .contains("\"generation\" : null");
  }

  @Test
  void handsOnThatAFileCantBeRead() {
    node.refusal = Optional.of("there is no such file");

    assertRefused("upgrade:check v2.zip", "v2.zip can't be checked: there is no such file");
    assertRefused("upgrade:check", "upgrade:check needs <file>");
  }

  private void assertRefused(String line, String reason) {
    assertThatThrownBy(() -> gogo.run(line))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(reason);
  }
}
