package io.segue.bundles.services;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnsafeByteOperations;
import io.segue.bundles.services.proto.types.Block;
import io.segue.bundles.services.proto.types.BlockID;
import io.segue.bundles.services.proto.types.BlockIDFlag;
import io.segue.bundles.services.proto.types.Commit;
import io.segue.bundles.services.proto.types.CommitSig;
import io.segue.bundles.services.proto.types.Data;
import io.segue.bundles.services.proto.types.EvidenceList;
import io.segue.bundles.services.proto.types.Header;
import io.segue.bundles.services.proto.types.PartSetHeader;
import io.segue.bundles.services.proto.version.Consensus;
import io.segue.kernel.api.engine.Engine;
import java.time.Instant;

/** The engine's blocks as CometBFT's protobuf messages. What is never null there is present. */
final class BlockMessages {
  private BlockMessages() {}

  static Block block(Engine.Block block) {
    Data.Builder data = Data.newBuilder();
    block.txs().forEach(tx -> data.addTxs(bytes(tx)));
    return Block.newBuilder()
        .setHeader(header(block.header()))
        .setData(data)
        .setEvidence(EvidenceList.getDefaultInstance())
        .setLastCommit(commit(block.lastCommit()))
        .build();
  }

  /** The same block with its proposer as users write addresses. */
  static io.segue.bundles.services.proto.tendermint.Block sdkBlock(Block block, String proposer) {
    Header header = block.getHeader();
    return io.segue.bundles.services.proto.tendermint.Block.newBuilder()
        .setHeader(
            io.segue.bundles.services.proto.tendermint.Header.newBuilder()
                .setVersion(header.getVersion())
                .setChainId(header.getChainId())
                .setHeight(header.getHeight())
                .setTime(header.getTime())
                .setLastBlockId(header.getLastBlockId())
                .setLastCommitHash(header.getLastCommitHash())
                .setDataHash(header.getDataHash())
                .setValidatorsHash(header.getValidatorsHash())
                .setNextValidatorsHash(header.getNextValidatorsHash())
                .setConsensusHash(header.getConsensusHash())
                .setAppHash(header.getAppHash())
                .setLastResultsHash(header.getLastResultsHash())
                .setEvidenceHash(header.getEvidenceHash())
                .setProposerAddress(proposer))
        .setData(block.getData())
        .setEvidence(block.getEvidence())
        .setLastCommit(block.getLastCommit())
        .build();
  }

  static BlockID id(Engine.BlockId id) {
    return BlockID.newBuilder()
        .setHash(bytes(id.hash()))
        .setPartSetHeader(
            PartSetHeader.newBuilder().setTotal(id.partsTotal()).setHash(bytes(id.partsHash())))
        .build();
  }

  static Timestamp time(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  /** Without a copy: nobody changes what the engine gave. */
  static ByteString bytes(byte[] bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  private static Header header(Engine.Header header) {
    return Header.newBuilder()
        .setVersion(
            Consensus.newBuilder().setBlock(header.blockProtocol()).setApp(header.appVersion()))
        .setChainId(header.chainId())
        .setHeight(header.height())
        .setTime(time(header.time()))
        .setLastBlockId(id(header.lastBlockId()))
        .setLastCommitHash(bytes(header.lastCommitHash()))
        .setDataHash(bytes(header.dataHash()))
        .setValidatorsHash(bytes(header.validatorsHash()))
        .setNextValidatorsHash(bytes(header.nextValidatorsHash()))
        .setConsensusHash(bytes(header.consensusHash()))
        .setAppHash(bytes(header.appHash()))
        .setLastResultsHash(bytes(header.lastResultsHash()))
        .setEvidenceHash(bytes(header.evidenceHash()))
        .setProposerAddress(bytes(header.proposerAddress()))
        .build();
  }

  private static Commit commit(Engine.Commit commit) {
    Commit.Builder built =
        Commit.newBuilder()
            .setHeight(commit.height())
            .setRound(commit.round())
            .setBlockId(id(commit.blockId()));
    for (Engine.CommitSig signature : commit.signatures()) {
      built.addSignatures(
          CommitSig.newBuilder()
              .setBlockIdFlag(BlockIDFlag.forNumber(signature.blockIdFlag()))
              .setValidatorAddress(bytes(signature.validatorAddress()))
              .setTimestamp(time(signature.timestamp()))
              .setSignature(bytes(signature.signature())));
    }
    return built.build();
  }
}
