package io.segue.bundles.services;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.segue.bundles.sdk.proto.types.ABCIParams;
import io.segue.bundles.sdk.proto.types.BlockParams;
import io.segue.bundles.sdk.proto.types.ConsensusParams;
import io.segue.bundles.sdk.proto.types.EvidenceParams;
import io.segue.bundles.sdk.proto.types.ValidatorParams;
import io.segue.bundles.sdk.proto.types.VersionParams;
import io.segue.bundles.services.proto.consensus.QueryParamsRequest;
import io.segue.bundles.services.proto.consensus.QueryParamsResponse;
import io.segue.bundles.services.proto.node.ConfigRequest;
import io.segue.bundles.services.proto.node.ConfigResponse;
import io.segue.bundles.services.proto.node.StatusRequest;
import io.segue.bundles.services.proto.node.StatusResponse;
import io.segue.bundles.services.proto.p2p.DefaultNodeInfo;
import io.segue.bundles.services.proto.p2p.DefaultNodeInfoOther;
import io.segue.bundles.services.proto.p2p.ProtocolVersion;
import io.segue.bundles.services.proto.tendermint.GetNodeInfoResponse;
import io.segue.bundles.services.proto.tendermint.Module;
import io.segue.bundles.services.proto.tendermint.VersionInfo;
import io.segue.kernel.api.abci.Abci;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import io.segue.kernel.api.node.NodeQueries.NodeQuery;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What the node says of itself: {@code cosmos.base.node.v1beta1.Service}, {@code
 * cosmos.consensus.v1.Query} and the node's part of {@link TendermintService}.
 */
final class NodeService {
  /** Explorers choose by it which routes they ask: those of the Cosmos SDK 0.50. */
  static final String COSMOS_SDK_VERSION = "v0.50.13";

  /** Clients choose their dialect by it: a CometBFT v0.38. */
  private static final String COMETBFT_VERSION = "0.38.25";

  private static final long P2P_PROTOCOL = 8;
  private static final long BLOCK_PROTOCOL = 11;
  private static final String NAME = "segue";

  private final Engine engine;
  private final NodeFacts facts;
  private final LongSupplier oldestState;

  /**
   * The services.
   *
   * @param facts of the settings
   * @param oldestState the oldest height whose state can be read
   */
  NodeService(Engine engine, NodeFacts facts, LongSupplier oldestState) {
    this.engine = engine;
    this.facts = facts;
    this.oldestState = oldestState;
  }

  Map<String, NodeQuery> queries() {
    Map<String, NodeQuery> queries = new HashMap<>();
    queries.putAll(
        new Service("cosmos.base.node.v1beta1.Service")
            .add("Config", ConfigRequest.parser(), this::config)
            .addAt("Status", StatusRequest.parser(), this::status)
            .queries());
    queries.putAll(
        new Service("cosmos.consensus.v1.Query")
            .addAt("Params", QueryParamsRequest.parser(), this::params)
            .queries());
    return queries;
  }

  /** The answer of {@code GetNodeInfo}. */
  Message nodeInfo() {
    String rpcAddress =
        engine.ownRpc().map(rpc -> "tcp://" + rpc.getAuthority()).orElse(facts.rpcAddress());
    Engine.NodeInfo node = engine.nodeInfo();
    long app = engine.meta(engine.height()).map(meta -> meta.header().appVersion()).orElse(0L);
    return GetNodeInfoResponse.newBuilder()
        .setDefaultNodeInfo(
            DefaultNodeInfo.newBuilder()
                .setProtocolVersion(
                    ProtocolVersion.newBuilder()
                        .setP2P(P2P_PROTOCOL)
                        .setBlock(BLOCK_PROTOCOL)
                        .setApp(app))
                .setDefaultNodeId(HexFormat.of().formatHex(node.id()))
                .setListenAddr(rpcAddress)
                .setNetwork(engine.chainId())
                .setVersion(COMETBFT_VERSION)
                .setMoniker(node.moniker())
                .setOther(
                    DefaultNodeInfoOther.newBuilder().setTxIndex("on").setRpcAddress(rpcAddress)))
        .setApplicationVersion(
            VersionInfo.newBuilder()
                .setName(NAME)
                .setAppName(NAME)
                .setVersion(facts.version())
                .setGoVersion("Java " + Runtime.version())
                .setCosmosSdkVersion(COSMOS_SDK_VERSION)
                .addBuildDeps(module("github.com/cosmos/cosmos-sdk", COSMOS_SDK_VERSION))
                .addBuildDeps(module("github.com/cometbft/cometbft", "v" + COMETBFT_VERSION)))
        .build();
  }

  /** One of the two whose interfaces the node has: relayers look for their versions here. */
  private static Module module(String path, String version) {
    return Module.newBuilder().setPath(path).setVersion(version).build();
  }

  private Message config(ConfigRequest request) {
    return ConfigResponse.newBuilder()
        .setMinimumGasPrice(facts.minimumGasPrices())
        .setPruningKeepRecent(facts.pruningKeepRecent())
        .setPruningInterval(facts.pruningInterval())
        .setHaltHeight(facts.haltHeight())
        .build();
  }

  private Message status(long height, StatusRequest request) {
    StatusResponse.Builder response =
        StatusResponse.newBuilder()
            .setEarliestStoreHeight(Math.max(0, oldestState.getAsLong()))
            .setHeight(height);
    engine
        .meta(height)
        .ifPresent(
            meta ->
                response
                    .setTimestamp(BlockMessages.time(meta.header().time()))
                    .setAppHash(BlockMessages.bytes(meta.header().appHash()))
                    .setValidatorHash(BlockMessages.bytes(meta.header().nextValidatorsHash())));
    return response.build();
  }

  /** Those that hold for the block after the height, as the state of the height has them. */
  private Message params(long height, QueryParamsRequest request) {
    Abci.ConsensusParams params =
        engine
            .consensusParams(height + 1)
            .orElseThrow(
                () ->
                    new QueryException(
                        Status.NotFound,
                        "the consensus params of height " + height + " are not kept"));
    ConsensusParams.Builder built =
        ConsensusParams.newBuilder()
            .setAbci(
                ABCIParams.newBuilder()
                    .setVoteExtensionsEnableHeight(
                        params.abci().map(Abci.AbciParams::voteExtensionsEnableHeight).orElse(0L)));
    params
        .block()
        .ifPresent(
            block ->
                built.setBlock(
                    BlockParams.newBuilder()
                        .setMaxBytes(block.maxBytes())
                        .setMaxGas(block.maxGas())));
    params.evidence().ifPresent(evidence -> built.setEvidence(evidence(evidence)));
    params
        .validator()
        .ifPresent(
            validator ->
                built.setValidator(
                    ValidatorParams.newBuilder().addAllPubKeyTypes(validator.pubKeyTypes())));
    params
        .version()
        .ifPresent(version -> built.setVersion(VersionParams.newBuilder().setApp(version.app())));
    return QueryParamsResponse.newBuilder().setParams(built).build();
  }

  private static EvidenceParams evidence(Abci.EvidenceParams params) {
    return EvidenceParams.newBuilder()
        .setMaxAgeNumBlocks(params.maxAgeNumBlocks())
        .setMaxAgeDuration(
            Duration.newBuilder()
                .setSeconds(params.maxAgeDuration().getSeconds())
                .setNanos(params.maxAgeDuration().getNano()))
        .setMaxBytes(params.maxBytes())
        .build();
  }
}
