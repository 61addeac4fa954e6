package io.segue.bundles.gov;

import static io.segue.bundles.gov.GovChain.A;
import static io.segue.bundles.gov.GovChain.B;
import static io.segue.bundles.gov.GovChain.GOV;
import static io.segue.bundles.gov.GovChain.proposal;
import static io.segue.bundles.gov.GovChain.upgradeTo;
import static io.segue.bundles.gov.GovChain.vote;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.segue.bundles.sdk.proto.gov.MsgCancelProposal;
import io.segue.bundles.sdk.proto.gov.MsgExecLegacyContent;
import io.segue.bundles.sdk.proto.gov.MsgUpdateParams;
import io.segue.bundles.sdk.proto.gov.MsgVoteWeighted;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.bundles.sdk.proto.gov.WeightedVoteOption;
import io.segue.bundles.sdk.proto.govv1beta1.TextProposal;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What users send reaches the state only as far as it is known, and as it is limited. */
class StoredFormTest {
  private static final int NUMBER = 1024;

  @Test
  void whatIsUnknownIsNotKept() {
    try (GovChain clean = GovChain.started();
        GovChain chain = GovChain.started()) {
      for (Message message : messages()) {
        clean.succeed(message);
        chain.succeed(polluted(message));
        assertThat(chain.chain().dump("gov")).isEqualTo(clean.chain().dump("gov"));
      }
    }
  }

  private static List<Message> messages() {
    return List.of(
        proposal("10stake", upgradeTo("v2", 1000)).build(),
        GovChain.deposit(B, 1, "3stake"),
        vote(A, 1, VoteOption.VOTE_OPTION_YES),
        weighted(B, "0.5"),
        io.segue.bundles.sdk.proto.govv1beta1.MsgSubmitProposal.newBuilder()
            .setContent(
                GovChain.pack(TextProposal.newBuilder().setTitle("t").setDescription("d").build()))
            .addAllInitialDeposit(GovChain.coins("10stake"))
            .setProposer(A)
            .build(),
        io.segue.bundles.sdk.proto.govv1beta1.MsgDeposit.newBuilder()
            .setProposalId(2)
            .setDepositor(B)
            .addAllAmount(GovChain.coins("1stake"))
            .build(),
        io.segue.bundles.sdk.proto.govv1beta1.MsgVote.newBuilder()
            .setProposalId(2)
            .setVoter(A)
            .setOptionValue(1)
            .build(),
        io.segue.bundles.sdk.proto.govv1beta1.MsgVoteWeighted.newBuilder()
            .setProposalId(2)
            .setVoter(B)
            .addOptions(
                io.segue.bundles.sdk.proto.govv1beta1.WeightedVoteOption.newBuilder()
                    .setOptionValue(1)
                    .setWeight("1000000000000000000"))
            .build());
  }

  @Test
  void parametersAreKeptAsTheyAreKnown() {
    MsgUpdateParams update =
        MsgUpdateParams.newBuilder().setAuthority(GOV).setParams(GovChain.params()).build();
    try (GovChain clean = GovChain.started();
        GovChain chain = GovChain.started()) {
      MsgUpdateParams polluted = (MsgUpdateParams) polluted(update);
      clean.chain().call("/cosmos.gov.v1.MsgUpdateParams", update.toByteArray());
      chain.chain().call("/cosmos.gov.v1.MsgUpdateParams", polluted.toByteArray());
      assertThat(chain.chain().dump("gov")).isEqualTo(clean.chain().dump("gov"));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("limits")
  void messagesHaveLimits(String name, Message message, int maxBytes) {
    int padding = maxBytes - message.getSerializedSize();
    try (GovChain chain = GovChain.started()) {
      chain.succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
      ExecTxResult refused = chain.run(padded(message, padding + 1));
      assertThat(refused.log()).contains("bytes is too large", "at most " + maxBytes);
      assertThat(refused.code()).isEqualTo(18);
      assertThat(chain.run(padded(message, padding - 8)).log()).doesNotContain("too large");
    }
  }

  static Stream<Arguments> limits() {
    return Stream.of(
        limit(vote(A, 1, VoteOption.VOTE_OPTION_YES), MsgVoteHandler.MAX_BYTES),
        limit(weighted(A, "0.5"), MsgVoteWeightedHandler.MAX_BYTES),
        limit(GovChain.deposit(A, 1, "1stake"), MsgDepositHandler.MAX_BYTES),
        limit(proposal("10stake").setMetadata("m").build(), MsgSubmitProposalHandler.MAX_BYTES),
        limit(
            MsgCancelProposal.newBuilder().setProposalId(1).setProposer(A).build(),
            MsgCancelProposalHandler.MAX_BYTES),
        limit(
            MsgUpdateParams.newBuilder().setAuthority(GOV).setParams(GovChain.params()).build(),
            MsgUpdateParamsHandler.MAX_BYTES),
        limit(
            MsgExecLegacyContent.newBuilder().setAuthority(GOV).build(),
            MsgExecLegacyContentHandler.MAX_BYTES),
        limit(
            io.segue.bundles.sdk.proto.govv1beta1.MsgVote.newBuilder()
                .setProposalId(1)
                .setVoter(A)
                .setOptionValue(1)
                .build(),
            MsgVoteHandler.MAX_BYTES));
  }

  private static Arguments limit(Message message, int maxBytes) {
    return Arguments.of(message.getDescriptorForType().getFullName(), message, maxBytes);
  }

  private static MsgVoteWeighted weighted(String voter, String weight) {
    return MsgVoteWeighted.newBuilder()
        .setProposalId(1)
        .setVoter(voter)
        .addOptions(option(VoteOption.VOTE_OPTION_YES, weight))
        .addOptions(option(VoteOption.VOTE_OPTION_NO, weight))
        .build();
  }

  private static WeightedVoteOption option(VoteOption option, String weight) {
    return WeightedVoteOption.newBuilder().setOption(option).setWeight(weight).build();
  }

  /** The message with an unknown field at every place, but in the bytes of an Any. */
  private static Message polluted(Message message) {
    Message.Builder builder = message.toBuilder();
    for (FieldDescriptor field : message.getAllFields().keySet()) {
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        if (field.isRepeated()) {
          for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
            builder.setRepeatedField(
                field, i, polluted((Message) message.getRepeatedField(field, i)));
          }
        } else {
          builder.setField(field, polluted((Message) message.getField(field)));
        }
      }
    }
    return builder.setUnknownFields(unknown(100)).build();
  }

  private static Message padded(Message message, int bytes) {
    int tagAndLength = 2 + (bytes < 128 + 3 ? 1 : bytes < 16384 + 4 ? 2 : 3);
    return message.toBuilder().setUnknownFields(unknown(bytes - tagAndLength)).build();
  }

  private static UnknownFieldSet unknown(int bytes) {
    return UnknownFieldSet.newBuilder()
        .addField(
            NUMBER,
            UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFrom(new byte[bytes]))
                .build())
        .build();
  }
}
