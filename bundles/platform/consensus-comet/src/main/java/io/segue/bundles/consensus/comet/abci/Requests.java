package io.segue.bundles.consensus.comet.abci;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.segue.bundles.consensus.comet.proto.RequestApplySnapshotChunk;
import io.segue.bundles.consensus.comet.proto.RequestCheckTx;
import io.segue.bundles.consensus.comet.proto.RequestExtendVote;
import io.segue.bundles.consensus.comet.proto.RequestFinalizeBlock;
import io.segue.bundles.consensus.comet.proto.RequestInitChain;
import io.segue.bundles.consensus.comet.proto.RequestLoadSnapshotChunk;
import io.segue.bundles.consensus.comet.proto.RequestOfferSnapshot;
import io.segue.bundles.consensus.comet.proto.RequestPrepareProposal;
import io.segue.bundles.consensus.comet.proto.RequestProcessProposal;
import io.segue.bundles.consensus.comet.proto.RequestQuery;
import io.segue.bundles.consensus.comet.proto.RequestVerifyVoteExtension;
import io.segue.kernel.api.abci.Abci.ApplySnapshotChunkRequest;
import io.segue.kernel.api.abci.Abci.CheckTxRequest;
import io.segue.kernel.api.abci.Abci.CommitInfo;
import io.segue.kernel.api.abci.Abci.ExtendVoteRequest;
import io.segue.kernel.api.abci.Abci.ExtendedCommitInfo;
import io.segue.kernel.api.abci.Abci.ExtendedVoteInfo;
import io.segue.kernel.api.abci.Abci.FinalizeBlockRequest;
import io.segue.kernel.api.abci.Abci.InitChainRequest;
import io.segue.kernel.api.abci.Abci.LoadSnapshotChunkRequest;
import io.segue.kernel.api.abci.Abci.Misbehavior;
import io.segue.kernel.api.abci.Abci.OfferSnapshotRequest;
import io.segue.kernel.api.abci.Abci.PrepareProposalRequest;
import io.segue.kernel.api.abci.Abci.ProcessProposalRequest;
import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.Snapshot;
import io.segue.kernel.api.abci.Abci.VerifyVoteExtensionRequest;
import io.segue.kernel.api.abci.Abci.VoteInfo;
import java.time.Instant;
import java.util.List;

/** Requests from the wire, as the kernel has them. */
final class Requests {
  /** CometBFT's number of a recheck, in the fields of both lines. */
  private static final int RECHECK = 1;

  private Requests() {}

  static InitChainRequest initChain(RequestInitChain request) {
    return new InitChainRequest(
        time(request.getTime()),
        request.getChainId(),
        ConsensusParamsCodec.read(request.getConsensusParams()),
        request.getValidatorsList().stream().map(Validators::read).toList(),
        request.getAppStateBytes().toByteArray(),
        request.getInitialHeight());
  }

  static QueryRequest query(RequestQuery request) {
    return new QueryRequest(
        request.getData().toByteArray(),
        request.getPath(),
        request.getHeight(),
        request.getProve());
  }

  static CheckTxRequest checkTx(RequestCheckTx request) {
    return new CheckTxRequest(
        request.getTx().toByteArray(),
        request.getType() == RECHECK || request.getTypeV1() == RECHECK);
  }

  static PrepareProposalRequest prepareProposal(RequestPrepareProposal request) {
    return new PrepareProposalRequest(
        request.getMaxTxBytes(),
        bytes(request.getTxsList()),
        commit(request.getLocalLastCommit()),
        misbehavior(request.getMisbehaviorList()),
        request.getHeight(),
        time(request.getTime()),
        request.getNextValidatorsHash().toByteArray(),
        request.getProposerAddress().toByteArray());
  }

  static ProcessProposalRequest processProposal(RequestProcessProposal request) {
    return new ProcessProposalRequest(
        bytes(request.getTxsList()),
        commit(request.getProposedLastCommit()),
        misbehavior(request.getMisbehaviorList()),
        request.getHash().toByteArray(),
        request.getHeight(),
        time(request.getTime()),
        request.getNextValidatorsHash().toByteArray(),
        request.getProposerAddress().toByteArray());
  }

  static ExtendVoteRequest extendVote(RequestExtendVote request) {
    return new ExtendVoteRequest(
        request.getHash().toByteArray(),
        request.getHeight(),
        time(request.getTime()),
        bytes(request.getTxsList()),
        commit(request.getProposedLastCommit()),
        misbehavior(request.getMisbehaviorList()),
        request.getNextValidatorsHash().toByteArray(),
        request.getProposerAddress().toByteArray());
  }

  static VerifyVoteExtensionRequest verifyVoteExtension(RequestVerifyVoteExtension request) {
    return new VerifyVoteExtensionRequest(
        request.getHash().toByteArray(),
        request.getValidatorAddress().toByteArray(),
        request.getHeight(),
        request.getVoteExtension().toByteArray());
  }

  static FinalizeBlockRequest finalizeBlock(RequestFinalizeBlock request) {
    return new FinalizeBlockRequest(
        bytes(request.getTxsList()),
        commit(request.getDecidedLastCommit()),
        misbehavior(request.getMisbehaviorList()),
        request.getHash().toByteArray(),
        request.getHeight(),
        time(request.getTime()),
        request.getNextValidatorsHash().toByteArray(),
        request.getProposerAddress().toByteArray());
  }

  static OfferSnapshotRequest offerSnapshot(RequestOfferSnapshot request) {
    io.segue.bundles.consensus.comet.proto.Snapshot offered = request.getSnapshot();
    return new OfferSnapshotRequest(
        new Snapshot(
            offered.getHeight(),
            offered.getFormat(),
            offered.getChunks(),
            offered.getHash().toByteArray(),
            offered.getMetadata().toByteArray()),
        request.getAppHash().toByteArray());
  }

  static LoadSnapshotChunkRequest loadChunk(RequestLoadSnapshotChunk request) {
    return new LoadSnapshotChunkRequest(
        request.getHeight(), request.getFormat(), request.getChunk());
  }

  static ApplySnapshotChunkRequest applyChunk(RequestApplySnapshotChunk request) {
    return new ApplySnapshotChunkRequest(
        request.getIndex(), request.getChunk().toByteArray(), request.getSender());
  }

  private static CommitInfo commit(io.segue.bundles.consensus.comet.proto.CommitInfo commit) {
    return new CommitInfo(
        commit.getRound(),
        commit.getVotesList().stream()
            .map(
                vote ->
                    new VoteInfo(
                        vote.getValidator().getAddress().toByteArray(),
                        vote.getValidator().getPower(),
                        vote.getBlockIdFlag()))
            .toList());
  }

  private static ExtendedCommitInfo commit(
      io.segue.bundles.consensus.comet.proto.ExtendedCommitInfo commit) {
    return new ExtendedCommitInfo(
        commit.getRound(),
        commit.getVotesList().stream()
            .map(
                vote ->
                    new ExtendedVoteInfo(
                        vote.getValidator().getAddress().toByteArray(),
                        vote.getValidator().getPower(),
                        vote.getVoteExtension().toByteArray(),
                        vote.getExtensionSignature().toByteArray(),
                        vote.getBlockIdFlag()))
            .toList());
  }

  private static List<Misbehavior> misbehavior(
      List<io.segue.bundles.consensus.comet.proto.Misbehavior> evidence) {
    return evidence.stream()
        .map(
            one ->
                new Misbehavior(
                    one.getType(),
                    one.getValidator().getAddress().toByteArray(),
                    one.getValidator().getPower(),
                    one.getHeight(),
                    time(one.getTime()),
                    one.getTotalVotingPower()))
        .toList();
  }

  private static Instant time(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  private static List<byte[]> bytes(List<ByteString> strings) {
    return strings.stream().map(ByteString::toByteArray).toList();
  }
}
