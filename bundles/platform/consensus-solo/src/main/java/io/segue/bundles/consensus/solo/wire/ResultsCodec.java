package io.segue.bundles.consensus.solo.wire;

import io.segue.kernel.api.abci.Abci.Attribute;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The results of a block: ABCI's encoding, and the hash that the next header carries. */
public final class ResultsCodec {
  private static final String ED25519 = "ed25519";

  private ResultsCodec() {}

  /** Called with where in the writer each transaction's result stands. */
  @FunctionalInterface
  public interface Positions {
    void result(int index, int start, int length);
  }

  /** Writes the fields of a block's results. */
  public static void write(ProtoWriter out, FinalizeBlockResponse response, Positions positions) {
    writeEvents(out, 1, response.events());
    for (int i = 0; i < response.txResults().size(); i++) {
      int mark = out.begin(2);
      writeTxResult(out, response.txResults().get(i));
      int length = out.size() - mark;
      out.end(mark);
      positions.result(i, out.size() - length, length);
    }
    for (ValidatorUpdate update : response.validatorUpdates()) {
      int mark = out.begin(3);
      writeUpdate(out, update);
      out.end(mark);
    }
    response
        .consensusParamUpdates()
        .ifPresent(
            params -> {
              int mark = out.begin(4);
              ParamsCodec.write(out, params);
              out.end(mark);
            });
    out.bytes(5, response.appHash());
  }

  /** Reads the fields of a block's results. */
  public static FinalizeBlockResponse read(ProtoReader in) {
    List<Event> events = new ArrayList<>();
    List<ExecTxResult> results = new ArrayList<>();
    List<ValidatorUpdate> updates = new ArrayList<>();
    Optional<ConsensusParams> params = Optional.empty();
    byte[] appHash = new byte[0];
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> events.add(readEvent(in.message()));
        case 2 -> results.add(readTxResult(in.message()));
        case 3 -> updates.add(readUpdate(in.message()));
        case 4 -> params = Optional.of(ParamsCodec.read(in.message()));
        case 5 -> appHash = in.bytes();
        default -> in.skip();
      }
    }
    return new FinalizeBlockResponse(
        List.copyOf(events), List.copyOf(results), List.copyOf(updates), params, appHash);
  }

  /** Reads the fields of one transaction's result. */
  public static ExecTxResult readTxResult(ProtoReader in) {
    int code = 0;
    byte[] data = new byte[0];
    String log = "";
    long gasWanted = 0;
    long gasUsed = 0;
    List<Event> events = new ArrayList<>();
    String codespace = "";
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> code = (int) in.number();
        case 2 -> data = in.bytes();
        case 3 -> log = in.text();
        case 5 -> gasWanted = in.number();
        case 6 -> gasUsed = in.number();
        case 7 -> events.add(readEvent(in.message()));
        case 8 -> codespace = in.text();
        default -> in.skip();
      }
    }
    return new ExecTxResult(code, data, log, gasWanted, gasUsed, List.copyOf(events), codespace);
  }

  /** The {@code last_results_hash} of the next header: what every node must agree on. */
  public static byte[] hash(List<ExecTxResult> results) {
    List<byte[]> leaves = new ArrayList<>(results.size());
    for (ExecTxResult result : results) {
      leaves.add(
          new ProtoWriter(32 + result.data().length)
              .number(1, result.code())
              .bytes(2, result.data())
              .number(5, result.gasWanted())
              .number(6, result.gasUsed())
              .toBytes());
    }
    return Merkle.root(leaves);
  }

  private static void writeTxResult(ProtoWriter out, ExecTxResult result) {
    out.number(1, result.code());
    out.bytes(2, result.data());
    out.text(3, result.log());
    out.number(5, result.gasWanted());
    out.number(6, result.gasUsed());
    writeEvents(out, 7, result.events());
    out.text(8, result.codespace());
  }

  private static void writeEvents(ProtoWriter out, int field, List<Event> events) {
    for (Event event : events) {
      int mark = out.begin(field);
      out.text(1, event.type());
      for (Attribute attribute : event.attributes()) {
        int inner = out.begin(2);
        out.text(1, attribute.key()).text(2, attribute.value()).flag(3, attribute.index());
        out.end(inner);
      }
      out.end(mark);
    }
  }

  private static Event readEvent(ProtoReader in) {
    String type = "";
    List<Attribute> attributes = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> type = in.text();
        case 2 -> attributes.add(readAttribute(in.message()));
        default -> in.skip();
      }
    }
    return new Event(type, attributes);
  }

  private static Attribute readAttribute(ProtoReader in) {
    String key = "";
    String value = "";
    boolean index = false;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> key = in.text();
        case 2 -> value = in.text();
        case 3 -> index = in.number() != 0;
        default -> in.skip();
      }
    }
    return new Attribute(key, value, index);
  }

  private static void writeUpdate(ProtoWriter out, ValidatorUpdate update) {
    int key = out.begin(1);
    out.bytes(update.keyType().equals(ED25519) ? 1 : 2, update.publicKey());
    out.end(key).number(2, update.power());
  }

  private static ValidatorUpdate readUpdate(ProtoReader in) {
    String type = ED25519;
    byte[] key = new byte[0];
    long power = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> {
          ProtoReader nested = in.message();
          for (int f = nested.next(); f != 0; f = nested.next()) {
            type = f == 1 ? ED25519 : "secp256k1";
            key = nested.bytes();
          }
        }
        case 2 -> power = in.number();
        default -> in.skip();
      }
    }
    return new ValidatorUpdate(type, key, power);
  }
}
