package io.segue.bundles.consensus.comet.abci;

import com.google.protobuf.ByteString;
import io.segue.bundles.consensus.comet.proto.Request;
import io.segue.bundles.consensus.comet.proto.Response;
import io.segue.bundles.consensus.comet.proto.ResponseApplySnapshotChunk;
import io.segue.bundles.consensus.comet.proto.ResponseCommit;
import io.segue.bundles.consensus.comet.proto.ResponseEcho;
import io.segue.bundles.consensus.comet.proto.ResponseExtendVote;
import io.segue.bundles.consensus.comet.proto.ResponseFlush;
import io.segue.bundles.consensus.comet.proto.ResponseLoadSnapshotChunk;
import io.segue.bundles.consensus.comet.proto.ResponseOfferSnapshot;
import io.segue.bundles.consensus.comet.proto.ResponsePrepareProposal;
import io.segue.bundles.consensus.comet.proto.ResponseProcessProposal;
import io.segue.bundles.consensus.comet.proto.ResponseVerifyVoteExtension;
import io.segue.kernel.api.abci.Abci.ApplySnapshotChunkRequest;
import io.segue.kernel.api.abci.Abci.ApplySnapshotChunkResponse;
import io.segue.kernel.api.abci.Abci.CheckTxRequest;
import io.segue.kernel.api.abci.Abci.InfoResponse;
import io.segue.kernel.api.abci.Abci.LoadSnapshotChunkRequest;
import io.segue.kernel.api.abci.Application;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The requests of one connection, asked of the application. Used by the connection's thread. */
final class AbciCalls {
  /** CometBFT's number of a recheck, in the fields of both lines. */
  private static final int RECHECK = 1;

  private final Application application;
  private final EngineSeat seat;
  private boolean greeted;

  AbciCalls(Application application, EngineSeat seat) {
    this.application = application;
    this.seat = seat;
  }

  /**
   * Has a request answered.
   *
   * @return completes exceptionally where the engine must not go on as it does
   */
  CompletionStage<Response> answer(Request request) {
    return switch (request.getValueCase()) {
      case INFO -> info().thenApply(Responses::info);
      case INIT_CHAIN,
          COMMIT,
          PREPARE_PROPOSAL,
          PROCESS_PROPOSAL,
          EXTEND_VOTE,
          VERIFY_VOTE_EXTENSION,
          FINALIZE_BLOCK ->
          consensus(request);
      default -> CompletableFuture.completedFuture(other(request));
    };
  }

  /** The connection ended. */
  void close() {
    seat.leave(this);
  }

  /**
   * The first Info of a connection, while no engine drives blocks, is that of an engine that
   * begins; another is somebody's {@code abci_info}.
   */
  private CompletionStage<InfoResponse> info() {
    boolean begins = !greeted && !seat.taken();
    greeted = true;
    return begins ? application.connect() : CompletableFuture.completedFuture(application.info());
  }

  private CompletionStage<Response> consensus(Request request) {
    seat.take(this);
    return switch (request.getValueCase()) {
      case INIT_CHAIN ->
          application
              .initChain(Requests.initChain(request.getInitChain()))
              .thenApply(Responses::initChain);
      case FINALIZE_BLOCK ->
          application
              .finalizeBlock(Requests.finalizeBlock(request.getFinalizeBlock()))
              .thenApply(Responses::finalizeBlock);
      case COMMIT ->
          application
              .commit()
              .thenApply(
                  commit ->
                      Response.newBuilder()
                          .setCommit(
                              ResponseCommit.newBuilder().setRetainHeight(commit.retainHeight()))
                          .build());
      default -> CompletableFuture.completedFuture(voting(request).build());
    };
  }

  private Response.Builder voting(Request request) {
    Response.Builder response = Response.newBuilder();
    return switch (request.getValueCase()) {
      case PREPARE_PROPOSAL ->
          response.setPrepareProposal(
              ResponsePrepareProposal.newBuilder()
                  .addAllTxs(
                      Responses.byteStrings(
                          application.prepareProposal(
                              Requests.prepareProposal(request.getPrepareProposal())))));
      case PROCESS_PROPOSAL ->
          response.setProcessProposal(
              ResponseProcessProposal.newBuilder()
                  .setStatus(
                      application
                          .processProposal(Requests.processProposal(request.getProcessProposal()))
                          .ordinal()));
      case EXTEND_VOTE ->
          response.setExtendVote(
              ResponseExtendVote.newBuilder()
                  .setVoteExtension(
                      ByteString.copyFrom(
                          application
                              .extendVote(Requests.extendVote(request.getExtendVote()))
                              .voteExtension())));
      case VERIFY_VOTE_EXTENSION ->
          response.setVerifyVoteExtension(
              ResponseVerifyVoteExtension.newBuilder()
                  .setStatus(
                      application
                          .verifyVoteExtension(
                              Requests.verifyVoteExtension(request.getVerifyVoteExtension()))
                          .ordinal()));
      default -> throw new IllegalArgumentException(request.getValueCase().toString());
    };
  }

  private Response other(Request request) {
    return switch (request.getValueCase()) {
      case ECHO ->
          Response.newBuilder()
              .setEcho(ResponseEcho.newBuilder().setMessage(request.getEcho().getMessage()))
              .build();
      case FLUSH -> Response.newBuilder().setFlush(ResponseFlush.getDefaultInstance()).build();
      case QUERY -> Responses.query(application.query(Requests.query(request.getQuery())));
      case CHECK_TX ->
          Responses.checkTx(
              application.checkTx(
                  new CheckTxRequest(
                      request.getCheckTx().getTx().toByteArray(),
                      request.getCheckTx().getType() == RECHECK
                          || request.getCheckTx().getTypeV1() == RECHECK)));
      default -> snapshots(request).build();
    };
  }

  private Response.Builder snapshots(Request request) {
    Response.Builder response = Response.newBuilder();
    return switch (request.getValueCase()) {
      case LIST_SNAPSHOTS ->
          response.setListSnapshots(Responses.snapshots(application.listSnapshots()));
      case OFFER_SNAPSHOT ->
          response.setOfferSnapshot(
              ResponseOfferSnapshot.newBuilder()
                  .setResult(
                      application
                          .offerSnapshot(Requests.offerSnapshot(request.getOfferSnapshot()))
                          .ordinal()));
      case LOAD_SNAPSHOT_CHUNK ->
          response.setLoadSnapshotChunk(
              ResponseLoadSnapshotChunk.newBuilder()
                  .setChunk(
                      ByteString.copyFrom(
                          application.loadSnapshotChunk(
                              new LoadSnapshotChunkRequest(
                                  request.getLoadSnapshotChunk().getHeight(),
                                  request.getLoadSnapshotChunk().getFormat(),
                                  request.getLoadSnapshotChunk().getChunk())))));
      case APPLY_SNAPSHOT_CHUNK -> {
        ApplySnapshotChunkResponse applied =
            application.applySnapshotChunk(
                new ApplySnapshotChunkRequest(
                    request.getApplySnapshotChunk().getIndex(),
                    request.getApplySnapshotChunk().getChunk().toByteArray(),
                    request.getApplySnapshotChunk().getSender()));
        yield response.setApplySnapshotChunk(
            ResponseApplySnapshotChunk.newBuilder()
                .setResult(applied.result().ordinal())
                .addAllRefetchChunks(applied.refetchChunks())
                .addAllRejectSenders(applied.rejectSenders()));
      }
      default ->
          throw new IllegalArgumentException(
              "a request that ABCI 2.0 does not have; this node speaks to CometBFT v0.38 and v1.0");
    };
  }
}
