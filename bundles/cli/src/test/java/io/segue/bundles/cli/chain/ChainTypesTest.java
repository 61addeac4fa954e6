package io.segue.bundles.cli.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import io.segue.bundles.cli.CliException;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.QueryProposalsResponse;
import io.segue.bundles.sdk.proto.staking.MsgUpdateParams;
import io.segue.bundles.sdk.proto.staking.Params;
import io.segue.bundles.sdk.proto.tx.Tx;
import io.segue.bundles.sdk.proto.tx.TxBody;
import org.junit.jupiter.api.Test;

class ChainJsonTest {
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
  void showsAnAnyThatItCanNotReadAsBytesAndTheRestAsEver() {
    Params endless =
        Params.newBuilder()
            .setUnbondingTime(Duration.newBuilder().setSeconds(1_000_000_000_000_000L))
            .build();
    Any outOfRange = TxBuilder.any(MsgUpdateParams.newBuilder().setParams(endless).build());
    Any broken = TRANSFER.toBuilder().setValue(ByteString.copyFrom(new byte[] {10})).build();
    for (Any unreadable : new Any[] {UNKNOWN, outOfRange, broken, deep()}) {
      JsonNode messages = messages(unreadable, TRANSFER);
      assertThat(messages.get(0).path("@type").asText()).isEqualTo("/segue.gov.v1.OpaqueMessage");
      assertThat(messages.get(0).path("type_url").asText()).isEqualTo(unreadable.getTypeUrl());
      assertThat(messages.get(1).path("from_address").asText()).isEqualTo("cosmos1a");
    }
  }

  @Test
  void oneProposalOfAnUnknownTypeDoesNotHideTheOthers() {
    JsonNode answer =
        ChainJson.print(
            QueryProposalsResponse.newBuilder()
                .addProposals(Proposal.newBuilder().setId(1).addMessages(UNKNOWN))
                .addProposals(Proposal.newBuilder().setId(2).setTitle("readable"))
                .build());
    assertThat(answer.path("proposals").get(0).path("messages").get(0).path("value").asText())
        .isEqualTo("eA==");
    assertThat(answer.path("proposals").get(1).path("title").asText()).isEqualTo("readable");
  }

  @Test
  void saysSoWhereJsonCanNotSayIt() {
    Params outOfRange =
        Params.newBuilder()
            .setUnbondingTime(Duration.newBuilder().setSeconds(Long.MAX_VALUE))
            .build();
    assertThatThrownBy(() -> ChainJson.print(outOfRange))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("JSON can't say the answer of type cosmos.staking.v1beta1.Params");
  }

  private static JsonNode messages(Any... messages) {
    TxBody body = TxBody.newBuilder().addAllMessages(java.util.List.of(messages)).build();
    return ChainJson.print(Tx.newBuilder().setBody(body).build()).path("body").path("messages");
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
