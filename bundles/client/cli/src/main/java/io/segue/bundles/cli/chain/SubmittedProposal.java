package io.segue.bundles.cli.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.sdk.proto.abci.TxMsgData;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposalResponse;
import java.util.Base64;
import java.util.OptionalLong;

/** The number that the chain gave to a proposal, in the result of the transaction with it. */
public final class SubmittedProposal {
  private SubmittedProposal() {}

  /**
   * The number of the first proposal that a transaction submitted; empty where it submitted none.
   *
   * @param executed member {@code tx_result} of the answer to {@code tx}
   */
  public static OptionalLong number(JsonNode executed) {
    try {
      byte[] data = Base64.getDecoder().decode(executed.path("data").asText(""));
      for (Any response : TxMsgData.parseFrom(data).getMsgResponsesList()) {
        if (response.is(MsgSubmitProposalResponse.class)) {
          return OptionalLong.of(response.unpack(MsgSubmitProposalResponse.class).getProposalId());
        }
      }
      return OptionalLong.empty();
    } catch (IllegalArgumentException | InvalidProtocolBufferException e) {
      throw new CliException(
          "the transaction is in a block, but the node reports its result in a form that this"
              + " client does not know; use the client of the node's release",
          e);
    }
  }
}
