package io.segue.kernel.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.UpgradeParams;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlanStateTest {
  private static final byte[] DIGEST = new byte[32];
  private static final String HEX = "ab".repeat(32);

  static {
    Arrays.fill(DIGEST, (byte) 7);
  }

  private final MapKVStore store = new MapKVStore();
  private final PlanState plans = new PlanState(store, 5, new PlanRules(16, 300));

  @Test
  void keepsThePlanAsTheCosmosSdkDoes() {
    plans.schedule(new Plan("v3", 101214, "inf"));
    assertThat(store.hex()).containsEntry("00", "0a02763318de9606" + "2203696e66");
    assertThat(plans.plan()).contains(new Plan("v3", 101214, "inf"));
  }

  @Test
  void readsAPlanWithOtherFields() {
    // As the Cosmos SDK answers a query: with the zero time in field 2, and an unknown field 9.
    store.set(
        new byte[] {0},
        HexFormat.of()
            .parseHex("0a027633120b088092b8c398feffffff0118de93062203696e66" + "4d01020304"));
    assertThat(plans.plan()).contains(new Plan("v3", 100830, "inf"));
  }

  @Test
  void saysThatABrokenPlanIsBroken() {
    store.set(new byte[] {0}, new byte[] {0x0a, 0x7f, 1});
    assertThatThrownBy(plans::plan)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the plan in store upgrade is broken");
    store.set(new byte[] {0}, new byte[] {0x18, (byte) 0x80});
    assertThatThrownBy(plans::plan).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aNewPlanTakesThePlaceOfAPendingOneAndCancellingRemovesIt() {
    plans.schedule(new Plan("v2", 10, ""));
    plans.schedule(new Plan("v3", 11, ""));
    assertThat(plans.plan()).contains(new Plan("v3", 11, ""));
    plans.cancel();
    plans.cancel();
    assertThat(plans.plan()).isEmpty();
    assertThat(plans.past()).extracting(PastPlan::name).containsExactly("v2", "v3");
    assertThat(plans.past()).extracting(PastPlan::height).containsOnly(5L);
    assertThat(plans.past())
        .extracting(PastPlan::outcome)
        .containsExactly(PlanOutcome.REPLACED, PlanOutcome.CANCELLED);
    assertThat(plans.doneAt("v2")).isEmpty();
    plans.schedule(new Plan("v2", 12, ""));
    plans.schedule(new Plan("v2", 12, ""));
    assertThat(plans.past()).as("the same plan again replaces nothing").hasSize(2);
  }

  @Test
  void anAppliedPlanIsDoneAndTheProtocolVersionRises() {
    assertThat(plans.protocolVersion()).isEqualTo(1);
    plans.schedule(new Plan("v2", 258, ""));
    plans.applied(plans.plan().orElseThrow(), 258, DIGEST);
    assertThat(plans.plan()).isEmpty();
    assertThat(plans.doneAt("v2")).hasValue(258);
    assertThat(plans.doneAt("v")).isEmpty();
    assertThat(plans.protocolVersion()).isEqualTo(2);
    assertThat(plans.generation("v2")).contains(DIGEST);
    assertThat(store.hex())
        .containsEntry("01" + "0000000000000102" + "7632", "01")
        .containsEntry("03", "0000000000000002")
        .containsEntry("04" + "7632", "07".repeat(32))
        .hasSize(3);
  }

  @Test
  void listsWhatIsOverByHeight() {
    plans.markDone("v4", 300);
    plans.setGeneration("v4", DIGEST);
    plans.ended(new Plan("v3", 20, ""), 20, PlanOutcome.SKIPPED);
    plans.ended(new Plan("v2", 7, ""), 8, PlanOutcome.ABORTED);
    assertThat(plans.past()).extracting(PastPlan::name).containsExactly("v2", "v3", "v4");
    assertThat(plans.past()).extracting(PastPlan::height).containsExactly(8L, 20L, 300L);
    assertThat(plans.past())
        .extracting(PastPlan::outcome)
        .containsExactly(PlanOutcome.ABORTED, PlanOutcome.SKIPPED, PlanOutcome.APPLIED);
    assertThat(plans.past())
        .extracting(plan -> plan.generation().isPresent())
        .containsExactly(false, false, true);
  }

  @Test
  void anAbortedPlanIsDoneAndASkippedOneMayComeAgain() {
    plans.schedule(new Plan("v2", 258, ""));
    plans.ended(plans.plan().orElseThrow(), 258, PlanOutcome.ABORTED);
    assertThat(plans.plan()).isEmpty();
    assertThat(plans.doneAt("v2")).hasValue(258);
    assertThat(plans.protocolVersion()).isEqualTo(1);
    plans.schedule(new Plan("v3", 258, ""));
    plans.ended(plans.plan().orElseThrow(), 259, PlanOutcome.SKIPPED);
    assertThat(plans.plan()).isEmpty();
    assertThat(plans.doneAt("v3")).isEmpty();
    assertThat(store.hex())
        .containsEntry("01" + "0000000000000102" + "7632", "01")
        .containsEntry("05" + "0000000000000102" + "7632", "01")
        .containsEntry("05" + "0000000000000103" + "7633", "02")
        .hasSize(3);
    plans.check(new Plan("v3", 300, ""));
  }

  @Test
  void keepsWhatTheChainDecidesAboutUpgrades() {
    assertThat(plans.params()).isEqualTo(UpgradeParams.DEFAULT);
    plans.setParams(new UpgradeParams(true, false));
    assertThat(store.hex()).containsEntry("06", "01");
    plans.setParams(new UpgradeParams(true, true));
    assertThat(store.hex()).containsEntry("06", "03");
    assertThat(plans.params()).isEqualTo(new UpgradeParams(true, true));
    plans.setParams(new UpgradeParams(false, true));
    assertThat(plans.params()).isEqualTo(new UpgradeParams(false, true));
    plans.setParams(UpgradeParams.DEFAULT);
    assertThat(store.hex()).isEmpty();
  }

  @Test
  void nothingIsDoneAtFirst() {
    assertThat(plans.past()).isEmpty();
    assertThat(plans.doneAt("genesis")).isEmpty();
    assertThat(plans.moduleVersions()).isEmpty();
    assertThat(plans.generation("genesis")).isEmpty();
  }

  @Test
  void modulesThatAreGoneLoseTheirVersions() {
    plans.setModuleVersions(new TreeMap<>(Map.of("bank", 4L, "old", 1L)));
    assertThat(store.hex()).containsEntry("02" + "62616e6b", "0000000000000004");
    plans.setModuleVersions(new TreeMap<>(Map.of("bank", 5L, "gov", 1L)));
    assertThat(plans.moduleVersions()).isEqualTo(Map.of("bank", 5L, "gov", 1L));
  }

  @Test
  void refusesADigestOfAnotherLength() {
    assertThatThrownBy(() -> plans.setGeneration("v2", new byte[31]))
        .hasMessageContaining("has 31 bytes, not 32");
  }

  @Test
  void refusesAsTheCosmosSdkDoesInItsOrder() {
    refuses(new Plan("", 0, ""), "name cannot be empty: invalid request");
    refuses(new Plan("v2", 0, ""), "height must be greater than 0: invalid request");
    refuses(new Plan("v2", -1, ""), "height must be greater than 0: invalid request");
    refuses(new Plan("v2", 4, ""), "upgrade cannot be scheduled in the past: invalid request");
    plans.check(new Plan("v2", 5, ""));
    plans.markDone("v2", 3);
    refuses(
        new Plan("v2", 9, ""), "upgrade with name v2 has already been completed: invalid request");
  }

  @Test
  void refusesWhatIsOurs() {
    refuses(
        new Plan("genesis", 9, ""),
        "name genesis is that of the first generation, choose another: invalid request");
    refuses(
        new Plan("v2\nv3", 9, ""),
        "name holds a character that is not printable ASCII; choose another name: invalid request");
    for (String name : List.of("v\u00e9", "v2\u200b", "\u00a0v2", "v2\u007f")) {
      refuses(
          new Plan(name, 9, ""),
          "name holds a character that is not printable ASCII; choose another name: invalid"
              + " request");
    }
    for (String name : List.of(" v2", "v2 ", " ")) {
      refuses(
          new Plan(name, 9, ""), "name begins or ends with a blank; remove it: invalid request");
    }
    plans.check(new Plan("v2 ~!", 9, ""));
    refuses(
        new Plan("n".repeat(17), 9, ""), "plan name of 17 bytes, the limit is 16: invalid request");
    refuses(
        new Plan("v2", 9, "\u00e9".repeat(151)),
        "plan info of 302 bytes, the limit is 300: invalid request");
    refuses(
        new Plan("v2", 9, "https://example.com/v2.json"),
        "info of plan v2: 'https://example.com/v2.json' has no checksum; add"
            + " ?checksum=sha256:<64 hex digits>: invalid request");
    refuses(
        new Plan("v2", 9, "{\"binaries\":"),
        "info of plan v2: what starts with { must be JSON, with every member once and at most 8"
            + " levels deep: invalid request");
    plans.check(new Plan("v2", 9, "https://example.com/v2.json?checksum=sha256:" + HEX));
    plans.check(new Plan("n".repeat(16), 9, "\u00e9".repeat(150)));
  }

  @Test
  void aRefusedPlanLeavesThePendingOne() {
    plans.schedule(new Plan("v2", 10, ""));
    assertThatThrownBy(() -> plans.schedule(new Plan("v3", 1, "")))
        .isInstanceOf(ModuleException.class);
    assertThat(plans.plan()).contains(new Plan("v2", 10, ""));
  }

  @Test
  void aReaderCannotChangeAnything() {
    plans.schedule(new Plan("v2", 10, ""));
    plans.markDone("v1", 2);
    ReadOnlyUpgrades reader = new ReadOnlyUpgrades(plans, "gov");
    assertThat(reader.plan()).isPresent();
    assertThat(reader.doneAt("v1")).hasValue(2);
    assertThat(reader.protocolVersion()).isEqualTo(1);
    assertThat(reader.moduleVersions()).isEmpty();
    assertThatThrownBy(() -> reader.check(new Plan("v1", 10, "")))
        .isInstanceOf(ModuleException.class);
    assertThatThrownBy(() -> reader.schedule(new Plan("v3", 10, "")))
        .hasMessageContaining("module gov may not schedule a plan");
    assertThatThrownBy(reader::cancel).hasMessageContaining("module gov may not cancel a plan");
    assertThat(reader.params()).isEqualTo(UpgradeParams.DEFAULT);
    assertThatThrownBy(() -> reader.setParams(new UpgradeParams(true, true)))
        .hasMessageContaining("module gov may not change the parameters of upgrades");
  }

  private void refuses(Plan plan, String log) {
    assertThatThrownBy(() -> plans.check(plan))
        .isInstanceOfSatisfying(
            ModuleException.class,
            refused -> {
              assertThat(refused.codespace()).isEqualTo("sdk");
              assertThat(refused.code()).isEqualTo(18);
            })
        .hasMessage(log);
  }
}
