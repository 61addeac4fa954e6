package io.segue.bundles.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.segue.bundles.sdk.proto.gov.MsgVoteWeighted;
import io.segue.bundles.sdk.proto.gov.WeightedVoteOption;
import io.segue.kernel.api.module.ModuleException;
import org.junit.jupiter.api.Test;

class ProtoTest {
  @Test
  void buildsAMessageFromWhatItsTypeKnowsAtEveryDepth() {
    MsgVoteWeighted known = vote(UnknownFieldSet.getDefaultInstance());
    MsgVoteWeighted sent =
        vote(
            UnknownFieldSet.newBuilder()
                .addField(
                    1024,
                    UnknownFieldSet.Field.newBuilder()
                        .addLengthDelimited(ByteString.copyFromUtf8("kept by nobody"))
                        .build())
                .build());
    assertThat(Proto.parse(MsgVoteWeighted.parser(), sent.toByteArray())).isEqualTo(known);
    assertThat(Proto.parse(MsgVoteWeighted.parser(), sent.toByteString())).isEqualTo(known);
  }

  @Test
  void refusesBytesThatDoNotParse() {
    assertThatThrownBy(() -> Proto.parse(MsgVoteWeighted.parser(), new byte[] {0x0a}))
        .isInstanceOf(ModuleException.class)
        .hasMessageEndingWith(": tx parse error");
  }

  private static MsgVoteWeighted vote(UnknownFieldSet unknown) {
    return MsgVoteWeighted.newBuilder()
        .setProposalId(1)
        .addOptions(WeightedVoteOption.newBuilder().setOptionValue(1).setUnknownFields(unknown))
        .setUnknownFields(unknown)
        .build();
  }
}
