package io.segue.bundles.gov;

import io.segue.bundles.gov.proposal.Votes;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.gov.MsgVoteWeighted;
import io.segue.kernel.api.module.Context;

/** Splits a vote between options. */
final class MsgVoteWeightedHandler {
  /** Size of the largest weighted vote in bytes: metadata, an address, and four options. */
  static final int MAX_BYTES = 1024;

  private final Addresses addresses;

  MsgVoteWeightedHandler(Addresses addresses) {
    this.addresses = addresses;
  }

  void check(Context context, MsgVoteWeighted message) {
    addresses.member("invalid voter address", message.getVoter());
    Votes.requireWeights(message.getOptionsList());
  }

  void handle(Context context, MsgVoteWeighted message) {
    Votes.requireWeights(message.getOptionsList());
    new Votes(context, addresses)
        .cast(
            message.getProposalId(),
            addresses.member("invalid voter address", message.getVoter()),
            message.getOptionsList(),
            message.getMetadata());
  }
}
