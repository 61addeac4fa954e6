package io.segue.bundles.gov;

import io.segue.bundles.gov.proposal.Votes;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.gov.MsgVote;
import io.segue.kernel.api.module.Context;

/** Votes for one option. */
final class MsgVoteHandler {
  /** Size of the largest vote in bytes: the metadata, an address, and room to spare. */
  static final int MAX_BYTES = 1024;

  private final Addresses addresses;

  MsgVoteHandler(Addresses addresses) {
    this.addresses = addresses;
  }

  void check(Context context, MsgVote message) {
    addresses.member("invalid voter address", message.getVoter());
    Votes.requireOption(message.getOptionValue());
  }

  void handle(Context context, MsgVote message) {
    Votes.requireOption(message.getOptionValue());
    new Votes(context, addresses)
        .cast(
            message.getProposalId(),
            addresses.member("invalid voter address", message.getVoter()),
            Votes.whole(message.getOption()),
            message.getMetadata());
  }
}
