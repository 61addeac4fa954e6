package io.segue.kernel.core.exec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The {@code app_state} of a genesis file, cut into one piece of JSON for each module. The member
 * {@code upgrade} is the kernel's: {@code {"generation": "<hex>"}} binds the chain to the digest of
 * its first generation, an empty text or no member leaves it open.
 */
final class AppState {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String GENERATION = "generation";
  private static final int DIGEST_BYTES = 32;

  private final SortedMap<String, byte[]> members = new TreeMap<>();
  private Optional<byte[]> generation = Optional.empty();

  private AppState() {}

  /**
   * Reads an app state.
   *
   * @param json UTF-8; empty means no member
   * @param modules names that a member may have
   * @throws IllegalArgumentException where it is no JSON object, or has a member twice or of a name
   *     that no module has
   */
  static AppState read(byte[] json, SortedSet<String> modules) {
    AppState state = new AppState();
    if (json.length == 0) {
      return state;
    }
    try (JsonParser parser = JSON.createParser(json)) {
      state.cut(parser, json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("app_state is broken: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("app_state can't be read", e);
    }
    byte[] upgrade = state.members.remove(ModuleSet.UPGRADE);
    if (upgrade != null) {
      state.generation = readGeneration(upgrade);
    }
    SortedSet<String> unknown = new TreeSet<>(state.members.keySet());
    unknown.removeAll(modules);
    if (!unknown.isEmpty()) {
      SortedSet<String> known = new TreeSet<>(modules);
      known.add(ModuleSet.UPGRADE);
      throw new IllegalArgumentException(
          "app_state has members that no module reads: " + unknown + "; the known ones: " + known);
    }
    return state;
  }

  /** A module's member; empty where the app state says nothing about it. */
  Optional<byte[]> member(String module) {
    return Optional.ofNullable(members.get(module));
  }

  /** Digest of the first generation; empty where it is not bound. */
  Optional<byte[]> generation() {
    return generation;
  }

  private void cut(JsonParser parser, byte[] json) throws IOException {
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
      if (members.put(name, Arrays.copyOfRange(json, from, to)) != null) {
        throw new IllegalArgumentException("app_state has the member " + name + " twice");
      }
    }
    if (parser.nextToken() != null) {
      throw new IllegalArgumentException("something follows the JSON object of app_state");
    }
  }

  private static Optional<byte[]> readGeneration(byte[] json) {
    String hex = "";
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("member upgrade of app_state must be an object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (!name.equals(GENERATION) || parser.nextToken() != JsonToken.VALUE_STRING) {
          throw new IllegalArgumentException(
              "member upgrade of app_state may hold the text generation, not " + name);
        }
        hex = parser.getText();
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("member upgrade of app_state is broken", e);
    }
    if (hex.isEmpty()) {
      return Optional.empty();
    }
    if (hex.length() != 2 * DIGEST_BYTES) {
      throw new IllegalArgumentException(
          "generation in member upgrade of app_state must be 64 hex digits or empty: " + hex);
    }
    return Optional.of(HexFormat.of().parseHex(hex));
  }
}
