package io.segue.bundles.gov;

import io.segue.bundles.gov.state.GovErrors;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.govv1beta1.MsgDeposit;
import io.segue.bundles.sdk.proto.govv1beta1.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.govv1beta1.MsgSubmitProposalResponse;
import io.segue.bundles.sdk.proto.govv1beta1.MsgVote;
import io.segue.bundles.sdk.proto.govv1beta1.MsgVoteWeighted;
import io.segue.bundles.sdk.proto.govv1beta1.WeightedVoteOption;
import io.segue.bundles.sdk.service.Services;

/**
 * The messages of governance as clients of version v1beta1 send them. Each is translated into the
 * one of today and handled as that; the responses have the same form.
 */
final class LegacyMessages {
  private final LegacyContents contents;

  LegacyMessages(Addresses addresses) {
    this.contents = new LegacyContents(addresses);
  }

  /** Adds what is done with them: what the handlers of today do with what they say. */
  void addTo(
      Services.Builder services,
      MsgSubmitProposalHandler submit,
      MsgDepositHandler deposit,
      MsgVoteHandler vote,
      MsgVoteWeightedHandler weightedVote) {
    services
        .message(MsgSubmitProposal.getDefaultInstance())
        .maxBytes(MsgSubmitProposalHandler.MAX_BYTES)
        .check((context, message) -> submit.check(context, translate(message)))
        .answer(
            MsgSubmitProposalResponse.getDefaultInstance(),
            (context, message) ->
                MsgSubmitProposalResponse.newBuilder()
                    .setProposalId(submit.handle(context, translate(message)).getProposalId())
                    .build())
        .message(MsgDeposit.getDefaultInstance())
        .maxBytes(MsgDepositHandler.MAX_BYTES)
        .check((context, message) -> deposit.check(context, translate(message)))
        .handle((context, message) -> deposit.handle(context, translate(message)))
        .message(MsgVote.getDefaultInstance())
        .maxBytes(MsgVoteHandler.MAX_BYTES)
        .check((context, message) -> vote.check(context, translate(message)))
        .handle((context, message) -> vote.handle(context, translate(message)))
        .message(MsgVoteWeighted.getDefaultInstance())
        .maxBytes(MsgVoteWeightedHandler.MAX_BYTES)
        .check((context, message) -> weightedVote.check(context, translate(message)))
        .handle((context, message) -> weightedVote.handle(context, translate(message)));
  }

  private io.segue.bundles.sdk.proto.gov.MsgSubmitProposal translate(MsgSubmitProposal message) {
    if (!message.hasContent()) {
      throw GovErrors.invalidContent("missing content");
    }
    LegacyContents.Content content = contents.read(message.getContent());
    return io.segue.bundles.sdk.proto.gov.MsgSubmitProposal.newBuilder()
        .addMessages(contents.wrap(message.getContent()))
        .addAllInitialDeposit(message.getInitialDepositList())
        .setProposer(message.getProposer())
        .setTitle(content.title())
        .setSummary(content.description())
        .build();
  }

  private static io.segue.bundles.sdk.proto.gov.MsgDeposit translate(MsgDeposit message) {
    return io.segue.bundles.sdk.proto.gov.MsgDeposit.newBuilder()
        .setProposalId(message.getProposalId())
        .setDepositor(message.getDepositor())
        .addAllAmount(message.getAmountList())
        .build();
  }

  private static io.segue.bundles.sdk.proto.gov.MsgVote translate(MsgVote message) {
    return io.segue.bundles.sdk.proto.gov.MsgVote.newBuilder()
        .setProposalId(message.getProposalId())
        .setVoter(message.getVoter())
        .setOptionValue(message.getOptionValue())
        .build();
  }

  private static io.segue.bundles.sdk.proto.gov.MsgVoteWeighted translate(MsgVoteWeighted message) {
    io.segue.bundles.sdk.proto.gov.MsgVoteWeighted.Builder translated =
        io.segue.bundles.sdk.proto.gov.MsgVoteWeighted.newBuilder()
            .setProposalId(message.getProposalId())
            .setVoter(message.getVoter());
    for (WeightedVoteOption option : message.getOptionsList()) {
      translated.addOptions(
          io.segue.bundles.sdk.proto.gov.WeightedVoteOption.newBuilder()
              .setOptionValue(option.getOptionValue())
              .setWeight(pointed(option.getWeight())));
    }
    return translated.build();
  }

  private static String pointed(String scaled) {
    try {
      return Dec.parseScaled(scaled).pointed();
    } catch (IllegalArgumentException e) {
      throw GovErrors.invalidVote(String.valueOf(e.getMessage()));
    }
  }
}
