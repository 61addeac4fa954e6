package io.segue.bundles.consensus.comet.abci;

import io.segue.bundles.consensus.comet.proto.Request;
import io.segue.bundles.consensus.comet.proto.Response;
import io.segue.kernel.api.abci.Abci.InfoResponse;
import io.segue.kernel.api.abci.Application;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The requests of one connection, asked of the application. Used by the connection's thread. */
final class AbciCalls {
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
      case ECHO -> now(Responses.echo(request.getEcho().getMessage()));
      case FLUSH -> now(Responses.FLUSH);
      case INFO -> info().thenApply(Responses::info);
      case QUERY -> now(Responses.query(application.query(Requests.query(request.getQuery()))));
      case CHECK_TX ->
          now(Responses.checkTx(application.checkTx(Requests.checkTx(request.getCheckTx()))));
      case LIST_SNAPSHOTS -> now(Responses.snapshots(application.listSnapshots()));
      case OFFER_SNAPSHOT ->
          now(
              Responses.offerSnapshot(
                  application.offerSnapshot(Requests.offerSnapshot(request.getOfferSnapshot()))));
      case LOAD_SNAPSHOT_CHUNK ->
          now(
              Responses.chunk(
                  application.loadSnapshotChunk(
                      Requests.loadChunk(request.getLoadSnapshotChunk()))));
      case APPLY_SNAPSHOT_CHUNK ->
          now(
              Responses.applyChunk(
                  application.applySnapshotChunk(
                      Requests.applyChunk(request.getApplySnapshotChunk()))));
      case INIT_CHAIN ->
          driven()
              .initChain(Requests.initChain(request.getInitChain()))
              .thenApply(Responses::initChain);
      case PREPARE_PROPOSAL ->
          now(
              Responses.prepareProposal(
                  driven()
                      .prepareProposal(Requests.prepareProposal(request.getPrepareProposal()))));
      case PROCESS_PROPOSAL ->
          now(
              Responses.processProposal(
                  driven()
                      .processProposal(Requests.processProposal(request.getProcessProposal()))));
      case EXTEND_VOTE ->
          now(
              Responses.extendVote(
                  driven().extendVote(Requests.extendVote(request.getExtendVote()))));
      case VERIFY_VOTE_EXTENSION ->
          now(
              Responses.verifyVoteExtension(
                  driven()
                      .verifyVoteExtension(
                          Requests.verifyVoteExtension(request.getVerifyVoteExtension()))));
      case FINALIZE_BLOCK ->
          driven()
              .finalizeBlock(Requests.finalizeBlock(request.getFinalizeBlock()))
              .thenApply(Responses::finalizeBlock);
      case COMMIT -> driven().commit().thenApply(Responses::commit);
      case VALUE_NOT_SET ->
          throw new IllegalArgumentException(
              "a request that ABCI 2.0 does not have; this node speaks to CometBFT v0.38 and"
                  + " v1.0");
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

  /** The application, for calls that only the engine that drives blocks may make. */
  private Application driven() {
    seat.take(this);
    return application;
  }

  private static CompletionStage<Response> now(Response response) {
    return CompletableFuture.completedFuture(response);
  }
}
