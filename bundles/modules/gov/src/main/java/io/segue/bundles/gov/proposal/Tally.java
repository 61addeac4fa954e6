package io.segue.bundles.gov.proposal;

import com.google.protobuf.ByteString;
import io.segue.bundles.gov.proposal.StakingPower.Bonded;
import io.segue.bundles.gov.proposal.StakingPower.Delegation;
import io.segue.bundles.gov.proposal.StakingPower.Validator;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.gov.Count;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.proto.gov.TallyResult;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.bundles.sdk.proto.gov.WeightedVoteOption;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the votes on a proposal, as the Cosmos SDK 0.50 does.
 *
 * <p>A vote weighs what its voter delegated, valued at the validators' bonded tokens. What a
 * validator's delegators did not vote with themselves votes as the validator's own account does;
 * where that did not vote it is silent. Feed every vote in, then ask for the {@link #outcome}. The
 * order of votes does not matter: sums of decimals are exact.
 *
 * <p>A count may take several blocks. What the validators hold is what they held when it began, and
 * their delegators together never vote with more than that, however stake moves meanwhile.
 */
public final class Tally {
  private final BigInteger bonded;
  private final Map<ByteString, Position> positions = new LinkedHashMap<>();
  private final Map<VoteOption, Dec> power = new EnumMap<>(VoteOption.class);
  private Dec voted = Dec.ZERO;
  private long votes;

  /** A count that begins, with the validators that are bonded now. */
  Tally(Bonded bonded) {
    this.bonded = bonded.total();
    for (Validator validator : bonded.validators()) {
      positions.put(validator.account(), new Position(validator));
    }
  }

  /** A count that goes on, as {@link #count} saved it. */
  public Tally(Count count) {
    this.bonded = new BigInteger(count.getBonded());
    this.voted = Dec.parse(count.getVoted());
    this.votes = count.getVotes();
    for (Count.Position saved : count.getPositionsList()) {
      Position position =
          new Position(
              new Validator(
                  saved.getAccount(),
                  new BigInteger(saved.getTokens()),
                  Dec.parse(saved.getShares())));
      position.votedByDelegators = Dec.parse(saved.getVoted());
      if (saved.getOptionsCount() > 0) {
        position.vote = Optional.of(saved.getOptionsList());
      }
      positions.put(saved.getAccount(), position);
    }
    for (Count.Power saved : count.getPowersList()) {
      power.put(saved.getOption(), Dec.parse(saved.getPower()));
    }
  }

  /**
   * How a count ended.
   *
   * @param result power by option, in whole tokens
   * @param passes whether the proposal comes into force
   * @param burns whether the deposits are lost
   */
  public record Outcome(TallyResult result, boolean passes, boolean burns) {}

  /** What a bonded validator's votes come from. */
  private static final class Position {
    final Validator validator;
    Dec votedByDelegators = Dec.ZERO;
    Optional<List<WeightedVoteOption>> vote = Optional.empty();

    Position(Validator validator) {
      this.validator = validator;
    }

    /** Shares in tokens. */
    Dec worth(Dec shares) {
      return shares.times(validator.tokens()).dividedBy(validator.shares());
    }

    /** Shares that no delegator voted with. */
    Dec rest() {
      return validator.shares().minus(votedByDelegators);
    }
  }

  /** Counts one vote. Each voter votes once. */
  void vote(ByteString voter, List<WeightedVoteOption> options, List<Delegation> delegations) {
    votes++;
    Position own = positions.get(voter);
    if (own != null) {
      own.vote = Optional.of(options);
    }
    for (Delegation delegation : delegations) {
      Position position = positions.get(delegation.validator());
      if (position != null && position.validator.shares().signum() > 0) {
        Dec rest = position.rest();
        Dec shares = delegation.shares().compareTo(rest) > 0 ? rest : delegation.shares();
        position.votedByDelegators = position.votedByDelegators.plus(shares);
        add(position.worth(shares), options);
      }
    }
  }

  /** How many votes were counted. */
  long votes() {
    return votes;
  }

  /** The count as it stands, to go on with later. */
  public Count count(long proposalId) {
    Count.Builder count =
        Count.newBuilder()
            .setProposalId(proposalId)
            .setVotes(votes)
            .setBonded(bonded.toString())
            .setVoted(voted.pointed());
    for (Position position : positions.values()) {
      count
          .addPositionsBuilder()
          .setAccount(position.validator.account())
          .setTokens(position.validator.tokens().toString())
          .setShares(position.validator.shares().pointed())
          .setVoted(position.votedByDelegators.pointed())
          .addAllOptions(position.vote.orElse(List.of()));
    }
    power.forEach(
        (option, sum) -> count.addPowersBuilder().setOption(option).setPower(sum.pointed()));
    return count.build();
  }

  /** Ends the count; call it once. */
  public Outcome outcome(Params params, boolean expedited) {
    for (Position position : positions.values()) {
      if (position.vote.isPresent() && position.validator.shares().signum() > 0) {
        add(position.worth(position.rest()), position.vote.get());
      }
    }
    TallyResult result =
        TallyResult.newBuilder()
            .setYesCount(whole(VoteOption.VOTE_OPTION_YES))
            .setAbstainCount(whole(VoteOption.VOTE_OPTION_ABSTAIN))
            .setNoCount(whole(VoteOption.VOTE_OPTION_NO))
            .setNoWithVetoCount(whole(VoteOption.VOTE_OPTION_NO_WITH_VETO))
            .build();
    return decide(result, params, expedited);
  }

  private Outcome decide(TallyResult result, Params params, boolean expedited) {
    if (bonded.signum() == 0) {
      return new Outcome(result, false, false);
    }
    Dec turnout = voted.dividedBy(Dec.of(bonded));
    if (turnout.compareTo(Dec.parse(params.getQuorum())) < 0) {
      return new Outcome(result, false, params.getBurnVoteQuorum());
    }
    Dec decided = voted.minus(of(VoteOption.VOTE_OPTION_ABSTAIN));
    if (decided.signum() == 0) {
      return new Outcome(result, false, false);
    }
    Dec vetoes = of(VoteOption.VOTE_OPTION_NO_WITH_VETO).dividedBy(voted);
    if (vetoes.compareTo(Dec.parse(params.getVetoThreshold())) > 0) {
      return new Outcome(result, false, params.getBurnVoteVeto());
    }
    String threshold = expedited ? params.getExpeditedThreshold() : params.getThreshold();
    Dec yes = of(VoteOption.VOTE_OPTION_YES).dividedBy(decided);
    return new Outcome(result, yes.compareTo(Dec.parse(threshold)) > 0, false);
  }

  private void add(Dec votingPower, List<WeightedVoteOption> options) {
    for (WeightedVoteOption option : options) {
      Dec share = votingPower.times(Dec.parse(option.getWeight()));
      power.merge(option.getOption(), share, Dec::plus);
    }
    voted = voted.plus(votingPower);
  }

  private Dec of(VoteOption option) {
    return power.getOrDefault(option, Dec.ZERO);
  }

  private String whole(VoteOption option) {
    return of(option).truncate().toString();
  }
}
