package io.segue.kernel.core.node;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.EvidenceParams;
import io.segue.kernel.api.abci.Abci.ValidatorParams;
import io.segue.kernel.api.abci.Abci.VersionParams;
import io.segue.kernel.api.abci.ConsensusBounds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code genesis.json} says of the chain, for a node whose engine does not tell because it
 * takes its first state from a snapshot.
 *
 * @param params groups that are absent have their defaults
 */
record GenesisFacts(String chainId, ConsensusParams params, long initialHeight) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String PARAMS = "/consensus_params";

  /**
   * Reads it.
   *
   * @throws IOException where it can't be read, or is no genesis; says what to do
   */
  static GenesisFacts read(Path file) throws IOException {
    Map<String, List<String>> texts = new TreeMap<>();
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = JSON.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException(file + " is no JSON object; put the genesis of the chain there");
      }
      members(parser, "", texts);
    } catch (JsonProcessingException e) {
      throw new IOException(
          file + " is no JSON; put the genesis of the chain there: " + e.getOriginalMessage(), e);
    }
    try {
      return of(texts);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          file + " is refused: " + e.getMessage() + "; put the genesis of the chain there", e);
    }
  }

  private static GenesisFacts of(Map<String, List<String>> texts) {
    if (!texts.containsKey("/chain_id")) {
      throw new IllegalArgumentException("it lacks chain_id");
    }
    ConsensusParams defaults = ConsensusParams.defaults(1);
    ConsensusParams params =
        new ConsensusParams(
            group(texts, "/block")
                .map(g -> new BlockParams(number(g, "/max_bytes"), number(g, "/max_gas")))
                .or(defaults::block),
            group(texts, "/evidence")
                .map(
                    g ->
                        new EvidenceParams(
                            number(g, "/max_age_num_blocks"),
                            Duration.ofNanos(number(g, "/max_age_duration")),
                            number(g, "/max_bytes")))
                .or(defaults::evidence),
            group(texts, "/validator")
                .map(
                    g ->
                        new ValidatorParams(
                            List.copyOf(g.getOrDefault("/pub_key_types", List.of()))))
                .or(defaults::validator),
            defaults.version());
    return new GenesisFacts(
        texts.get("/chain_id").get(0),
        ConsensusBounds.check(params),
        Math.max(1, number(texts, "/initial_height")));
  }

  /** These with the app version that a state has. */
  ConsensusParams params(long appVersion) {
    return new ConsensusParams(
        params.block(),
        params.evidence(),
        params.validator(),
        Optional.of(new VersionParams(appVersion)));
  }

  /** Keeps the texts of what counts, by their paths, and passes over the rest, however large. */
  private static void members(JsonParser parser, String path, Map<String, List<String>> texts)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = path + "/" + parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT && member.startsWith(PARAMS)) {
        texts.put(member, List.of());
        members(parser, member, texts);
      } else if (value == JsonToken.START_ARRAY && member.startsWith(PARAMS)) {
        List<String> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          parser.skipChildren();
          items.add(parser.getText());
        }
        texts.put(member, items);
      } else if (value.isStructStart()) {
        parser.skipChildren();
      } else if (value != JsonToken.VALUE_NULL) {
        texts.put(member, List.of(parser.getText()));
      }
    }
  }

  private static Optional<Map<String, List<String>>> group(
      Map<String, List<String>> texts, String name) {
    String path = PARAMS + name;
    if (!texts.containsKey(path)) {
      return Optional.empty();
    }
    Map<String, List<String>> group = new TreeMap<>();
    texts.forEach(
        (member, text) -> {
          if (member.startsWith(path + "/")) {
            group.put(member.substring(path.length()), text);
          }
        });
    return Optional.of(group);
  }

  private static long number(Map<String, List<String>> texts, String name) {
    List<String> text = texts.getOrDefault(name, List.of("0"));
    try {
      return Long.parseLong(text.get(0));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name.substring(1) + " is " + text + ", no number", e);
    }
  }
}
