package io.segue.bundles.gov;

import com.google.protobuf.MessageLite;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.SignedHandler;
import io.segue.bundles.sdk.proto.gov.MsgVote;
import io.segue.bundles.sdk.proto.gov.MsgVoteResponse;
import io.segue.kernel.api.module.Context;

/** Votes for one option. */
final class CastVote extends SignedHandler<MsgVote> {
  static final String TYPE_URL = "/cosmos.gov.v1.MsgVote";

  /** Size of the largest vote in bytes: the metadata, an address, and room to spare. */
  static final int MAX_BYTES = 1024;

  CastVote(Addresses addresses) {
    super(addresses, MsgVote.parser(), MAX_BYTES, MsgVote::getVoter);
  }

  @Override
  protected void judge(Context context, MsgVote message) {
    addresses().member("invalid voter address", message.getVoter());
    Ballots.requireOption(message.getOptionValue());
  }

  @Override
  protected MessageLite execute(Context context, MsgVote message) {
    Ballots.requireOption(message.getOptionValue());
    new Ballots(context, addresses())
        .cast(
            message.getProposalId(),
            addresses().member("invalid voter address", message.getVoter()),
            Ballots.whole(message.getOption()),
            message.getMetadata());
    return MsgVoteResponse.getDefaultInstance();
  }
}
