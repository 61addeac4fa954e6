package io.segue.bundles.rpc.method;

import io.segue.bundles.rpc.json.ConsensusJson;
import io.segue.bundles.rpc.json.JsonOut;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.Commit;
import io.segue.kernel.api.engine.Engine.CommitSig;
import io.segue.kernel.api.engine.Engine.ValidatorInfo;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far the deciding of the next height is, as {@code consensus_state} tells it. An engine whose
 * validator decides alone has no rounds in which votes come in one by one: the next height is
 * always about to begin, and the last one has all votes of its commit.
 *
 * @param height the next one
 * @param last the commit of the height before; empty before the first
 */
public record RoundState(
    long height,
    ValidatorInfo proposer,
    List<ValidatorInfo> validators,
    List<ValidatorInfo> lastValidators,
    Optional<Commit> last) {
  private static final int NEW_HEIGHT = 1;
  private static final int COMMITTED = 2;
  private static final int PRINT_BYTES = 6;
  private static final String NO_VOTE = "nil-Vote";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** Go's zero time. */
  private static final Instant NO_TIME = Instant.parse("0001-01-01T00:00:00Z");

  static RoundState of(Engine engine) {
    long last = engine.height();
    return new RoundState(
        last + 1,
        engine.validator(),
        engine.validators(last + 1),
        last == 0 ? List.of() : engine.validators(last),
        engine.commit(last));
  }

  /** A member {@code round_state} with the little that there is to see while votes come in. */
  void writeSummary(JsonOut out) throws IOException {
    out.object(
        "round_state",
        () -> {
          out.text("height/round/step", height + "/0/" + NEW_HEIGHT);
          out.time("start_time", start());
          out.text("proposal_block_hash", "");
          out.text("locked_block_hash", "");
          out.text("valid_block_hash", "");
          writeVotes(out, "height_vote_set");
          out.object(
              "proposer",
              () -> {
                out.hex("address", proposer.address());
                out.int32("index", indexOf(proposer.address()));
              });
        });
  }

  /** A member {@code round_state} with all. */
  void write(JsonOut out) throws IOException {
    out.object(
        "round_state",
        () -> {
          out.int64("height", height);
          out.int32("round", 0);
          out.int32("step", NEW_HEIGHT);
          out.time("start_time", start());
          out.time("commit_time", start());
          writeSet(out, "validators", validators);
          out.none("proposal");
          out.none("proposal_block");
          out.none("proposal_block_parts");
          out.int32("locked_round", -1);
          out.none("locked_block");
          out.none("locked_block_parts");
          out.int32("valid_round", -1);
          out.none("valid_block");
          out.none("valid_block_parts");
          writeVotes(out, "votes");
          out.int32("commit_round", -1);
          writeLast(out);
          writeSet(out, "last_validators", lastValidators);
          out.flag("triggered_timeout_precommit", false);
        });
  }

  /** When the last height was decided. */
  private Instant start() {
    return last.stream()
        .flatMap(commit -> commit.signatures().stream())
        .filter(signature -> signature.blockIdFlag() == COMMITTED)
        .map(CommitSig::timestamp)
        .findFirst()
        .orElse(NO_TIME);
  }

  private void writeVotes(JsonOut out, String name) throws IOException {
    List<String> none = Collections.nCopies(validators.size(), NO_VOTE);
    String bits = bits("_".repeat(validators.size()), 0, validators);
    out.array(
        name,
        List.of(0),
        round ->
            out.object(
                () -> {
                  out.int32("round", round);
                  out.array("prevotes", none, out::string);
                  out.text("prevotes_bit_array", bits);
                  out.array("precommits", none, out::string);
                  out.text("precommits_bit_array", bits);
                }));
  }

  private void writeLast(JsonOut out) throws IOException {
    if (last.isEmpty()) {
      out.none("last_commit");
      return;
    }
    Commit commit = last.get();
    StringBuilder voted = new StringBuilder();
    long power = 0;
    for (int i = 0; i < commit.signatures().size(); i++) {
      boolean has = commit.signatures().get(i).blockIdFlag() == COMMITTED;
      voted.append(has ? 'x' : '_');
      power += has && i < lastValidators.size() ? lastValidators.get(i).power() : 0;
    }
    String bits = bits(voted.toString(), power, lastValidators);
    out.object(
        "last_commit",
        () -> {
          out.array("votes", commit.signatures(), signature -> out.string(vote(commit, signature)));
          out.text("votes_bit_array", bits);
          out.object("peer_maj_23s", () -> {});
        });
  }

  private static String vote(Commit commit, CommitSig signature) {
    if (signature.blockIdFlag() != COMMITTED) {
      return NO_VOTE;
    }
    return String.format(
        Locale.ROOT,
        "Vote{%d:%s %d/%02d/SIGNED_MSG_TYPE_PRECOMMIT(Precommit) %s %s %s @ %s}",
        commit.signatures().indexOf(signature),
        print(signature.validatorAddress()),
        commit.height(),
        commit.round(),
        print(commit.blockId().hash()),
        print(signature.signature()),
        print(new byte[0]),
        JsonOut.rfc3339(signature.timestamp()));
  }

  /** The first bytes of a hash, by which people tell one from the other. */
  private static String print(byte[] bytes) {
    return HEX.formatHex(Arrays.copyOf(bytes, PRINT_BYTES));
  }

  private static String bits(String voted, long power, List<ValidatorInfo> set) {
    long total = set.stream().mapToLong(ValidatorInfo::power).sum();
    return String.format(
        Locale.ROOT,
        "BA{%d:%s} %d/%d = %.2f",
        voted.length(),
        voted,
        power,
        total,
        total == 0 ? 0 : (double) power / total);
  }

  private void writeSet(JsonOut out, String name, List<ValidatorInfo> set) throws IOException {
    out.object(
        name,
        () -> {
          out.array("validators", set, validator -> ConsensusJson.validator(out, validator));
          if (set.isEmpty()) {
            out.none("proposer");
          } else {
            ConsensusJson.validator(out, "proposer", proposer);
          }
        });
  }

  private int indexOf(byte[] address) {
    for (int i = 0; i < validators.size(); i++) {
      if (Arrays.equals(validators.get(i).address(), address)) {
        return i;
      }
    }
    return -1;
  }
}
