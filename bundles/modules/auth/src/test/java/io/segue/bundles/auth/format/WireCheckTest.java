package io.segue.bundles.auth.format;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.segue.bundles.auth.TestChain;
import io.segue.bundles.auth.TestTx;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.gov.MsgVoteWeighted;
import io.segue.bundles.sdk.proto.gov.WeightedVoteOption;
import io.segue.bundles.sdk.proto.tx.ModeInfo;
import io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade;
import io.segue.bundles.sdk.proto.upgrade.Plan;
import io.segue.kernel.api.module.ModuleException;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WireCheckTest {
  private static final int CRITICAL = 15;
  private static final int NON_CRITICAL = 1024;

  private final WireTypes types = WireTypes.of(TestChain.aChain().start().modules().descriptors());

  @Test
  void passesWhatTheTypeKnows() {
    passes(
        MsgVoteWeighted.newBuilder()
            .setProposalId(1)
            .addOptions(WeightedVoteOption.newBuilder().setOptionValue(9).setWeight("0.7"))
            .setMetadata("mëtadata")
            .build());
  }

  @Test
  void refusesAnUnknownFieldAtAnyDepth() {
    Message vote =
        MsgVoteWeighted.newBuilder()
            .addOptions(WeightedVoteOption.newBuilder().setUnknownFields(unknown(CRITICAL)))
            .build();
    refuses(vote, "unknown field 15 in cosmos.gov.v1.WeightedVoteOption");
    refuses(
        MsgSubmitProposal.newBuilder().addMessages(TestTx.any(vote)).build(),
        "unknown field 15 in cosmos.gov.v1.WeightedVoteOption");
    Plan plan = Plan.newBuilder().setUnknownFields(unknown(CRITICAL)).build();
    refuses(
        MsgSubmitProposal.newBuilder()
            .addMessages(TestTx.any(MsgSoftwareUpgrade.newBuilder().setPlan(plan).build()))
            .build(),
        "unknown field 15 in cosmos.upgrade.v1beta1.Plan");
  }

  @Test
  void toleratesNonCriticalFieldsOnlyWhereItIsToldTo() {
    MsgSend send = MsgSend.newBuilder().setUnknownFields(unknown(NON_CRITICAL)).build();
    passes(send);
    passes(MsgSubmitProposal.newBuilder().addMessages(TestTx.any(send)).build());
    assertThatThrownBy(() -> check(send.toByteArray(), "/cosmos.bank.v1beta1.MsgSend", false))
        .hasMessageContaining("unknown field 1024");
  }

  @Test
  void refusesAWrongWireType() {
    refusesBytes("08 01", "field 1 of cosmos.bank.v1beta1.MsgSend has wire type 0 instead of 2");
    refusesBytes("0b 0c", "wire type 3");
    refusesBytes("7b 7c", "unknown field 15");
  }

  @Test
  void refusesGroupsInNonCriticalFields() {
    refusesBytes("83 40 84 40", "wire type 3 is not allowed");
  }

  @Test
  void refusesBytesThatEndEarly() {
    refusesBytes("0a 05 61", "unexpected EOF");
    refusesBytes("0a", "unexpected EOF");
    refusesBytes("8a", "unexpected EOF");
    refusesBytes("0a ff ff ff ff ff ff ff ff ff ff 01", "varint");
    refusesBytes("0a ff ff ff ff ff ff ff ff ff 01", "unexpected EOF");
  }

  @Test
  void refusesFieldNumberZero() {
    refusesBytes("02 00", "unknown field 0");
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    refusesBytes("0a 01 ff", "field 1 of cosmos.bank.v1beta1.MsgSend is not UTF-8");
    refusesBytes("0a 03 ed a0 80", "is not UTF-8");
  }

  @Test
  void refusesATypeThatNobodyKnows() {
    for (String url :
        new String[] {
          "",
          "/",
          "/foo.Bar",
          "cosmos.bank.v1beta1.MsgSend",
          "//cosmos.bank.v1beta1.MsgSend",
          "type.googleapis.com/cosmos.bank.v1beta1.MsgSend"
        }) {
      refuses(
          MsgSubmitProposal.newBuilder()
              .addMessages(Any.newBuilder().setTypeUrl(url).setValue(ByteString.empty()))
              .build(),
          "unable to resolve type URL " + url);
    }
  }

  /** An Any in an Any in an Any: each would hide what it holds. */
  @Test
  void refusesProtobufsOwnTypesInAnAny() {
    for (Message own :
        new Message[] {
          TestTx.any(MsgSend.getDefaultInstance()),
          Duration.newBuilder().setSeconds(1_000_000_000_000_000L).build()
        }) {
      refuses(
          MsgSubmitProposal.newBuilder().addMessages(TestTx.any(own)).build(),
          "unable to resolve type URL " + url(own));
    }
  }

  @Test
  void refusesAMessageInTwoPieces() {
    byte[] half =
        MsgSoftwareUpgrade.newBuilder()
            .setPlan(Plan.newBuilder().setName("a"))
            .build()
            .toByteArray();
    byte[] twice = ByteString.copyFrom(half).concat(ByteString.copyFrom(half)).toByteArray();
    assertThatThrownBy(() -> check(twice, "/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade", true))
        .hasMessageContaining("field 2 of cosmos.upgrade.v1beta1.MsgSoftwareUpgrade stands twice");
  }

  @Test
  void acceptsNumbersPackedAndOneByOne() {
    WireType type = new WireType("test.Numbers");
    type.add(new WireType.Field(1, WireType.Kind.NUMBER, WireReader.VARINT, true, null));
    type.add(new WireType.Field(2, WireType.Kind.NUMBER, WireReader.VARINT, false, null));
    check("08 01 08 02", type);
    check("0a 03 01 80 01", type);
    assertThatThrownBy(() -> check("0a 01 80 01", type))
        .hasMessageContaining("ends within a value");
    assertThatThrownBy(() -> check("12 01 01", type)).hasMessageContaining("wire type 2");
  }

  @Test
  void limitsTheNestingBeforeAnythingIsParsed() {
    Message deep = MsgSubmitProposal.getDefaultInstance();
    for (int i = 1; i < TxLimits.MAX_DEPTH; i++) {
      passes(deep);
      deep = MsgSubmitProposal.newBuilder().addMessages(TestTx.any(deep)).build();
    }
    passes(deep);
    refuses(
        MsgSubmitProposal.newBuilder().addMessages(TestTx.any(deep)).build(),
        "messages are nested deeper than 32");
  }

  @Test
  void limitsTheNestingOfTypesThatHoldThemselves() {
    ModeInfo mode = ModeInfo.getDefaultInstance();
    for (int i = 0; i < 1000; i++) {
      mode = ModeInfo.newBuilder().setMulti(ModeInfo.Multi.newBuilder().addModeInfos(mode)).build();
    }
    ModeInfo deep = mode;
    assertThatThrownBy(() -> check(deep.toByteArray(), "/cosmos.tx.v1beta1.ModeInfo", false))
        .isInstanceOf(ModuleException.class)
        .hasMessageContaining("nested deeper");
  }

  private void passes(Message message) {
    assertThatCode(() -> check(message.toByteArray(), url(message), true))
        .doesNotThrowAnyException();
  }

  private void refuses(Message message, String why) {
    assertThatThrownBy(() -> check(message.toByteArray(), url(message), true))
        .isInstanceOf(ModuleException.class)
        .hasMessageContaining(why)
        .hasMessageEndingWith(": tx parse error");
  }

  private void refusesBytes(String hex, String why) {
    assertThatThrownBy(() -> check(bytes(hex), "/cosmos.bank.v1beta1.MsgSend", true))
        .isInstanceOf(ModuleException.class)
        .hasMessageContaining(why);
  }

  private void check(byte[] bytes, String typeUrl, boolean lenient) {
    WireType type = Objects.requireNonNull(types.find(typeUrl), typeUrl);
    WireCheck.check(bytes, 0, bytes.length, type, types, lenient);
  }

  private void check(String hex, WireType type) {
    byte[] bytes = bytes(hex);
    WireCheck.check(bytes, 0, bytes.length, type, types, false);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.ofDelimiter(" ").parseHex(hex);
  }

  private static String url(Message message) {
    return "/" + message.getDescriptorForType().getFullName();
  }

  private static UnknownFieldSet unknown(int number) {
    return UnknownFieldSet.newBuilder()
        .addField(number, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
        .build();
  }
}
