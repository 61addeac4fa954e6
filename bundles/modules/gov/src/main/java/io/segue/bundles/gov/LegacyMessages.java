package io.segue.bundles.gov;

import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.BoundedParser;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.govv1beta1.MsgDeposit;
import io.segue.bundles.sdk.proto.govv1beta1.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.govv1beta1.MsgVote;
import io.segue.bundles.sdk.proto.govv1beta1.MsgVoteWeighted;
import io.segue.bundles.sdk.proto.govv1beta1.WeightedVoteOption;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The messages of governance as clients of version v1beta1 send them. Each is translated into the
 * one of today and handled as that; the responses have the same form.
 */
final class LegacyMessages {
  private static final String PACKAGE = "/cosmos.gov.v1beta1.";

  private final Addresses addresses;
  private final LegacyContents contents;

  LegacyMessages(Addresses addresses) {
    this.addresses = addresses;
    this.contents = new LegacyContents(addresses);
  }

  Map<String, MessageHandler> byTypeUrl(
      SubmitProposal submit, MakeDeposit deposit, CastVote vote, CastWeightedVote weightedVote) {
    return new TreeMap<>(
        Map.of(
            PACKAGE + "MsgSubmitProposal",
            new Translated<>(
                MsgSubmitProposal.parser(),
                SubmitProposal.MAX_BYTES,
                MsgSubmitProposal::getProposer,
                this::translate,
                submit),
            PACKAGE + "MsgDeposit",
            new Translated<>(
                MsgDeposit.parser(),
                MakeDeposit.MAX_BYTES,
                MsgDeposit::getDepositor,
                LegacyMessages::translate,
                deposit),
            PACKAGE + "MsgVote",
            new Translated<>(
                MsgVote.parser(),
                CastVote.MAX_BYTES,
                MsgVote::getVoter,
                LegacyMessages::translate,
                vote),
            PACKAGE + "MsgVoteWeighted",
            new Translated<>(
                MsgVoteWeighted.parser(),
                CastWeightedVote.MAX_BYTES,
                MsgVoteWeighted::getVoter,
                LegacyMessages::translate,
                weightedVote)));
  }

  /** Hands an old message to the handler of the new one. */
  private final class Translated<L extends Message> implements MessageHandler {
    private final BoundedParser<L> parser;
    private final Function<L, String> signer;
    private final Function<L, MessageLite> translation;
    private final MessageHandler target;

    Translated(
        Parser<L> parser,
        int maxBytes,
        Function<L, String> signer,
        Function<L, MessageLite> translation,
        MessageHandler target) {
      this.parser = new BoundedParser<>(parser, maxBytes);
      this.signer = signer;
      this.translation = translation;
      this.target = target;
    }

    @Override
    public List<byte[]> signers(byte[] message) {
      return List.of(addresses.signer(signer.apply(parser.parse(message))));
    }

    @Override
    public void validate(Context context, byte[] message) {
      target.validate(context, translated(message));
    }

    @Override
    public byte[] handle(Context context, byte[] message) {
      return target.handle(context, translated(message));
    }

    private byte[] translated(byte[] message) {
      return translation.apply(parser.parse(message)).toByteArray();
    }
  }

  private MessageLite translate(MsgSubmitProposal message) {
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

  private static MessageLite translate(MsgDeposit message) {
    return io.segue.bundles.sdk.proto.gov.MsgDeposit.newBuilder()
        .setProposalId(message.getProposalId())
        .setDepositor(message.getDepositor())
        .addAllAmount(message.getAmountList())
        .build();
  }

  private static MessageLite translate(MsgVote message) {
    return io.segue.bundles.sdk.proto.gov.MsgVote.newBuilder()
        .setProposalId(message.getProposalId())
        .setVoter(message.getVoter())
        .setOptionValue(message.getOptionValue())
        .build();
  }

  private static MessageLite translate(MsgVoteWeighted message) {
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
