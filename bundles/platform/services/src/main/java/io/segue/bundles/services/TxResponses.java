package io.segue.bundles.services;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.sdk.proto.abci.Event;
import io.segue.bundles.sdk.proto.abci.EventAttribute;
import io.segue.bundles.sdk.proto.abci.TxResponse;
import io.segue.bundles.sdk.proto.tx.Tx;
import io.segue.kernel.api.abci.Abci;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.module.ModuleException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;

/** Transactions as the tx service shows them. */
final class TxResponses {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String TX_TYPE = "/cosmos.tx.v1beta1.Tx";
  private static final int TX_DECODE = 2;

  private TxResponses() {}

  /**
   * A committed transaction. {@code logs} stay empty, as they do since version 0.50 of the SDK; the
   * events tell what happened.
   *
   * @param tx its bytes, decoded
   * @param time of its block
   */
  static TxResponse committed(Engine.TxResult committed, Tx tx, Instant time) {
    Abci.ExecTxResult result = committed.result();
    TxResponse.Builder response =
        TxResponse.newBuilder()
            .setHeight(committed.height())
            .setTxhash(HEX.formatHex(committed.hash()))
            .setCodespace(result.codespace())
            .setCode(result.code())
            .setData(HEX.formatHex(result.data()))
            .setRawLog(result.log())
            .setGasWanted(result.gasWanted())
            .setGasUsed(result.gasUsed())
            .setTx(Any.newBuilder().setTypeUrl(TX_TYPE).setValue(tx.toByteString()))
            .setTimestamp(time.truncatedTo(ChronoUnit.SECONDS).toString());
    result.events().forEach(event -> response.addEvents(event(event)));
    return response.build();
  }

  /** The answer of CheckTx, or of a mempool that has its reasons. */
  static TxResponse checked(byte[] hash, String codespace, int code, String log) {
    return TxResponse.newBuilder()
        .setTxhash(HEX.formatHex(hash))
        .setCodespace(codespace)
        .setCode(code)
        .setRawLog(log)
        .build();
  }

  /**
   * A transaction of its bytes: a Tx is written as a TxRaw is, part by part.
   *
   * @throws ModuleException sdk/2
   */
  static Tx decode(byte[] raw) {
    try {
      return Tx.parseFrom(raw);
    } catch (InvalidProtocolBufferException e) {
      throw new ModuleException("sdk", TX_DECODE, e.getMessage() + ": tx parse error");
    }
  }

  /**
   * As {@link #decode}, of bytes in a block; empty where they are no transaction, as what a
   * proposer puts in front of them is none.
   */
  static Optional<Tx> inBlock(byte[] raw) {
    try {
      return Optional.of(decode(raw));
    } catch (ModuleException e) {
      return Optional.empty();
    }
  }

  private static Event event(Abci.Event event) {
    Event.Builder built = Event.newBuilder().setType(event.type());
    for (Abci.Attribute attribute : event.attributes()) {
      built.addAttributes(
          EventAttribute.newBuilder()
              .setKey(attribute.key())
              .setValue(attribute.value())
              .setIndex(attribute.index()));
    }
    return built.build();
  }
}
