package io.segue.bundles.services;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.segue.bundles.sdk.Bech32;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.bundles.sdk.proto.crypto.ed25519.PubKey;
import io.segue.bundles.services.proto.tendermint.ABCIQueryRequest;
import io.segue.bundles.services.proto.tendermint.ABCIQueryResponse;
import io.segue.bundles.services.proto.tendermint.GetBlockByHeightRequest;
import io.segue.bundles.services.proto.tendermint.GetBlockByHeightResponse;
import io.segue.bundles.services.proto.tendermint.GetLatestBlockRequest;
import io.segue.bundles.services.proto.tendermint.GetLatestBlockResponse;
import io.segue.bundles.services.proto.tendermint.GetLatestValidatorSetRequest;
import io.segue.bundles.services.proto.tendermint.GetLatestValidatorSetResponse;
import io.segue.bundles.services.proto.tendermint.GetNodeInfoRequest;
import io.segue.bundles.services.proto.tendermint.GetSyncingRequest;
import io.segue.bundles.services.proto.tendermint.GetSyncingResponse;
import io.segue.bundles.services.proto.tendermint.GetValidatorSetByHeightRequest;
import io.segue.bundles.services.proto.tendermint.GetValidatorSetByHeightResponse;
import io.segue.bundles.services.proto.tendermint.ProofOp;
import io.segue.bundles.services.proto.tendermint.ProofOps;
import io.segue.bundles.services.proto.tendermint.Validator;
import io.segue.bundles.services.proto.types.Block;
import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.ValidatorInfo;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import io.segue.kernel.api.node.NodeQueries.NodeQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** {@code cosmos.base.tendermint.v1beta1.Service}: blocks, validators, and raw ABCI queries. */
final class TendermintService {
  /** Most validators of one answer, as CometBFT has it; what a request that does not say gets. */
  static final int MAX_VALIDATORS = 100;

  private static final String ED25519 = "/cosmos.crypto.ed25519.PubKey";

  /** What ABCIQuery answers: everything else has a service of its own. */
  private static final Set<String> RAW_PATHS = Set.of("app", "store", "p2p", "custom");

  private final ChainReader chain;
  private final Engine engine;
  private final Application application;
  private final Supplier<Message> nodeInfo;

  TendermintService(ChainReader chain, Application application, Supplier<Message> nodeInfo) {
    this.chain = chain;
    this.engine = chain.engine();
    this.application = application;
    this.nodeInfo = nodeInfo;
  }

  Map<String, NodeQuery> queries() {
    return new Service("cosmos.base.tendermint.v1beta1.Service")
        .add("GetNodeInfo", GetNodeInfoRequest.parser(), request -> nodeInfo.get())
        .add("GetSyncing", GetSyncingRequest.parser(), this::syncing)
        .add("GetLatestBlock", GetLatestBlockRequest.parser(), this::latestBlock)
        .add("GetBlockByHeight", GetBlockByHeightRequest.parser(), this::block)
        .add("GetLatestValidatorSet", GetLatestValidatorSetRequest.parser(), this::latestValidators)
        .add(
            "GetValidatorSetByHeight",
            GetValidatorSetByHeightRequest.parser(),
            this::validatorsByHeight)
        .add("ABCIQuery", ABCIQueryRequest.parser(), this::abciQuery)
        .queries();
  }

  private Message syncing(GetSyncingRequest request) {
    return GetSyncingResponse.newBuilder().setSyncing(engine.isCatchingUp()).build();
  }

  private Message latestBlock(GetLatestBlockRequest request) {
    Engine.Block found = chain.block(engine.height());
    Block block = BlockMessages.block(found);
    return GetLatestBlockResponse.newBuilder()
        .setBlockId(BlockMessages.id(found.id()))
        .setBlock(block)
        .setSdkBlock(sdkBlock(block))
        .build();
  }

  private Message block(GetBlockByHeightRequest request) {
    requireReached(request.getHeight());
    Engine.Block found = chain.block(request.getHeight());
    Block block = BlockMessages.block(found);
    return GetBlockByHeightResponse.newBuilder()
        .setBlockId(BlockMessages.id(found.id()))
        .setBlock(block)
        .setSdkBlock(sdkBlock(block))
        .build();
  }

  private io.segue.bundles.services.proto.tendermint.Block sdkBlock(Block block) {
    byte[] proposer = block.getHeader().getProposerAddress().toByteArray();
    return BlockMessages.sdkBlock(block, Bech32.encode(chain.consensusPrefix(), proposer));
  }

  /** Those who decide the next block, as CometBFT understands the latest. */
  private Message latestValidators(GetLatestValidatorSetRequest request) {
    return validators(engine.height() + 1, request.getPagination());
  }

  private Message validatorsByHeight(GetValidatorSetByHeightRequest request) {
    requireReached(request.getHeight());
    GetLatestValidatorSetResponse set = validators(request.getHeight(), request.getPagination());
    return GetValidatorSetByHeightResponse.newBuilder()
        .setBlockHeight(set.getBlockHeight())
        .addAllValidators(set.getValidatorsList())
        .setPagination(set.getPagination())
        .build();
  }

  private GetLatestValidatorSetResponse validators(long height, PageRequest page) {
    ChainReader.requirePositive(height);
    List<ValidatorInfo> all = engine.validators(height);
    GetLatestValidatorSetResponse.Builder response =
        GetLatestValidatorSetResponse.newBuilder()
            .setBlockHeight(height)
            .setPagination(PageResponse.newBuilder().setTotal(all.size()));
    String prefix = chain.consensusPrefix();
    page(all, page).forEach(validator -> response.addValidators(validator(validator, prefix)));
    return response.build();
  }

  private static Validator validator(ValidatorInfo validator, String prefix) {
    ByteString key =
        PubKey.newBuilder()
            .setKey(BlockMessages.bytes(validator.publicKey()))
            .build()
            .toByteString();
    return Validator.newBuilder()
        .setAddress(Bech32.encode(prefix, validator.address()))
        .setPubKey(Any.newBuilder().setTypeUrl(ED25519).setValue(key))
        .setVotingPower(validator.power())
        .build();
  }

  /** Whole pages: an offset within one is that of its beginning. */
  private static List<ValidatorInfo> page(List<ValidatorInfo> all, PageRequest request) {
    if (request.getOffset() < 0) {
      throw new QueryException(Status.InvalidArgument, "offset must greater than 0");
    }
    if (request.getLimit() < 0) {
      throw new QueryException(Status.InvalidArgument, "limit must greater than 0");
    }
    long limit = request.getLimit() == 0 ? MAX_VALIDATORS : request.getLimit();
    long page = request.getOffset() / limit;
    int size = (int) Math.min(limit, MAX_VALIDATORS);
    long pages = Math.max(1, (all.size() + size - 1) / size);
    if (page >= pages) {
      throw new IllegalArgumentException(
          "page should be within [1, " + pages + "] range, given " + (page + 1));
    }
    int first = (int) page * size;
    return new ArrayList<>(all).subList(first, Math.min(all.size(), first + size));
  }

  private Message abciQuery(ABCIQueryRequest request) {
    String path = request.getPath();
    if (path.isEmpty()) {
      throw new QueryException(Status.InvalidArgument, "empty query path");
    }
    String first = path.startsWith("/") ? path.substring(1) : path;
    if (!RAW_PATHS.contains(first.split("/", 2)[0])) {
      throw new QueryException(Status.InvalidArgument, "unsupported ABCI query path: " + path);
    }
    QueryResponse answer =
        application.query(
            new QueryRequest(
                request.getData().toByteArray(), path, request.getHeight(), request.getProve()));
    ABCIQueryResponse.Builder response =
        ABCIQueryResponse.newBuilder()
            .setCode(answer.code())
            .setLog(answer.log())
            .setKey(BlockMessages.bytes(answer.key()))
            .setValue(BlockMessages.bytes(answer.value()))
            .setHeight(answer.height())
            .setCodespace(answer.codespace());
    if (!answer.proofOps().isEmpty()) {
      ProofOps.Builder ops = response.getProofOpsBuilder();
      answer
          .proofOps()
          .forEach(
              op ->
                  ops.addOps(
                      ProofOp.newBuilder()
                          .setType(op.type())
                          .setKey(BlockMessages.bytes(op.key()))
                          .setData(BlockMessages.bytes(op.data()))));
    }
    return response.build();
  }

  private void requireReached(long height) {
    if (height > engine.height()) {
      throw new QueryException(
          Status.InvalidArgument, "requested block height is bigger then the chain length");
    }
  }
}
