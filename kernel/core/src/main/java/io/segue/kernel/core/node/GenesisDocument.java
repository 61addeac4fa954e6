package io.segue.kernel.core.node;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.EvidenceParams;
import io.segue.kernel.api.node.StateExport;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.core.exec.BlockHeader;
import io.segue.kernel.core.exec.GenesisExport;
import io.segue.kernel.core.query.Queries;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * The genesis document around an exported app state, in CometBFT's form:
 *
 * <pre>
 * {"genesis_time": "...", "chain_id": "...", "initial_height": "...", "consensus_params": {...},
 *  "app_hash": "", "app_state": {...}}
 * </pre>
 *
 * The validators are those that the app state names. Thread safety: any thread.
 */
final class GenesisDocument implements StateExport {
  private static final JsonFactory JSON =
      new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private final StateStore store;
  private final Queries.Heights heights;

  /**
   * Documents of a node.
   *
   * @param heights which heights are visible, and their code
   */
  GenesisDocument(StateStore store, Queries.Heights heights) {
    this.store = store;
    this.heights = heights;
  }

  @Override
  public void write(long height, OutputStream out) throws IOException {
    long last = heights.last();
    if (last == 0) {
      throw new IllegalStateException(
          "no block is committed yet, so the state is that of config/genesis.json");
    }
    long exported = height == 0 ? last : height;
    try (StateView view = store.view(exported);
        Queries.Lease lease = heights.at(exported);
        JsonGenerator json = JSON.createGenerator(out)) {
      BlockHeader header = lease.header();
      json.writeStartObject();
      json.writeStringField("genesis_time", header.time().toString());
      json.writeStringField("chain_id", header.chainId());
      json.writeStringField("initial_height", Long.toString(exported + 1));
      writeParams(json, header.consensusParams());
      json.writeStringField("app_hash", "");
      json.writeFieldName("app_state");
      json.writeRawValue("");
      json.flush();
      new GenesisExport(lease.modules(), lease.rules(), header).write(view, out);
      json.writeEndObject();
    }
  }

  private static void writeParams(JsonGenerator json, ConsensusParams params) throws IOException {
    BlockParams block = params.block().orElseThrow();
    EvidenceParams evidence = params.evidence().orElseThrow();
    json.writeObjectFieldStart("consensus_params");
    json.writeObjectFieldStart("block");
    json.writeStringField("max_bytes", Long.toString(block.maxBytes()));
    json.writeStringField("max_gas", Long.toString(block.maxGas()));
    json.writeEndObject();
    json.writeObjectFieldStart("evidence");
    json.writeStringField("max_age_num_blocks", Long.toString(evidence.maxAgeNumBlocks()));
    json.writeStringField("max_age_duration", Long.toString(evidence.maxAgeDuration().toNanos()));
    json.writeStringField("max_bytes", Long.toString(evidence.maxBytes()));
    json.writeEndObject();
    json.writeObjectFieldStart("validator");
    json.writeArrayFieldStart("pub_key_types");
    List<String> types = params.validator().orElseThrow().pubKeyTypes();
    for (String type : types) {
      json.writeString(type);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeObjectFieldStart("version");
    json.writeStringField("app", Long.toString(params.version().orElseThrow().app()));
    json.writeEndObject();
    json.writeEndObject();
  }
}
