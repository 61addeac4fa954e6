package io.segue.bundles.gov;

import com.google.protobuf.ByteString;
import io.segue.bundles.gov.AccountRows.Row;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.Vote;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.bundles.sdk.proto.gov.WeightedVoteOption;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The votes on proposals, from the casting to the count. */
final class Ballots {
  private final Context context;
  private final Addresses addresses;
  private final AccountRows<Vote> rows;

  Ballots(Context context, Addresses addresses) {
    this.context = context;
    this.addresses = addresses;
    this.rows = AccountRows.votes(context.store());
  }

  /** A vote for one option. */
  static List<WeightedVoteOption> whole(VoteOption option) {
    return List.of(
        WeightedVoteOption.newBuilder().setOption(option).setWeight(Dec.ONE.pointed()).build());
  }

  /**
   * Passes where a vote is for an option there is.
   *
   * @throws ModuleException gov/7
   */
  static void requireOption(int option) {
    if (!exists(option)) {
      throw GovErrors.invalidVote(name(option));
    }
  }

  /**
   * Passes where the weights of different options add up to 1.
   *
   * @throws ModuleException gov/7
   */
  static void requireWeights(List<WeightedVoteOption> options) {
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
  void cast(long proposalId, byte[] voter, List<WeightedVoteOption> options, String metadata) {
    if (!new Proposals(context.store()).inVoting(proposalId)) {
      throw GovErrors.inactiveProposal(proposalId);
    }
    TextLimits.requireMetadata(metadata);
    String address = addresses.account(voter);
    rows.put(
        proposalId,
        voter,
        Vote.newBuilder()
            .setProposalId(proposalId)
            .setVoter(address)
            .addAllOptions(options)
            .setMetadata(metadata)
            .build());
    context.emit(GovEvents.voted(address, options, proposalId));
  }

  /** Counts the votes on a proposal as they are now. */
  Tally.Outcome count(Proposal proposal, Params params) {
    Tally tally = new Tally(Stake.bonded(context));
    for (Row<Vote> row : rows.of(proposal.getId())) {
      tally.vote(
          ByteString.copyFrom(row.account()),
          row.value().getOptionsList(),
          Stake.delegationsOf(context, row.account()));
    }
    return tally.outcome(params, proposal.getExpedited());
  }

  /** Removes the votes on a proposal. */
  void discard(long proposalId) {
    rows.removeAll(proposalId);
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
