package io.segue.kernel.core.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.UpgradeParams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The plan state as JSON: the member {@code upgrade} of an app state. A genesis written by hand
 * holds at most the first line and params; an export holds all of it.
 *
 * <pre>
 * {"generation": "HEX",            digest of the first generation; empty where it is not bound
 *  "protocol_version": "2",
 *  "plan": {"name": "v3", "height": "900", "info": ""},   null where none is pending
 *  "done": [{"name": "v2", "height": "45", "generation": "HEX"}],
 *  "outcomes": [{"name": "v3", "height": "50", "outcome": "skipped"}],
 *  "params": {"allow_abort": false, "check_invariants": false},
 *  "module_versions": [{"name": "auth", "version": "1"}],
 *  "other": [{"key": "07", "value": "01"}],               further rows of the store, as hex
 *  "module": {}}                                          what the module upgrade keeps itself
 * </pre>
 *
 * @param generation digest of the first generation, 32 bytes
 * @param protocolVersion 0 where the genesis does not say
 * @param done in order of heights and then of names
 * @param outcomes of the plans that ended without code
 * @param moduleVersions empty where the genesis does not say
 * @param other keys and values as hex
 * @param module JSON in UTF-8, the module's own genesis; empty where the module has no store
 */
public record PlanGenesis(
    Optional<byte[]> generation,
    long protocolVersion,
    Optional<Plan> plan,
    List<DonePlan> done,
    List<PastPlan> outcomes,
    UpgradeParams params,
    SortedMap<String, Long> moduleVersions,
    SortedMap<String, String> other,
    Optional<byte[]> module) {
  /** Of a chain that says nothing. */
  public static final PlanGenesis NONE =
      new PlanGenesis(
          Optional.empty(),
          0,
          Optional.empty(),
          List.of(),
          List.of(),
          UpgradeParams.DEFAULT,
          new TreeMap<>(),
          new TreeMap<>(),
          Optional.empty());

  static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * The plan state that a store holds.
   *
   * @param module the module's own genesis; empty where it has no store
   */
  public static PlanGenesis of(PlanState state, Optional<byte[]> module) {
    SortedMap<String, String> other = new TreeMap<>();
    state.other((key, value) -> other.put(hex(key), hex(value)));
    return new PlanGenesis(
        state.generation(PlanRules.GENESIS),
        state.protocolVersion(),
        state.plan(),
        state.done(),
        state.past().stream().filter(plan -> plan.outcome() != PlanOutcome.APPLIED).toList(),
        state.params(),
        state.moduleVersions(),
        other,
        module);
  }

  /**
   * Reads the member.
   *
   * @param json UTF-8
   * @throws IllegalArgumentException where it is something else; names the part
   */
  public static PlanGenesis read(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      return PlanGenesisReader.read(parser);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "member upgrade of app_state is broken: " + e.getMessage(), e);
    }
  }

  /** The last plan whose generation runs; empty where that is still the first one. */
  public Optional<DonePlan> current() {
    return done.stream()
        .filter(plan -> plan.generation().isPresent())
        .reduce((before, after) -> after);
  }

  /** Writes the member's object. */
  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("generation", generation.map(PlanGenesis::hex).orElse(""));
    json.writeStringField("protocol_version", Long.toString(protocolVersion));
    json.writeFieldName("plan");
    if (plan.isPresent()) {
      json.writeStartObject();
      json.writeStringField("name", plan.get().name());
      json.writeStringField("height", Long.toString(plan.get().height()));
      json.writeStringField("info", plan.get().info());
      json.writeEndObject();
    } else {
      json.writeNull();
    }
    json.writeArrayFieldStart("done");
    for (DonePlan each : done) {
      json.writeStartObject();
      json.writeStringField("name", each.name());
      json.writeStringField("height", Long.toString(each.height()));
      json.writeStringField("generation", each.generation().map(PlanGenesis::hex).orElse(""));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("outcomes");
    for (PastPlan each : outcomes) {
      json.writeStartObject();
      json.writeStringField("name", each.name());
      json.writeStringField("height", Long.toString(each.height()));
      json.writeStringField("outcome", name(each.outcome()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("params");
    json.writeBooleanField("allow_abort", params.allowAbort());
    json.writeBooleanField("check_invariants", params.checkInvariants());
    json.writeEndObject();
    json.writeArrayFieldStart("module_versions");
    for (Map.Entry<String, Long> version : moduleVersions.entrySet()) {
      row(json, "name", version.getKey(), "version", Long.toString(version.getValue()));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("other");
    for (Map.Entry<String, String> row : other.entrySet()) {
      row(json, "key", row.getKey(), "value", row.getValue());
    }
    json.writeEndArray();
    if (module.isPresent()) {
      json.writeFieldName("module");
      json.writeRawValue(new String(module.get(), StandardCharsets.UTF_8));
    }
    json.writeEndObject();
  }

  private static void row(
      JsonGenerator json, String keyName, String key, String valueName, String value)
      throws IOException {
    json.writeStartObject();
    json.writeStringField(keyName, key);
    json.writeStringField(valueName, value);
    json.writeEndObject();
  }

  /** What an outcome is called. */
  static String name(PlanOutcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
