package io.segue.bundles.gov;

import com.google.protobuf.MessageLite;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.SignedHandler;
import io.segue.bundles.sdk.proto.gov.MsgVoteWeighted;
import io.segue.bundles.sdk.proto.gov.MsgVoteWeightedResponse;
import io.segue.kernel.api.module.Context;

/** Splits a vote between options. */
final class CastWeightedVote extends SignedHandler<MsgVoteWeighted> {
  static final String TYPE_URL = "/cosmos.gov.v1.MsgVoteWeighted";

  /** Size of the largest weighted vote in bytes: metadata, an address, and four options. */
  static final int MAX_BYTES = 1024;

  CastWeightedVote(Addresses addresses) {
    super(addresses, MsgVoteWeighted.parser(), MAX_BYTES, MsgVoteWeighted::getVoter);
  }

  @Override
  protected void judge(Context context, MsgVoteWeighted message) {
    addresses().member("invalid voter address", message.getVoter());
    Ballots.requireWeights(message.getOptionsList());
  }

  @Override
  protected MessageLite execute(Context context, MsgVoteWeighted message) {
    Ballots.requireWeights(message.getOptionsList());
    new Ballots(context, addresses())
        .cast(
            message.getProposalId(),
            addresses().member("invalid voter address", message.getVoter()),
            message.getOptionsList(),
            message.getMetadata());
    return MsgVoteWeightedResponse.getDefaultInstance();
  }
}
