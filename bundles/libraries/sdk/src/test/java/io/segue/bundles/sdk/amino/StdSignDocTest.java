package io.segue.bundles.sdk.amino;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.segue.bundles.sdk.proto.auth.AuthTxProto;
import io.segue.bundles.sdk.proto.bank.BankTxProto;
import io.segue.bundles.sdk.proto.gov.GovTxProto;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.govv1beta1.GovV1Beta1TxProto;
import io.segue.bundles.sdk.proto.staking.StakingTxProto;
import io.segue.bundles.sdk.proto.tx.AuthInfo;
import io.segue.bundles.sdk.proto.tx.Fee;
import io.segue.bundles.sdk.proto.tx.TxBody;
import io.segue.bundles.sdk.proto.upgrade.UpgradeTxProto;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents as the Cosmos SDK makes them; README.md beside them says how they were made. */
class StdSignDocTest {
  private static final AminoTypes TYPES =
      AminoTypes.of(
          AuthTxProto.getDescriptor(),
          BankTxProto.getDescriptor(),
          GovTxProto.getDescriptor(),
          GovV1Beta1TxProto.getDescriptor(),
          StakingTxProto.getDescriptor(),
          UpgradeTxProto.getDescriptor());

  static Stream<Vector> documents() throws IOException {
    return vectors("std_sign_docs.json");
  }

  static Stream<Vector> documentsOfCosmJs() throws IOException {
    return vectors("std_sign_docs_cosmjs.json");
  }

  private static Stream<Vector> vectors(String file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(StdSignDocTest.class.getResourceAsStream(file), file)) {
      Value.Builder value = Value.newBuilder();
      JsonFormat.parser().merge(new String(in.readAllBytes(), UTF_8), value);
      return value.getListValue().getValuesList().stream()
          .map(member -> new Vector(member.getStructValue()));
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void areThoseOfTheCosmosSdk(Vector vector) throws InvalidProtocolBufferException {
    TxBody body = TxBody.parseFrom(vector.hex("body_bytes_hex"));
    Fee fee = AuthInfo.parseFrom(vector.hex("auth_info_bytes_hex")).getFee();
    if (!vector.text("error").isEmpty()) {
      assertThatThrownBy(() -> StdSignDoc.of(TYPES, body, fee))
          .isInstanceOf(IllegalArgumentException.class);
      return;
    }
    byte[] bytes =
        StdSignDoc.of(TYPES, body, fee)
            .bytes(
                vector.text("chain_id"),
                Long.parseUnsignedLong(vector.text("account_number")),
                Long.parseUnsignedLong(vector.text("sequence")));
    assertThat(new String(bytes, UTF_8)).isEqualTo(vector.text("sign_bytes_utf8"));
  }

  @ParameterizedTest
  @MethodSource("documentsOfCosmJs")
  void areThoseOfCosmJs(Vector vector) throws InvalidProtocolBufferException {
    TxBody body = TxBody.parseFrom(vector.hex("body_bytes_hex"));
    Fee fee = AuthInfo.parseFrom(vector.hex("auth_info_bytes_hex")).getFee();
    byte[] bytes = StdSignDoc.ofCosmJs(TYPES, body, fee).bytes(vector.text("chain_id"), 0, 122);
    assertThat(new String(bytes, UTF_8)).isEqualTo(vector.text("sign_bytes_utf8"));
  }

  @Test
  void haveALimit() {
    TxBody body = TxBody.newBuilder().setMemo("<".repeat(StdSignDoc.MAX_BODY_BYTES)).build();
    assertThatThrownBy(() -> StdSignDoc.of(TYPES, body, Fee.getDefaultInstance()))
        .hasMessageContaining("longer than " + StdSignDoc.MAX_BODY_BYTES + " bytes");
    String text = "<".repeat(JsonText.MAX_CHARS / 6 + 1);
    assertThatThrownBy(() -> new JsonText(true).text(text))
        .hasMessageContaining("longer than " + JsonText.MAX_CHARS);
  }

  @Test
  void areNestedUpToALimit() {
    Any message = pack(MsgSubmitProposal.getDefaultInstance());
    for (int i = 0; i < AminoWriter.MAX_DEPTH; i++) {
      message = pack(MsgSubmitProposal.newBuilder().addMessages(message).build());
    }
    TxBody body = TxBody.newBuilder().addMessages(message).build();
    assertThatThrownBy(() -> StdSignDoc.of(TYPES, body, Fee.getDefaultInstance()))
        .hasMessage("messages are nested deeper than " + AminoWriter.MAX_DEPTH);
  }

  private static Any pack(Message message) {
    return Any.newBuilder()
        .setTypeUrl("/" + message.getDescriptorForType().getFullName())
        .setValue(message.toByteString())
        .build();
  }

  @Test
  void leaveLineSeparatorsAsTheyAreForCosmJs() {
    TxBody body = TxBody.newBuilder().setMemo("a\u2028b\u2029").build();
    StdSignDoc doc = StdSignDoc.of(TYPES, body, Fee.getDefaultInstance());

    assertThat(new String(doc.bytes("c", 0, 0), UTF_8)).contains("\"a\\u2028b\\u2029\"");
    assertThat(doc.mayHaveSeparators()).isTrue();
    assertThat(
            new String(
                StdSignDoc.ofCosmJs(TYPES, body, Fee.getDefaultInstance()).bytes("c", 0, 0), UTF_8))
        .contains("\"a\u2028b\u2029\"");
  }

  /** A recorded document. */
  record Vector(Struct members) {
    String text(String name) {
      return members.getFieldsOrThrow(name).getStringValue();
    }

    byte[] hex(String name) {
      return HexFormat.of().parseHex(text(name));
    }

    @Override
    public String toString() {
      return text("name");
    }
  }
}
