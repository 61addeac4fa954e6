package io.segue.kernel.core.plan;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.UpgradeParams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a {@link PlanGenesis}, and names the part that is something else in an {@link
 * IllegalArgumentException}.
 */
final class PlanGenesisReader {
  private static final int DIGEST_BYTES = 32;

  private PlanGenesisReader() {}

  /** Reads the object, of which nothing was taken yet. */
  static PlanGenesis read(JsonParser json) throws IOException {
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
    for (PlanOutcome outcome : PlanOutcome.values()) {
      if (outcome != PlanOutcome.APPLIED && PlanGenesis.name(outcome).equals(name)) {
        return outcome;
      }
    }
    throw refused(
        "outcomes", "has \"" + name + "\" where aborted, skipped, replaced or cancelled belongs");
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

  private static byte[] copy(JsonParser json) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator copy = PlanGenesis.JSON.createGenerator(out)) {
      copy.copyCurrentStructure(json);
    }
    return out.toByteArray();
  }
}
