package io.segue.bundles.sdk.amino;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.segue.bundles.sdk.proto.auth.AuthTxProto;
import io.segue.bundles.sdk.proto.bank.BankTxProto;
import io.segue.bundles.sdk.proto.gov.GovTxProto;
import io.segue.bundles.sdk.proto.govv1beta1.GovV1Beta1TxProto;
import io.segue.bundles.sdk.proto.staking.StakingTxProto;
import io.segue.bundles.sdk.proto.tx.AuthInfo;
import io.segue.bundles.sdk.proto.tx.Fee;
import io.segue.bundles.sdk.proto.tx.TxBody;
import io.segue.bundles.sdk.proto.upgrade.UpgradeTxProto;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
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
    try (InputStream in = StdSignDocTest.class.getResourceAsStream("std_sign_docs.json")) {
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
