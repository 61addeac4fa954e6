package io.segue.bundles.consensus.comet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.kernel.api.abci.Abci.Misbehavior;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Evidence in CometBFT's JSON, as the misbehavior that CometBFT tells the application. */
final class Evidence {
  private Evidence() {}

  /**
   * The misbehavior that a block's evidence proves, in its order.
   *
   * @throws IllegalArgumentException where there is evidence of another kind than those of ABCI 2.0
   */
  static List<Misbehavior> misbehavior(JsonNode evidence) {
    List<Misbehavior> all = new ArrayList<>();
    for (JsonNode one : evidence) {
      String type = one.path("type").asText();
      JsonNode value = one.path("value");
      switch (type) {
        case "tendermint/DuplicateVoteEvidence" -> {
          JsonNode vote = value.path("vote_a");
          all.add(
              misbehavior(
                  Misbehavior.DUPLICATE_VOTE,
                  vote.path("validator_address"),
                  value.path("ValidatorPower"),
                  vote.path("height"),
                  value));
        }
        case "tendermint/LightClientAttackEvidence" -> {
          for (JsonNode validator : value.path("ByzantineValidators")) {
            all.add(
                misbehavior(
                    Misbehavior.LIGHT_CLIENT_ATTACK,
                    validator.path("address"),
                    validator.path("voting_power"),
                    value.path("CommonHeight"),
                    value));
          }
        }
        default -> throw new IllegalArgumentException("evidence of kind '" + type + "'");
      }
    }
    return List.copyOf(all);
  }

  private static Misbehavior misbehavior(
      int type, JsonNode address, JsonNode power, JsonNode height, JsonNode value) {
    return new Misbehavior(
        type,
        CometJson.hex(address),
        power.asLong(),
        height.asLong(),
        Instant.parse(value.path("Timestamp").asText()),
        value.path("TotalVotingPower").asLong());
  }
}
