package io.segue.kernel.core.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.core.upgrade.Repairs.Repair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the home keeps of plans, in folders that can't be written for a while. */
class PlanFilesTest {
  private static final Plan PLAN = new Plan("v2", 24, "");

  @TempDir Path home;

  private Repairs repairs;
  private PlanFiles files;

  @BeforeEach
  void open() throws Exception {
    repairs = Repairs.open(home.resolve("config"));
    files = new PlanFiles(new UpgradeInfoFile(home.resolve("data")), repairs);
  }

  @Test
  void writesThePlanOnceItsFolderCanBeWritten() throws Exception {
    Path inTheWay = Files.writeString(home.resolve("data"), "no folder");
    files.announce(Optional.of(PLAN), 0);
    NodeHold hold = files.hold().orElseThrow();
    assertThat(hold.part()).isEqualTo("plan files");
    assertThat(hold.reason()).isEqualTo("STORAGE");
    assertThat(hold.nextStep()).contains("check the disk");

    Files.delete(inTheWay);
    assertThat(files.poll(PlanFiles.RETRY_MS - 1)).isZero();
    assertThat(files.poll(PlanFiles.RETRY_MS)).isEqualTo(1);
    assertThat(files.hold()).isEmpty();
    assertThat(info()).content().contains("\"name\":\"v2\"");
    assertThat(files.poll(10 * PlanFiles.RETRY_MS)).isZero();
  }

  @Test
  void writesWhatIsTrueByThen() throws Exception {
    Path inTheWay = Files.writeString(home.resolve("data"), "no folder");
    files.announce(Optional.of(PLAN), 0);
    files.announce(Optional.of(new Plan("v3", 30, "")), 1);
    Files.delete(inTheWay);
    files.retry();
    assertThat(files.poll(2)).isEqualTo(1);
    assertThat(info()).content().contains("\"name\":\"v3\"");
    files.announce(Optional.empty(), 3);
    assertThat(info()).doesNotExist();
  }

  @Test
  void forgetsADecisionOnceItsFileCanBeWritten() throws Exception {
    repairs.keep(new Repair("v2", "", "ab".repeat(32), "cd".repeat(32)));
    Path inTheWay = Files.createDirectory(home.resolve("config/instead-of.tmp"));
    files.forget("v2", 0);
    assertThat(files.hold()).isPresent();
    assertThat(repairs.of("v2", "")).isPresent();
    Files.delete(inTheWay);
    files.poll(PlanFiles.RETRY_MS);
    assertThat(files.hold()).isEmpty();
    assertThat(repairs.of("v2", "")).isEmpty();
    assertThat(Repairs.open(home.resolve("config")).of("v2", "")).isEmpty();
  }

  private Path info() {
    return home.resolve("data/upgrade-info.json");
  }
}
