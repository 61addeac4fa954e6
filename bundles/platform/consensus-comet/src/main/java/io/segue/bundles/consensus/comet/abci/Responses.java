package io.segue.bundles.consensus.comet.abci;

import com.google.protobuf.ByteString;
import io.segue.bundles.consensus.comet.proto.EventAttribute;
import io.segue.bundles.consensus.comet.proto.ProofOps;
import io.segue.bundles.consensus.comet.proto.Response;
import io.segue.bundles.consensus.comet.proto.ResponseApplySnapshotChunk;
import io.segue.bundles.consensus.comet.proto.ResponseCheckTx;
import io.segue.bundles.consensus.comet.proto.ResponseCommit;
import io.segue.bundles.consensus.comet.proto.ResponseEcho;
import io.segue.bundles.consensus.comet.proto.ResponseException;
import io.segue.bundles.consensus.comet.proto.ResponseExtendVote;
import io.segue.bundles.consensus.comet.proto.ResponseFinalizeBlock;
import io.segue.bundles.consensus.comet.proto.ResponseFlush;
import io.segue.bundles.consensus.comet.proto.ResponseInfo;
import io.segue.bundles.consensus.comet.proto.ResponseInitChain;
import io.segue.bundles.consensus.comet.proto.ResponseListSnapshots;
import io.segue.bundles.consensus.comet.proto.ResponseLoadSnapshotChunk;
import io.segue.bundles.consensus.comet.proto.ResponseOfferSnapshot;
import io.segue.bundles.consensus.comet.proto.ResponsePrepareProposal;
import io.segue.bundles.consensus.comet.proto.ResponseProcessProposal;
import io.segue.bundles.consensus.comet.proto.ResponseQuery;
import io.segue.bundles.consensus.comet.proto.ResponseVerifyVoteExtension;
import io.segue.kernel.api.abci.Abci.ApplySnapshotChunkResponse;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.CommitResponse;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.ExtendVoteResponse;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.InfoResponse;
import io.segue.kernel.api.abci.Abci.InitChainResponse;
import io.segue.kernel.api.abci.Abci.OfferSnapshotResult;
import io.segue.kernel.api.abci.Abci.ProofOp;
import io.segue.kernel.api.abci.Abci.ProposalStatus;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.abci.Abci.Snapshot;
import java.util.List;

/** The kernel's answers, as they go to the wire. */
final class Responses {
  static final Response FLUSH =
      Response.newBuilder().setFlush(ResponseFlush.getDefaultInstance()).build();

  private Responses() {}

  static Response echo(String message) {
    return Response.newBuilder().setEcho(ResponseEcho.newBuilder().setMessage(message)).build();
  }

  static Response info(InfoResponse info) {
    return Response.newBuilder()
        .setInfo(
            ResponseInfo.newBuilder()
                .setData(info.data())
                .setVersion(info.version())
                .setAppVersion(info.appVersion())
                .setLastBlockHeight(info.lastBlockHeight())
                .setLastBlockAppHash(ByteString.copyFrom(info.lastBlockAppHash())))
        .build();
  }

  static Response exception(String text) {
    return Response.newBuilder()
        .setException(ResponseException.newBuilder().setError(text))
        .build();
  }

  static Response initChain(InitChainResponse started) {
    return Response.newBuilder()
        .setInitChain(
            ResponseInitChain.newBuilder()
                .setConsensusParams(ConsensusParamsCodec.write(started.consensusParams()))
                .addAllValidators(started.validators().stream().map(Validators::write).toList())
                .setAppHash(ByteString.copyFrom(started.appHash())))
        .build();
  }

  static Response query(QueryResponse answer) {
    ResponseQuery.Builder query =
        ResponseQuery.newBuilder()
            .setCode(answer.code())
            .setCodespace(answer.codespace())
            .setLog(answer.log())
            .setKey(ByteString.copyFrom(answer.key()))
            .setValue(ByteString.copyFrom(answer.value()))
            .setHeight(answer.height());
    if (!answer.proofOps().isEmpty()) {
      query.setProofOps(
          ProofOps.newBuilder()
              .addAllOps(answer.proofOps().stream().map(Responses::proofOp).toList()));
    }
    return Response.newBuilder().setQuery(query).build();
  }

  static Response checkTx(CheckTxResponse verdict) {
    return Response.newBuilder()
        .setCheckTx(
            ResponseCheckTx.newBuilder()
                .setCode(verdict.code())
                .setCodespace(verdict.codespace())
                .setLog(verdict.log())
                .setGasWanted(verdict.gasWanted())
                .setGasUsed(verdict.gasUsed())
                .addAllEvents(events(verdict.events())))
        .build();
  }

  static Response finalizeBlock(FinalizeBlockResponse block) {
    ResponseFinalizeBlock.Builder response =
        ResponseFinalizeBlock.newBuilder()
            .addAllEvents(events(block.events()))
            .addAllTxResults(block.txResults().stream().map(Responses::txResult).toList())
            .addAllValidatorUpdates(
                block.validatorUpdates().stream().map(Validators::write).toList())
            .setAppHash(ByteString.copyFrom(block.appHash()));
    block
        .consensusParamUpdates()
        .ifPresent(
            updates -> response.setConsensusParamUpdates(ConsensusParamsCodec.write(updates)));
    return Response.newBuilder().setFinalizeBlock(response).build();
  }

  static Response commit(CommitResponse committed) {
    return Response.newBuilder()
        .setCommit(ResponseCommit.newBuilder().setRetainHeight(committed.retainHeight()))
        .build();
  }

  static Response prepareProposal(List<byte[]> txs) {
    return Response.newBuilder()
        .setPrepareProposal(
            ResponsePrepareProposal.newBuilder()
                .addAllTxs(txs.stream().map(ByteString::copyFrom).toList()))
        .build();
  }

  static Response processProposal(ProposalStatus status) {
    return Response.newBuilder()
        .setProcessProposal(ResponseProcessProposal.newBuilder().setStatus(status.ordinal()))
        .build();
  }

  static Response extendVote(ExtendVoteResponse vote) {
    return Response.newBuilder()
        .setExtendVote(
            ResponseExtendVote.newBuilder()
                .setVoteExtension(ByteString.copyFrom(vote.voteExtension())))
        .build();
  }

  static Response verifyVoteExtension(ProposalStatus status) {
    return Response.newBuilder()
        .setVerifyVoteExtension(
            ResponseVerifyVoteExtension.newBuilder().setStatus(status.ordinal()))
        .build();
  }

  static Response snapshots(List<Snapshot> snapshots) {
    return Response.newBuilder()
        .setListSnapshots(
            ResponseListSnapshots.newBuilder()
                .addAllSnapshots(snapshots.stream().map(Responses::snapshot).toList()))
        .build();
  }

  static Response offerSnapshot(OfferSnapshotResult result) {
    return Response.newBuilder()
        .setOfferSnapshot(ResponseOfferSnapshot.newBuilder().setResult(result.ordinal()))
        .build();
  }

  static Response chunk(byte[] chunk) {
    return Response.newBuilder()
        .setLoadSnapshotChunk(
            ResponseLoadSnapshotChunk.newBuilder().setChunk(ByteString.copyFrom(chunk)))
        .build();
  }

  static Response applyChunk(ApplySnapshotChunkResponse applied) {
    return Response.newBuilder()
        .setApplySnapshotChunk(
            ResponseApplySnapshotChunk.newBuilder()
                .setResult(applied.result().ordinal())
                .addAllRefetchChunks(applied.refetchChunks())
                .addAllRejectSenders(applied.rejectSenders()))
        .build();
  }

  private static io.segue.bundles.consensus.comet.proto.Snapshot snapshot(Snapshot snapshot) {
    return io.segue.bundles.consensus.comet.proto.Snapshot.newBuilder()
        .setHeight(snapshot.height())
        .setFormat(snapshot.format())
        .setChunks(snapshot.chunks())
        .setHash(ByteString.copyFrom(snapshot.hash()))
        .setMetadata(ByteString.copyFrom(snapshot.metadata()))
        .build();
  }

  private static io.segue.bundles.consensus.comet.proto.ProofOp proofOp(ProofOp op) {
    return io.segue.bundles.consensus.comet.proto.ProofOp.newBuilder()
        .setType(op.type())
        .setKey(ByteString.copyFrom(op.key()))
        .setData(ByteString.copyFrom(op.data()))
        .build();
  }

  private static io.segue.bundles.consensus.comet.proto.ExecTxResult txResult(ExecTxResult result) {
    return io.segue.bundles.consensus.comet.proto.ExecTxResult.newBuilder()
        .setCode(result.code())
        .setData(ByteString.copyFrom(result.data()))
        .setLog(result.log())
        .setGasWanted(result.gasWanted())
        .setGasUsed(result.gasUsed())
        .addAllEvents(events(result.events()))
        .setCodespace(result.codespace())
        .build();
  }

  private static List<io.segue.bundles.consensus.comet.proto.Event> events(List<Event> events) {
    return events.stream().map(Responses::event).toList();
  }

  private static io.segue.bundles.consensus.comet.proto.Event event(Event event) {
    return io.segue.bundles.consensus.comet.proto.Event.newBuilder()
        .setType(event.type())
        .addAllAttributes(
            event.attributes().stream()
                .map(
                    attribute ->
                        EventAttribute.newBuilder()
                            .setKey(attribute.key())
                            .setValue(attribute.value())
                            .setIndex(attribute.index())
                            .build())
                .toList())
        .build();
  }
}
