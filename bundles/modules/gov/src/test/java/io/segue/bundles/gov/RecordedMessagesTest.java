package io.segue.bundles.gov;

import static io.segue.bundles.gov.GovChain.A;
import static io.segue.bundles.gov.GovChain.ADDRESSES;
import static io.segue.bundles.gov.GovChain.coins;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import io.segue.bundles.sdk.proto.tx.TxBody;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.testkit.modules.PlainTx;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The messages of governance as CosmJS and clients in Go sign them. */
class RecordedMessagesTest {
  @Test
  void theirSignerIsWhoSignedThem() throws InvalidProtocolBufferException {
    Map<String, MessageHandler> handlers = new GovModule(ADDRESSES).messages();
    for (Struct recorded : recorded()) {
      Any message = message(recorded);
      assertThat(handlers.get(message.getTypeUrl()).signers(message.getValue().toByteArray()))
          .as(Vectors.text(recorded, "name"))
          .containsExactly(ADDRESSES.parseAccount(A));
    }
  }

  /** All on one chain; the proposal is cancelled last, after all votes on it. */
  @Test
  void theyAreExecuted() throws InvalidProtocolBufferException {
    try (GovChain chain =
        GovChain.started(
            params ->
                params
                    .clearMinDeposit()
                    .addAllMinDeposit(coins("10ustake"))
                    .clearExpeditedMinDeposit()
                    .addAllExpeditedMinDeposit(coins("20ustake"))
                    .setVotingPeriod(GovChain.seconds(3600))
                    .setExpeditedVotingPeriod(GovChain.seconds(1800)))) {
      for (Struct recorded : recorded()) {
        Any message = message(recorded);
        ExecTxResult result =
            chain.chain().run(PlainTx.of(message.getTypeUrl(), message.getValue().toByteArray()));
        String name = Vectors.text(recorded, "name");
        if (name.equals("gov_v1beta1_submit_legacy_cancel")) {
          assertThat(result.log()).as("it brings no deposit").contains("received  but need");
        } else if (name.equals("gov_v1_submit_software_upgrade")) {
          assertThat(result.log()).as("its info binds no bytes").contains("lacks \"any\"");
        } else {
          assertThat(result.log()).as(name).isEmpty();
        }
      }
    }
  }

  private static List<Struct> recorded() {
    return Vectors.list("tx_direct")
        .sorted(
            Comparator.comparing(tx -> Vectors.text(tx, "name").equals("gov_v1_cancel_proposal")))
        .toList();
  }

  private static Any message(Struct recorded) throws InvalidProtocolBufferException {
    return TxBody.parseFrom(Vectors.hex(recorded, "body_bytes_hex")).getMessages(0);
  }
}
