package io.segue.kernel.core.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.UpgradeParams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
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

  private static final int DIGEST_BYTES = 32;
  private static final JsonFactory JSON =
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
      return read(parser);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "member upgrade of app_state is broken: " + e.getMessage(), e);
    }
  }

  private static PlanGenesis read(JsonParser json) throws IOException {
    Optional<byte[]> generation = Optional.empty();
    long protocolVersion = 0;
    Optional<Plan> plan = Optional.empty();
    List<DonePlan> done = new ArrayList<>();
    List<PastPlan> outcomes = List.of();
    UpgradeParams params = UpgradeParams.DEFAULT;
    SortedMap<String, Long> moduleVersions = new TreeMap<>();
    SortedMap<String, String> other = new TreeMap<>();
    Optional<byte[]> module = Optional.empty();
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("member upgrade of app_state must be an object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "generation" -> generation = digest(name, text(name, json));
        case "protocol_version" -> protocolVersion = number(name, text(name, json));
        case "plan" -> plan = plan(json);
        case "done" -> done = done(json);
        case "outcomes" -> outcomes = outcomes(json);
        case "params" -> params = params(json);
        case "module_versions" ->
            rows(name, json, "name", "version")
                .forEach((each, version) -> moduleVersions.put(each, number(name, version)));
        case "module" -> module = Optional.of(copy(json));
        case "other" -> other.putAll(rows(name, json, "key", "value"));
        default ->
            throw new IllegalArgumentException(
                "member upgrade of app_state has an unknown member "
                    + name
                    + "; remove it, or start the node with the distribution that wrote it");
      }
    }
    done.sort(Comparator.comparingLong(DonePlan::height).thenComparing(DonePlan::name));
    return new PlanGenesis(
        generation,
        protocolVersion,
        plan,
        List.copyOf(done),
        outcomes,
        params,
        moduleVersions,
        other,
        module);
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

  private static byte[] copy(JsonParser json) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator copy = JSON.createGenerator(out)) {
      copy.copyCurrentStructure(json);
    }
    return out.toByteArray();
  }

  private static void row(
      JsonGenerator json, String keyName, String key, String valueName, String value)
      throws IOException {
    json.writeStartObject();
    json.writeStringField(keyName, key);
    json.writeStringField(valueName, value);
    json.writeEndObject();
  }

  private static Optional<Plan> plan(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return Optional.empty();
    }
    Map<String, String> members = members("plan", json, List.of("name", "height", "info"));
    return Optional.of(
        new Plan(
            members.getOrDefault("name", ""),
            number("plan", members.getOrDefault("height", "")),
            members.getOrDefault("info", "")));
  }

  private static List<DonePlan> done(JsonParser json) throws IOException {
    List<DonePlan> done = new ArrayList<>();
    requireArray("done", json);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Map<String, String> members = members("done", json, List.of("name", "height", "generation"));
      String name = members.getOrDefault("name", "");
      if (name.isEmpty()) {
        throw refused("done", "has an entry without a name");
      }
      done.add(
          new DonePlan(
              name,
              number("done", members.getOrDefault("height", "")),
              digest("done", members.getOrDefault("generation", ""))));
    }
    return done;
  }

  private static List<PastPlan> outcomes(JsonParser json) throws IOException {
    List<PastPlan> outcomes = new ArrayList<>();
    requireArray("outcomes", json);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Map<String, String> members = members("outcomes", json, List.of("name", "height", "outcome"));
      String name = members.getOrDefault("name", "");
      if (name.isEmpty()) {
        throw refused("outcomes", "has an entry without a name");
      }
      outcomes.add(
          new PastPlan(
              name,
              number("outcomes", members.getOrDefault("height", "")),
              outcome(members.getOrDefault("outcome", "")),
              Optional.empty()));
    }
    return List.copyOf(outcomes);
  }

  private static PlanOutcome outcome(String name) {
    for (PlanOutcome outcome : List.of(PlanOutcome.ABORTED, PlanOutcome.SKIPPED)) {
      if (name(outcome).equals(name)) {
        return outcome;
      }
    }
    throw refused("outcomes", "has \"" + name + "\" where aborted or skipped belongs");
  }

  private static String name(PlanOutcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  private static UpgradeParams params(JsonParser json) throws IOException {
    String allowAbort = "allow_abort";
    String checkInvariants = "check_invariants";
    SortedMap<String, Boolean> flags = new TreeMap<>();
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw refused("params", "must be an object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (!name.equals(allowAbort) && !name.equals(checkInvariants)) {
        throw refused(
            "params",
            "has an unknown member "
                + name
                + "; the known ones are "
                + List.of(allowAbort, checkInvariants));
      }
      if (!json.currentToken().isBoolean()) {
        throw refused("params", "has no true or false as " + name);
      }
      flags.put(name, json.getBooleanValue());
    }
    return new UpgradeParams(
        flags.getOrDefault(allowAbort, false), flags.getOrDefault(checkInvariants, false));
  }

  private static SortedMap<String, String> rows(
      String where, JsonParser json, String key, String value) throws IOException {
    SortedMap<String, String> rows = new TreeMap<>();
    requireArray(where, json);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Map<String, String> members = members(where, json, List.of(key, value));
      String name = members.getOrDefault(key, "");
      if (name.isEmpty() || rows.put(name, members.getOrDefault(value, "")) != null) {
        throw refused(where, "has no " + key + ", or " + name + " twice");
      }
    }
    return rows;
  }

  private static Map<String, String> members(String where, JsonParser json, List<String> known)
      throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw refused(where, "must be made of objects");
    }
    Map<String, String> members = new TreeMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (!known.contains(name)) {
        throw refused(where, "has an unknown member " + name + "; the known ones are " + known);
      }
      json.nextToken();
      members.put(name, text(where + "." + name, json));
    }
    return members;
  }

  private static void requireArray(String where, JsonParser json) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw refused(where, "must be an array");
    }
  }

  private static String text(String where, JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw refused(where, "must be a text in quotes");
    }
    return json.getText();
  }

  private static long number(String where, String text) {
    try {
      long number = Long.parseLong(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refused(where, "has \"" + text + "\" where a number from 1 up belongs");
    }
    throw refused(where, "has \"" + text + "\" where a number from 1 up belongs");
  }

  private static Optional<byte[]> digest(String where, String hex) {
    if (hex.isEmpty()) {
      return Optional.empty();
    }
    if (hex.length() != 2 * DIGEST_BYTES) {
      throw refused(where, "must be 64 hex digits or empty: " + hex);
    }
    return Optional.of(HexFormat.of().parseHex(hex));
  }

  private static IllegalArgumentException refused(String where, String why) {
    return new IllegalArgumentException(where + " in member upgrade of app_state " + why);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
