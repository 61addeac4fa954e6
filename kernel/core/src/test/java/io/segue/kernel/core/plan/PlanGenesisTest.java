package io.segue.kernel.core.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.UpgradeParams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanGenesisTest {
  private static final PlanRules RULES = new PlanRules(128, 1024);
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  @Test
  void whatIsExportedGivesTheSameRows() throws IOException {
    MapKVStore store = new MapKVStore();
    PlanState state = new PlanState(store, 60, RULES);
    state.setGeneration(PlanRules.GENESIS, filled(1));
    state.setModuleVersions(new TreeMap<>(Map.of("auth", 1L, "bank", 2L)));
    state.schedule(new Plan("v2", 60, ""));
    state.applied(new Plan("v2", 60, ""), 50, filled(2));
    state.ended(new Plan("aborted", 51, ""), 51, PlanOutcome.ABORTED);
    state.ended(new Plan("skipped", 52, ""), 52, PlanOutcome.SKIPPED);
    state.ended(new Plan("replaced", 70, ""), 53, PlanOutcome.REPLACED);
    state.ended(new Plan("cancelled", 70, ""), 54, PlanOutcome.CANCELLED);
    state.setParams(new UpgradeParams(true, false));
    state.schedule(new Plan("v3", 90, "{\"note\":\"\u00e9\"}"));
    store.set(new byte[] {7, 1}, new byte[] {9});

    MapKVStore again = new MapKVStore();
    PlanState restored = new PlanState(again, 60, RULES);
    restored.setModuleVersions(state.moduleVersions());
    restored.restore(PlanGenesis.read(export(state)));

    assertThat(again.hex()).isEqualTo(store.hex());
    assertThat(export(restored)).isEqualTo(export(state));
  }

  @Test
  void aGenesisThatSaysNothingGivesTheFirstProtocolVersion() {
    PlanState state = new PlanState(new MapKVStore(), 0, RULES);
    state.restore(PlanGenesis.read("{}".getBytes(UTF_8)));

    assertThat(state.protocolVersion()).isEqualTo(1);
    assertThat(state.generation(PlanRules.GENESIS)).isEmpty();
  }

  @Test
  void theMemberGenerationBindsTheFirstGeneration() {
    assertThat(read("{'generation':'" + DIGEST + "'}").generation().orElseThrow()).hasSize(32);
    assertThat(read("{'generation':''}").generation()).isEmpty();
  }

  @Test
  void theLastAppliedPlanNamesTheGenerationToGoOnWith() {
    PlanGenesis genesis =
        read(
            "{'done':[{'name':'v3','height':'9','generation':''},"
                + "{'name':'v2','height':'8','generation':'"
                + DIGEST
                + "'}]}");

    assertThat(genesis.current().orElseThrow().name()).isEqualTo("v2");
    assertThat(genesis.done()).extracting(DonePlan::name).containsExactly("v2", "v3");
    assertThat(PlanGenesis.NONE.current()).isEmpty();
  }

  @Test
  void theModulesOwnPartIsLeftToIt() throws IOException {
    PlanState state = new PlanState(new MapKVStore(), 0, RULES);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      PlanGenesis.of(state, Optional.of("{\"a\":[1,\"}\"]}".getBytes(UTF_8))).write(json);
    }

    assertThat(PlanGenesis.read(out.toByteArray()).module().orElseThrow())
        .asString(UTF_8)
        .isEqualTo("{\"a\":[1,\"}\"]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "7                                     | member upgrade of app_state must be an object",
        "{'plans':[]}                          | has an unknown member plans; remove it",
        "{'generation':'abc'}                  | must be 64 hex digits or empty: abc",
        "{'protocol_version':2}                | protocol_version in member upgrade",
        "{'protocol_version':'0'}              | where a number from 1 up belongs",
        "{'plan':{'name':'v2','hight':'1'}}    | plan in member upgrade of app_state has an unknown",
        "{'plan':{'name':'v2'}}                | where a number from 1 up belongs",
        "{'done':{}}                           | done in member upgrade of app_state must be an array",
        "{'done':[{'height':'1'}]}             | has an entry without a name",
        "{'module_versions':[{'name':'a','version':'x'}]} | where a number",
        "{'other':[{'key':'07'},{'key':'07'}]} | has no key, or 07 twice",
        "{'outcomes':[{'height':'1'}]}         | outcomes in member upgrade of app_state has an entry",
        "{'outcomes':[{'name':'v','height':'1','outcome':'applied'}]} | where aborted, skipped, replaced or cancelled",
        "{'params':[]}                         | params in member upgrade of app_state must be an",
        "{'params':{'allow_abort':'true'}}     | has no true or false as allow_abort",
        "{'params':{'allow':true}}             | has an unknown member allow; the known ones are",
        "{'done':[                             | member upgrade of app_state is broken"
      })
  void refusesAndNamesWhatIsSomethingElse(String json, String reason) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void refusesPlansOnTheWrongSideOfTheHeight() {
    PlanState state = new PlanState(new MapKVStore(), 60, RULES);

    assertThatThrownBy(() -> state.restore(read("{'plan':{'name':'v3','height':'60'}}")))
        .hasMessageContaining("pending for height 60, but the chain goes on from height 60");
    assertThatThrownBy(() -> state.restore(read("{'done':[{'name':'v3','height':'61'}]}")))
        .hasMessageContaining("done at height 61, after the height 60");
    assertThatThrownBy(
            () ->
                state.restore(
                    read("{'outcomes':[{'name':'v3','height':'61','outcome':'skipped'}]}")))
        .hasMessageContaining("done at height 61, after the height 60");
    assertThatThrownBy(() -> state.restore(read("{'other':[{'key':'06','value':'01'}]}")))
        .hasMessageContaining("has the key 06, which another member says");
  }

  private static PlanGenesis read(String json) {
    return PlanGenesis.read(json.replace('\'', '"').getBytes(UTF_8));
  }

  private static byte[] export(PlanState state) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      PlanGenesis.of(state, Optional.empty()).write(json);
    }
    return out.toByteArray();
  }

  private static byte[] filled(int value) {
    byte[] digest = new byte[32];
    java.util.Arrays.fill(digest, (byte) value);
    return digest;
  }
}
