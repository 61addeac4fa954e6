package io.segue.bundles.auth.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.segue.bundles.auth.TestChain;
import io.segue.bundles.auth.TestTx;
import io.segue.bundles.auth.Vectors;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposalResponse;
import io.segue.bundles.sdk.proto.gov.MsgVoteWeighted;
import io.segue.bundles.sdk.proto.gov.WeightedVoteOption;
import io.segue.bundles.sdk.proto.tx.SimulateRequest;
import io.segue.bundles.sdk.proto.tx.SimulateResponse;
import io.segue.bundles.sdk.proto.tx.TxRaw;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.Tx;
import io.segue.kernel.api.module.TxFormat;
import io.segue.kernel.core.module.ModuleSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransactionFormatTest {
  private static final UnknownFieldSet UNKNOWN =
      UnknownFieldSet.newBuilder()
          .addField(
              1024,
              UnknownFieldSet.Field.newBuilder()
                  .addLengthDelimited(ByteString.copyFrom(new byte[745]))
                  .build())
          .build();

  private final ModuleSet modules = TestChain.aChain().start().modules();
  private final TxFormat format = modules.txFormat();

  @Test
  void givesFeeGasAndMessages() {
    Tx tx = decode(TestTx.transfer().bytes());
    assertThat(tx.gasLimit()).isEqualTo(200_000);
    assertThat(tx.fee()).containsExactly(new Tx.Coin("ufee", "500"));
    assertThat(tx.messages()).hasSize(1);
  }

  @Test
  void encodesTheResponsesAsCosmJsReadsThem() {
    Vectors.Vector vector = Vectors.object("tx_msg_data.json");
    assertThat(
            format.encodeResponses(
                List.of(new Tx.Message("/cosmos.bank.v1beta1.MsgSendResponse", new byte[0]))))
        .isEqualTo(vector.hex("bank_send_hex"));
    byte[] submitted =
        MsgSubmitProposalResponse.newBuilder().setProposalId(1).build().toByteArray();
    assertThat(
            format.encodeResponses(
                List.of(new Tx.Message("/cosmos.gov.v1.MsgSubmitProposalResponse", submitted))))
        .isEqualTo(vector.hex("gov_submit_hex"));
  }

  @Test
  void takesTheTransactionOutOfASimulationInBothForms() {
    Vectors.Vector vector = Vectors.object("simulate.json");
    assertThat(format.simulatedTx(vector.hex("request_hex"))).isEqualTo(vector.hex("tx_bytes_hex"));
    byte[] old =
        ByteString.copyFrom(new byte[] {10, (byte) 0xed, 1})
            .concat(ByteString.copyFrom(vector.hex("tx_bytes_hex")))
            .toByteArray();
    assertThat(format.simulatedTx(old)).isEqualTo(vector.hex("tx_bytes_hex"));
    assertThatThrownBy(() -> format.simulatedTx(SimulateRequest.getDefaultInstance().toByteArray()))
        .isInstanceOf(QueryException.class)
        .hasMessage("empty txBytes is not allowed");
  }

  @Test
  void encodesAnEstimate() throws Exception {
    byte[] encoded =
        format.encodeSimulation(
            7,
            51_234,
            List.of(new Tx.Message("/a.BResponse", new byte[] {1})),
            List.of(Event.of("tx", "fee", "")));
    SimulateResponse response = SimulateResponse.parseFrom(encoded);
    assertThat(response.getGasInfo().getGasWanted()).isEqualTo(7);
    assertThat(response.getGasInfo().getGasUsed()).isEqualTo(51_234);
    assertThat(response.getResult().getEvents(0).getAttributes(0).getKey()).isEqualTo("fee");
    assertThat(response.getResult().getMsgResponses(0).getTypeUrl()).isEqualTo("/a.BResponse");
  }

  @Test
  void refusesARepeatedBody() {
    TxRaw raw = TestTx.transfer().raw().build();
    byte[] body = TxRaw.newBuilder().setBodyBytes(raw.getBodyBytes()).build().toByteArray();
    byte[] twice = ByteString.copyFrom(body).concat(raw.toByteString()).toByteArray();
    assertThatThrownBy(() -> decode(twice)).hasMessageContaining("field 1 of the transaction");
  }

  @Test
  void refusesATagThatIsNotEncodedInTheLeastBytes() {
    byte[] good = TestTx.transfer().bytes();
    byte[] longer = new byte[good.length + 1];
    System.arraycopy(good, 1, longer, 2, good.length - 1);
    longer[0] = (byte) 0x8a;
    assertThatThrownBy(() -> decode(longer))
        .hasMessage(
            "tag of field 1 of the transaction is not encoded in the least bytes: tx parse error");
  }

  @Test
  void keepsTheEncodingOfWhatWasSigned() {
    byte[] memo = {0x12, (byte) 0x81, 0, 'a'};
    TxRaw raw = TestTx.transfer().raw().build();
    TxRaw padded =
        raw.toBuilder().setBodyBytes(raw.getBodyBytes().concat(ByteString.copyFrom(memo))).build();
    assertThat(decode(padded.toByteArray()).messages()).hasSize(1);
  }

  @Test
  void givesModulesMessagesWithoutUnknownFieldsAtAnyDepth() {
    Message vote = vote(UnknownFieldSet.getDefaultInstance());
    Message submission =
        MsgSubmitProposal.newBuilder()
            .setTitle("t")
            .addMessages(TestTx.any(vote))
            .setSummary("s")
            .build();
    Message dirtyVote = vote(UNKNOWN);
    Message dirty =
        MsgSubmitProposal.newBuilder()
            .setTitle("t")
            .addMessages(TestTx.any(dirtyVote))
            .setSummary("s")
            .setUnknownFields(UNKNOWN)
            .build();
    Tx tx = decode(TestTx.empty().with(dirtyVote).with(dirty).bytes());
    assertThat(tx.messages().get(0).value()).isEqualTo(vote.toByteArray());
    assertThat(tx.messages().get(1).value()).isEqualTo(submission.toByteArray());
  }

  @Test
  void leavesTheBytesOfAMessageThatIsKnown() {
    Message vote = vote(UnknownFieldSet.getDefaultInstance());
    ByteString padded =
        vote.toByteString().concat(ByteString.copyFrom(new byte[] {0x08, (byte) 0x81, 0}));
    Any known = TestTx.any(vote).toBuilder().setValue(padded).build();
    Tx tx = decode(TestTx.empty().with(known).with(vote(UNKNOWN)).bytes());
    assertThat(tx.messages().get(0).value()).isEqualTo(padded.toByteArray());
  }

  private static Message vote(UnknownFieldSet unknown) {
    return MsgVoteWeighted.newBuilder()
        .setProposalId(1)
        .addOptions(
            WeightedVoteOption.newBuilder()
                .setOptionValue(1)
                .setWeight("1.0")
                .setUnknownFields(unknown))
        .setMetadata("mëtadata")
        .setUnknownFields(unknown)
        .build();
  }

  @Test
  void asksEmptyBytesForAMessage() {
    assertThatThrownBy(() -> decode(new byte[0]))
        .hasMessage("must contain at least one message: invalid request");
  }

  @Test
  void ignoresNonCriticalOptionsOfAnyType() {
    TestTx tx = TestTx.transfer();
    tx.body.addNonCriticalExtensionOptions(
        com.google.protobuf.Any.newBuilder().setTypeUrl("/foo.Bar"));
    assertThat(decode(tx.bytes()).messages()).hasSize(1);
  }

  /** Whatever the bytes, the answer is a transaction or a registered refusal. */
  @Test
  void answersEveryMutationOfATransactionWithATransactionOrARefusal() {
    byte[] good = TestTx.transfer().bytes();
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] tx = good.clone();
      for (int changes = random.nextInt(3); changes >= 0; changes--) {
        tx[random.nextInt(tx.length)] = (byte) random.nextInt(256);
      }
      byte[] cut =
          random.nextInt(4) == 0 ? java.util.Arrays.copyOf(tx, random.nextInt(tx.length)) : tx;
      try {
        assertThat(decode(cut).messages()).isNotEmpty();
      } catch (ModuleException refused) {
        assertThat(refused.codespace()).isEqualTo("sdk");
      }
    }
  }

  private Tx decode(byte[] bytes) {
    return format.decode(bytes, modules.descriptors(), false);
  }
}
