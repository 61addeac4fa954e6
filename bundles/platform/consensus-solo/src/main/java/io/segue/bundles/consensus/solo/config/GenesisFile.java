package io.segue.bundles.consensus.solo.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.consensus.solo.chain.Genesis;
import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.EvidenceParams;
import io.segue.kernel.api.abci.Abci.ValidatorParams;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.abci.Abci.VersionParams;
import io.segue.kernel.api.abci.ConsensusBounds;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code genesis.json} of CometBFT. The file may be large (an account takes some hundred
 * bytes), so it is walked once and {@code app_state} is passed over; only where it starts and ends
 * is kept.
 */
public final class GenesisFile {
  /** CometBFT's limit of a chain id, in characters. */
  private static final int MAX_CHAIN_ID = 50;

  private GenesisFile() {}

  /**
   * Reads a genesis.
   *
   * @throws ConfigException where the file is absent or no genesis; the message names the member
   */
  public static Genesis read(Path file) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode members = mapper.createObjectNode();
    long[] appState = {0, 0};
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = mapper.getFactory().createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ConfigException(file + " is no JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("app_state")) {
          appState[0] = parser.currentTokenLocation().getByteOffset();
          parser.skipChildren();
          appState[1] = parser.currentLocation().getByteOffset();
        } else {
          members.set(name, mapper.readTree(parser));
        }
      }
    } catch (JsonProcessingException e) {
      throw new ConfigException(
          file + " is no JSON: " + e.getOriginalMessage() + " at " + e.getLocation(), e);
    } catch (IOException e) {
      throw new ConfigException(file + " can't be read; make it with 'segue init'", e);
    }
    try {
      return genesis(file, members, () -> slice(file, appState[0], appState[1]));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new ConfigException(file + " is refused: " + e.getMessage(), e);
    }
  }

  private static Genesis genesis(Path file, JsonNode members, Genesis.Source appState) {
    String chainId = members.path("chain_id").asText();
    if (chainId.isEmpty() || chainId.length() > MAX_CHAIN_ID) {
      throw new ConfigException(
          file + ": \"chain_id\" must have 1 to " + MAX_CHAIN_ID + " characters");
    }
    long initialHeight = number(members, "initial_height", 1);
    if (initialHeight < 0 || initialHeight > ConsensusBounds.MAX_INITIAL_HEIGHT) {
      throw new IllegalArgumentException(
          "\"initial_height\" is "
              + initialHeight
              + "; allowed is 0 to "
              + ConsensusBounds.MAX_INITIAL_HEIGHT
              + ", where 0 means 1");
    }
    if (members.path("genesis_time").isMissingNode()) {
      throw new ConfigException(file + " lacks \"genesis_time\"");
    }
    return new Genesis(
        ConsensusBounds.checkGenesisTime(Instant.parse(members.path("genesis_time").asText())),
        chainId,
        Math.max(1, initialHeight),
        params(members.path("consensus_params")),
        validators(members.path("validators")),
        appState);
  }

  /**
   * The parameters, which with the defaults for absent groups are within their bounds; a number
   * that is absent from its group counts as 0.
   */
  private static ConsensusParams params(JsonNode params) {
    group(params, "abci").ifPresent(GenesisFile::requireNoVoteExtensions);
    ConsensusParams given = groups(params);
    ConsensusBounds.check(ConsensusParams.defaults(1).with(given));
    return given;
  }

  private static void requireNoVoteExtensions(JsonNode abci) {
    if (number(abci, "vote_extensions_enable_height", 0) != 0) {
      throw new IllegalArgumentException(
          "consensus parameter abci.vote_extensions_enable_height is "
              + abci.path("vote_extensions_enable_height").asText()
              + "; allowed is 0: a validator that decides alone extends no votes");
    }
  }

  private static ConsensusParams groups(JsonNode params) {
    return new ConsensusParams(
        group(params, "block")
            .map(g -> new BlockParams(number(g, "max_bytes", 0), number(g, "max_gas", 0))),
        group(params, "evidence")
            .map(
                g ->
                    new EvidenceParams(
                        number(g, "max_age_num_blocks", 0),
                        Duration.ofNanos(number(g, "max_age_duration", 0)),
                        number(g, "max_bytes", 0))),
        group(params, "validator").map(g -> new ValidatorParams(texts(g.path("pub_key_types")))),
        group(params, "version").map(g -> new VersionParams(number(g, "app", 0))));
  }

  private static Optional<JsonNode> group(JsonNode params, String name) {
    JsonNode group = params.path(name);
    if (group.isMissingNode() || group.isNull()) {
      return Optional.empty();
    }
    if (!group.isObject()) {
      throw new IllegalArgumentException(
          "\"consensus_params\": \"" + name + "\" is no JSON object");
    }
    return Optional.of(group);
  }

  private static List<ValidatorUpdate> validators(JsonNode list) {
    List<ValidatorUpdate> validators = new ArrayList<>();
    for (JsonNode validator : list) {
      JsonNode key = validator.path("pub_key");
      if (!key.path("type").asText().equals("tendermint/PubKeyEd25519")) {
        throw new IllegalArgumentException(
            "\"validators\" has a key of type \""
                + key.path("type").asText()
                + "\"; only tendermint/PubKeyEd25519 is known");
      }
      validators.add(
          new ValidatorUpdate(
              "ed25519",
              Base64.getDecoder().decode(key.path("value").asText()),
              number(validator, "power", 0)));
    }
    return List.copyOf(validators);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return List.copyOf(texts);
  }

  /** A 64-bit number, which CometBFT writes as a string. */
  private static long number(JsonNode object, String name, long absent) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    try {
      return Long.parseLong(value.asText());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is \"" + value.asText() + "\", which is no number", e);
    }
  }

  private static byte[] slice(Path file, long start, long end) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(end - start)];
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(start);
      in.readFully(bytes);
    }
    return bytes;
  }
}
