package io.segue.bundles.rpc.method;

import io.segue.bundles.rpc.call.CallParams;
import io.segue.bundles.rpc.call.Method;
import io.segue.bundles.rpc.call.MethodTable;
import io.segue.bundles.rpc.call.RpcException;
import io.segue.bundles.rpc.json.ConsensusJson;
import io.segue.bundles.rpc.json.ResultJson;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.ValidatorInfo;
import java.util.List;

/** MethodTable about who decides blocks, by which parameters, and how far that is. */
public final class ConsensusMethods {
  private final Engine engine;
  private final Heights heights;

  public ConsensusMethods(Engine engine) {
    this.engine = engine;
    this.heights = new Heights(engine);
  }

  public void addTo(MethodTable methods) {
    methods.add("validators", List.of("height", "page", "per_page"), this::validators);
    methods.add("consensus_params", List.of("height"), this::consensusParams);
    methods.add("consensus_state", List.of(), this::state);
    methods.add("dump_consensus_state", List.of(), this::dump);
    methods.add("broadcast_evidence", List.of("evidence"), this::broadcastEvidence);
  }

  private Method.Answer validators(CallParams params) throws RpcException {
    long height = heights.decided(params);
    List<ValidatorInfo> all = engine.validators(height);
    PageRequest pages = PageRequest.of(params);
    pages.check(params, all.size());
    List<ValidatorInfo> page = all.stream().skip(pages.offset()).limit(pages.limit()).toList();
    return out ->
        out.object(
            () -> {
              out.int64("block_height", height);
              out.array("validators", page, validator -> ConsensusJson.validator(out, validator));
              out.int64("count", page.size());
              out.int64("total", all.size());
            });
  }

  private Method.Answer consensusParams(CallParams params) throws RpcException {
    long height = heights.decided(params);
    var found =
        engine
            .consensusParams(height)
            .orElseThrow(
                () ->
                    RpcException.internal("could not find consensus params for height #" + height));
    return out ->
        out.object(
            () -> {
              out.int64("block_height", height);
              out.name("consensus_params");
              ResultJson.params(out, found, false);
            });
  }

  private Method.Answer state(CallParams params) {
    RoundState state = RoundState.of(engine);
    return out -> out.object(() -> state.writeSummary(out));
  }

  private Method.Answer dump(CallParams params) {
    RoundState state = RoundState.of(engine);
    return out ->
        out.object(
            () -> {
              state.write(out);
              out.array("peers", List.<String>of(), out::string);
            });
  }

  /** One validator decides alone: there are no others whose misbehaviour could be told. */
  private Method.Answer broadcastEvidence(CallParams params) throws RpcException {
    if (!params.has("evidence")) {
      throw RpcException.internal("no evidence was provided");
    }
    throw RpcException.internal(
        "failed to add evidence: this node's engine decides alone and keeps no evidence");
  }
}
