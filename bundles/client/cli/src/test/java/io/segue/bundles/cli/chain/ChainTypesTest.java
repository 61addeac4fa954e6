package io.segue.bundles.cli.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Duration;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.QueryProposalsResponse;
import io.segue.bundles.sdk.proto.staking.MsgUpdateParams;
import io.segue.bundles.sdk.proto.staking.Params;
import io.segue.bundles.sdk.proto.tx.Tx;
import io.segue.bundles.sdk.proto.tx.TxBody;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ChainTypesTest {
  private static final Any TRANSFER =
      TxBuilder.any(MsgSend.newBuilder().setFromAddress("cosmos1a").build());
  private static final Any UNKNOWN =
      Any.newBuilder().setTypeUrl("/foo.Bar").setValue(ByteString.copyFromUtf8("x")).build();

  @Test
  void showsAnAnyAsTheObjectThatItHolds() {
    JsonNode message = messages(TRANSFER).get(0);
    assertThat(message.path("@type").asText()).isEqualTo("/cosmos.bank.v1beta1.MsgSend");
    assertThat(message.path("from_address").asText()).isEqualTo("cosmos1a");
  }

  @Test
  void showsAnAnyThatItCanNotReadAsBytesAndTheRestAsEver() throws IOException {
    Any broken = TRANSFER.toBuilder().setValue(ByteString.copyFrom(new byte[] {10})).build();
    for (Any unreadable : new Any[] {UNKNOWN, broken}) {
      JsonNode messages = messages(unreadable, TRANSFER);
      assertThat(messages.get(0).path("@type").asText()).isEqualTo(unreadable.getTypeUrl());
      assertThat(messages.get(0).path("@value").binaryValue())
          .isEqualTo(unreadable.getValue().toByteArray());
      assertThat(messages.get(1).path("from_address").asText()).isEqualTo("cosmos1a");
    }
  }

  @Test
  void oneProposalOfAnUnknownTypeDoesNotHideTheOthers() {
    JsonNode answer =
        ChainTypes.own()
            .print(
                QueryProposalsResponse.newBuilder()
                    .addProposals(Proposal.newBuilder().setId(1).addMessages(UNKNOWN))
                    .addProposals(Proposal.newBuilder().setId(2).setTitle("readable"))
                    .build());
    assertThat(answer.path("proposals").get(0).path("messages").get(0).path("@value").asText())
        .isEqualTo("eA==");
    assertThat(answer.path("proposals").get(1).path("title").asText()).isEqualTo("readable");
  }

  @Test
  void showsTheRestWhereATimeIsOutOfRangeOrAMessageTooDeep() {
    Params endless =
        Params.newBuilder()
            .setUnbondingTime(Duration.newBuilder().setSeconds(1_000_000_000_000_000L))
            .build();
    Any outOfRange = TxBuilder.any(MsgUpdateParams.newBuilder().setParams(endless).build());
    for (Any strange : new Any[] {outOfRange, deep()}) {
      JsonNode messages = messages(strange, TRANSFER);
      assertThat(messages.get(0).path("@type").asText()).isEqualTo(strange.getTypeUrl());
      assertThat(messages.get(1).path("from_address").asText()).isEqualTo("cosmos1a");
    }
  }

  @Test
  void asksTheNodeForTypesOnceAndOnlyWhenOneIsUnknown() throws Exception {
    Descriptor note = note();
    try (FakeNode node = new FakeNode()) {
      node.answers("abci_query", params -> NodeTypesTest.answer(note.getFile()));
      ChainTypes types = ChainTypes.of(new NodeClient(node.url()));
      types.print(TRANSFER);
      assertThat(node.requests()).isEmpty();

      JsonNode json = Output.JSON.readTree("{\"@type\":\"/foo.v1.MsgNote\",\"text\":\"hi\"}");
      Any any = types.parseAny(json);
      assertThat(any.getTypeUrl()).isEqualTo("/foo.v1.MsgNote");
      assertThat(types.print(any).path("text").asText()).isEqualTo("hi");
      assertThat(types.unpack(any).getDescriptorForType().getFullName())
          .isEqualTo("foo.v1.MsgNote");
      assertThat(types.print(UNKNOWN).path("@value").asText()).isEqualTo("eA==");
      assertThat(node.requests()).hasSize(1);
      assertThat(node.requests().get(0).at("/params/path").asText()).isEqualTo(NodeTypes.PATH);
    }
  }

  @Test
  void saysWhyItDoesNotKnowAType() throws Exception {
    JsonNode json = Output.JSON.readTree("{\"@type\":\"/foo.v1.MsgNote\"}");
    assertThatThrownBy(() -> ChainTypes.own().parseAny(json))
        .isInstanceOf(CliException.class)
        .hasMessage("the message /foo.v1.MsgNote: no message is of type /foo.v1.MsgNote");
    ChainTypes gone = ChainTypes.of(new NodeClient("http://127.0.0.1:1"));
    assertThatThrownBy(() -> gone.parseAny(json))
        .hasMessageContaining("no message is of type /foo.v1.MsgNote; no node answers at");
  }

  private static JsonNode messages(Any... messages) {
    TxBody body = TxBody.newBuilder().addAllMessages(java.util.List.of(messages)).build();
    return ChainTypes.own()
        .print(Tx.newBuilder().setBody(body).build())
        .path("body")
        .path("messages");
  }

  private static Descriptor note() throws Exception {
    return NodeTypesTest.module().findMessageTypeByName("MsgNote");
  }

  private static Any deep() {
    Any any = TRANSFER;
    for (int i = 0; i < 3_000; i++) {
      any =
          TxBuilder.any(i % 2 == 0 ? MsgSubmitProposal.newBuilder().addMessages(any).build() : any);
    }
    return any;
  }
}
