package io.segue.kernel.core.exec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.plan.PlanGenesis;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The {@code app_state} of a genesis file, cut into one piece of JSON for each module; pieces are
 * copied when they are asked for, as the whole may be large. The member {@code upgrade} is the
 * kernel's, see {@link PlanGenesis}.
 */
public final class AppState {
  private static final JsonFactory JSON = new JsonFactory();

  private final byte[] json;
  private final SortedMap<String, Range> members = new TreeMap<>();

  /** Where a member's value lies. */
  private record Range(int from, int to) {}

  private AppState(byte[] json) {
    this.json = json;
  }

  /**
   * Cuts an app state.
   *
   * @param json UTF-8; empty means no member
   * @throws IllegalArgumentException where it is no JSON object, or has a member twice
   */
  public static AppState read(byte[] json) {
    AppState state = new AppState(json);
    if (json.length == 0) {
      return state;
    }
    try (JsonParser parser = JSON.createParser(json)) {
      state.cut(parser);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("app_state is broken: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("app_state can't be read", e);
    }
    return state;
  }

  /**
   * Passes where every member is read by somebody.
   *
   * @param modules names that a member may have
   * @throws IllegalArgumentException where one has a name that no module has
   */
  void requireKnown(SortedSet<String> modules) {
    SortedSet<String> known = new TreeSet<>(modules);
    known.add(ModuleSet.UPGRADE);
    SortedSet<String> unknown = new TreeSet<>(members.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "app_state has members that no module reads: " + unknown + "; the known ones: " + known);
    }
  }

  /** A module's member; empty where the app state says nothing about it. */
  Optional<byte[]> member(String module) {
    return module.equals(ModuleSet.UPGRADE) ? upgrades().module() : piece(module);
  }

  /**
   * The plan state to begin with.
   *
   * @throws IllegalArgumentException where the member is something else; names the part
   */
  public PlanGenesis upgrades() {
    return piece(ModuleSet.UPGRADE).map(PlanGenesis::read).orElse(PlanGenesis.NONE);
  }

  private Optional<byte[]> piece(String name) {
    return Optional.ofNullable(members.get(name))
        .map(range -> Arrays.copyOfRange(json, range.from(), range.to()));
  }

  private void cut(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("app_state must be a JSON object");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
      parser.skipChildren();
      parser.finishToken();
      int to = Math.toIntExact(parser.currentLocation().getByteOffset());
      if (from < 0 || to > json.length) {
        throw new IllegalArgumentException("app_state must be UTF-8");
      }
      if (members.put(name, new Range(from, to)) != null) {
        throw new IllegalArgumentException("app_state has the member " + name + " twice");
      }
    }
    if (parser.nextToken() != null) {
      throw new IllegalArgumentException("something follows the JSON object of app_state");
    }
  }
}
