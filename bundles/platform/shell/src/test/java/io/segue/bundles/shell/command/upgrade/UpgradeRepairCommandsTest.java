package io.segue.bundles.shell.command.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.FakeNode;
import io.segue.bundles.shell.command.Gogo;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.kernel.api.node.GenerationState;
import io.segue.kernel.api.node.Node.GenerationStatus;
import io.segue.kernel.api.node.Node.PastUpgrade;
import io.segue.kernel.api.node.Node.UpgradeStatus;
import io.segue.kernel.api.node.UpgradeOutcome;
import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.api.upgrade.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpgradeRepairCommandsTest {
  private static final String IN_PLAN = "0f".repeat(32);

  private final FakeNode node = new FakeNode();
  private final NodeAccess access = new NodeAccess(Path.of("/home/segue"));
  private final Gogo gogo = Gogo.with(access);

  @BeforeEach
  void bringNode() {
    access.setNode(node);
  }

  @Test
  void tellsWhatBecameOfPastPlans() throws Exception {
    node.history =
        List.of(
            new PastUpgrade("v2", 120, UpgradeOutcome.APPLIED, "aa".repeat(32), ""),
            new PastUpgrade("v3", 90_000, UpgradeOutcome.SKIPPED, "", ""),
            new PastUpgrade("v4", 95_000, UpgradeOutcome.APPLIED, "bb".repeat(32), IN_PLAN));

    assertThat(gogo.run("upgrade:history"))
        .isEqualTo(
            """
            HEIGHT  PLAN  OUTCOME  GENERATION
            120     v2    APPLIED  %s
            90000   v3    SKIPPED
            95000   v4    APPLIED  %s  instead of %s
            """
                .formatted("aa".repeat(32), "bb".repeat(32), IN_PLAN));
    assertThat(gogo.run("upgrade:history --output json"))
        .contains("\"name\" : \"v3\"")
        .contains("\"outcome\" : \"SKIPPED\"")
        .contains("\"insteadOf\" : \"" + IN_PLAN + "\"");
  }

  @Test
  void saysThatAChainHadNoUpgrade() throws Exception {
    assertThat(gogo.run("upgrade:history")).isEqualTo("This chain had no upgrade yet.\n");
    assertThat(gogo.run("upgrade:history --output json"))
        .isEqualToIgnoringWhitespace("{\"upgrades\": []}");
  }

  @Test
  void triesAgain() throws Exception {
    assertThat(gogo.run("upgrade:retry"))
        .isEqualTo("Tried again; upgrade:status shows the result.\n");
    node.upgrade = Optional.of(pending());
    assertThat(gogo.run("upgrade:retry"))
        .isEqualTo("Plan v2 is tried again; upgrade:status shows the result.\n");

    assertThat(node.retries).isEqualTo(2);
  }

  @Test
  void handsOnThatNothingWaits() {
    node.refusal = Optional.of("nothing waits for another try");

    assertRefused("upgrade:retry", "nothing waits for another try");
    assertRefused("upgrade:prepare", "nothing waits for another try");
  }

  @Test
  void preparesByTheSidecarOrFromAFile() throws Exception {
    node.upgrade = Optional.of(pending());

    assertThat(gogo.run("upgrade:prepare --output json")).contains("\"plan\" : \"v2\"");
    assertThat(node.retries).isOne();
    assertThat(gogo.run("upgrade:prepare v2.zip")).startsWith("deployed for plan  v2\n");
    assertThat(node.deployed).containsExactly(Path.of("/srv/here/v2.zip"));
  }

  @Test
  void deploysInPlaceOfWhatThePlanNames() throws Exception {
    gogo.run("upgrade:deploy v2.zip --instead-of " + IN_PLAN);

    assertThat(node.insteadOf).containsExactly(IN_PLAN);
  }

  @Test
  void offersTheDigestOfThePendingPlan() {
    node.upgrade = Optional.of(pending());

    assertThat(gogo.complete("upgrade:deploy v2.zip --instead-of ", Path.of("/")))
        .containsExactly(IN_PLAN);
  }

  @Test
  void dropsWhatWasPrepared() throws Exception {
    assertThat(gogo.run("upgrade:cancel-prepared v2"))
        .isEqualTo("What was prepared for plan v2 is dropped.\n");
    assertThat(gogo.run("upgrade:cancel-prepared v3 --output json"))
        .isEqualToIgnoringWhitespace("{\"cancelled\": \"v3\"}");

    assertThat(node.cancelled).containsExactly("v2", "v3");
  }

  @Test
  void handsOnThatNothingIsPrepared() {
    node.refusal = Optional.of("nothing is prepared for a plan v2; see upgrade:generations");

    assertRefused("upgrade:cancel-prepared v2", "nothing is prepared for a plan v2");
    assertRefused("upgrade:cancel-prepared", "upgrade:cancel-prepared needs <plan>");
  }

  @Test
  void offersPlansForWhichSomethingIsPrepared() {
    node.upgrade = Optional.of(pending());
    node.generations =
        List.of(
            generation("genesis", GenerationState.CURRENT),
            generation("v3", GenerationState.READY));

    assertThat(gogo.complete("upgrade:cancel-prepared ", Path.of("/"))).containsExactly("v2", "v3");
  }

  private void assertRefused(String line, String reason) {
    assertThatThrownBy(() -> gogo.run(line))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(reason);
  }

  private static GenerationStatus generation(String name, GenerationState state) {
    return new GenerationStatus(name, "aa".repeat(32), state, 0, 0, List.of(), List.of());
  }

  private static UpgradeStatus pending() {
    String info = "{\"binaries\":{\"any\":\"https://a.org/v2.zip?checksum=sha256:%s\"}}";
    return new UpgradeStatus(
        new Plan("v2", 120, info.formatted(IN_PLAN)),
        UpgradeState.NOT_READY,
        Optional.empty(),
        new UpgradeStatus.Progress(Map.of(), ""),
        new UpgradeStatus.Code(true, "", "", ""),
        new UpgradeStatus.Change(List.of(), "", "", -1));
  }
}
