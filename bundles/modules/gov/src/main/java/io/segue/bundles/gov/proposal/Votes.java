package io.segue.bundles.gov.proposal;

import com.google.protobuf.ByteString;
import io.segue.bundles.gov.state.GovErrors;
import io.segue.bundles.gov.state.GovEvents;
import io.segue.bundles.gov.state.GovState;
import io.segue.bundles.gov.state.TextLimits;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Budget;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.gov.Count;
import io.segue.bundles.sdk.proto.gov.Vote;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.bundles.sdk.proto.gov.WeightedVoteOption;
import io.segue.bundles.sdk.state.Pair;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The votes on proposals, from the casting to the count. */
public final class Votes {
  private final Context context;
  private final KVStore store;
  private final Addresses addresses;

  public Votes(Context context, Addresses addresses) {
    this.context = context;
    this.store = context.store();
    this.addresses = addresses;
  }

  /** A vote for one option. */
  public static List<WeightedVoteOption> whole(VoteOption option) {
    return List.of(
        WeightedVoteOption.newBuilder().setOption(option).setWeight(Dec.ONE.pointed()).build());
  }

  /**
   * Passes where a vote is for an option there is.
   *
   * @throws ModuleException gov/7
   */
  public static void requireOption(int option) {
    if (!exists(option)) {
      throw GovErrors.invalidVote(name(option));
    }
  }

  /**
   * Passes where the weights of different options add up to 1.
   *
   * @throws ModuleException gov/7
   */
  public static void requireWeights(List<WeightedVoteOption> options) {
    if (options.isEmpty()) {
      throw SdkErrors.invalidRequest("null");
    }
    Set<VoteOption> used = EnumSet.noneOf(VoteOption.class);
    Dec total = Dec.ZERO;
    for (WeightedVoteOption option : options) {
      Dec weight = weight(option);
      total = total.plus(weight);
      if (!used.add(option.getOption())) {
        throw GovErrors.invalidVote("duplicated vote option");
      }
    }
    int comparison = total.compareTo(Dec.ONE);
    if (comparison != 0) {
      throw GovErrors.invalidVote(
          comparison > 0 ? "total weight overflow 1.00" : "total weight lower than 1.00");
    }
  }

  /**
   * Casts a vote, in place of an earlier one of the same voter.
   *
   * @throws ModuleException gov/3 where nothing is voted on, gov/15
   */
  public void cast(
      long proposalId, byte[] voter, List<WeightedVoteOption> options, String metadata) {
    Proposals proposals = new Proposals(store);
    if (!proposals.inVoting(proposalId)) {
      throw GovErrors.inactiveProposal(proposalId);
    }
    if (proposals.closedUntil().isPresent() && proposals.closed(proposals.require(proposalId))) {
      throw GovErrors.waitingProposal(proposalId);
    }
    TextLimits.requireMetadata(metadata);
    String address = addresses.account(voter);
    GovState.VOTES.set(
        store,
        Pair.of(proposalId, voter),
        Vote.newBuilder()
            .setProposalId(proposalId)
            .setVoter(address)
            .addAllOptions(options)
            .setMetadata(metadata)
            .build());
    context.emit(GovEvents.voted(address, options, proposalId));
  }

  /** Counts the votes on a proposal as they are now, and leaves them. */
  public Tally look(long proposalId) {
    Tally tally = begun(proposalId);
    GovState.VOTES.forEach(
        store,
        GovState.BY_ACCOUNT.startingWith(proposalId),
        (key, vote) -> count(tally, key.second(), vote));
    return tally;
  }

  /**
   * Counts the votes on a proposal and removes them, as far as the budget goes. What is left is
   * counted in the next blocks, with the validators as they were bonded when the count began.
   *
   * @return empty where some are left
   */
  public Optional<Tally> count(long proposalId, Budget budget) {
    Tally tally = begun(proposalId);
    boolean all =
        GovState.VOTES.drain(
            store,
            GovState.BY_ACCOUNT.startingWith(proposalId),
            budget,
            (key, vote) -> count(tally, key.second(), vote));
    if (all) {
      if (GovState.COUNT.has(store)) {
        GovState.COUNT.remove(store);
      }
      return Optional.of(tally);
    }
    put(tally.count(proposalId));
    context.emit(GovEvents.counting(proposalId, tally.votes()));
    return Optional.empty();
  }

  /** The count that goes on at the end of the next block. */
  public Optional<Count> begun() {
    return GovState.COUNT.find(store);
  }

  public void put(Count count) {
    GovState.COUNT.set(store, count);
  }

  /**
   * Removes the votes on a proposal, as far as the budget goes.
   *
   * @return whether none is left
   */
  public boolean discard(long proposalId, Budget budget) {
    return GovState.VOTES.drain(
        store, GovState.BY_ACCOUNT.startingWith(proposalId), budget, (key, vote) -> {});
  }

  private Tally begun(long proposalId) {
    return begun()
        .filter(count -> count.getProposalId() == proposalId)
        .map(Tally::new)
        .orElseGet(() -> new Tally(StakingPower.bonded(context)));
  }

  private void count(Tally tally, byte[] voter, Vote vote) {
    tally.vote(
        ByteString.copyFrom(voter),
        vote.getOptionsList(),
        StakingPower.delegationsOf(context, voter));
  }

  private static Dec weight(WeightedVoteOption option) {
    Dec weight;
    try {
      weight = Dec.parse(option.getWeight());
    } catch (IllegalArgumentException e) {
      throw invalid(option);
    }
    if (weight.signum() <= 0 || weight.compareTo(Dec.ONE) > 0 || !exists(option.getOptionValue())) {
      throw invalid(option);
    }
    return weight;
  }

  private static boolean exists(int option) {
    return VoteOption.forNumber(option) != null
        && option != VoteOption.VOTE_OPTION_UNSPECIFIED_VALUE;
  }

  private static ModuleException invalid(WeightedVoteOption option) {
    String weight = option.getWeight();
    String shown = weight.length() > 100 ? weight.substring(0, 100) + "..." : weight;
    return GovErrors.invalidVote(
        "option:" + name(option.getOptionValue()) + " weight:\"" + shown + "\" ");
  }

  private static String name(int option) {
    VoteOption known = VoteOption.forNumber(option);
    return known == null ? Integer.toString(option) : known.name();
  }
}
