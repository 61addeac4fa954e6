package io.segue.bundles.consensus.comet.abci;

import io.segue.kernel.api.abci.Abci.ApplySnapshotChunkRequest;
import io.segue.kernel.api.abci.Abci.ApplySnapshotChunkResponse;
import io.segue.kernel.api.abci.Abci.ApplySnapshotChunkResult;
import io.segue.kernel.api.abci.Abci.CheckTxRequest;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.CommitResponse;
import io.segue.kernel.api.abci.Abci.ExtendVoteRequest;
import io.segue.kernel.api.abci.Abci.ExtendVoteResponse;
import io.segue.kernel.api.abci.Abci.FinalizeBlockRequest;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.InfoResponse;
import io.segue.kernel.api.abci.Abci.InitChainRequest;
import io.segue.kernel.api.abci.Abci.InitChainResponse;
import io.segue.kernel.api.abci.Abci.LoadSnapshotChunkRequest;
import io.segue.kernel.api.abci.Abci.OfferSnapshotRequest;
import io.segue.kernel.api.abci.Abci.OfferSnapshotResult;
import io.segue.kernel.api.abci.Abci.PrepareProposalRequest;
import io.segue.kernel.api.abci.Abci.ProcessProposalRequest;
import io.segue.kernel.api.abci.Abci.ProposalStatus;
import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.abci.Abci.Snapshot;
import io.segue.kernel.api.abci.Abci.VerifyVoteExtensionRequest;
import io.segue.kernel.api.abci.Application;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** Notes what it is asked; a block is executed when the test says so. */
public final class StubApplication implements Application {
  static final Snapshot SNAPSHOT = new Snapshot(7, 1, 3, new byte[32], new byte[104]);

  public final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
  final CompletableFuture<FinalizeBlockResponse> executed = new CompletableFuture<>();
  private volatile long height = 7;
  private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();

  /** Says that a height is committed. */
  public void committed(long height) {
    this.height = height;
    listeners.forEach(listener -> listener.committed(height, new byte[32]));
  }

  /** How many hear of commits. */
  public int listeners() {
    return listeners.size();
  }

  static FinalizeBlockResponse block(byte[] appHash) {
    return new FinalizeBlockResponse(
        List.of(), List.of(), List.of(), java.util.Optional.empty(), appHash);
  }

  @Override
  public InfoResponse info() {
    calls.add("info");
    return new InfoResponse("stub", "1", 1, height, new byte[] {7});
  }

  @Override
  public CompletionStage<InfoResponse> connect() {
    calls.add("connect");
    return CompletableFuture.completedFuture(
        new InfoResponse("stub", "1", 1, height, new byte[] {7}));
  }

  @Override
  public CompletionStage<InitChainResponse> initChain(InitChainRequest request) {
    calls.add("initChain " + request.chainId());
    return CompletableFuture.completedFuture(
        new InitChainResponse(request.consensusParams(), request.validators(), new byte[] {1}));
  }

  @Override
  public CheckTxResponse checkTx(CheckTxRequest request) {
    calls.add("checkTx " + request.recheck());
    return new CheckTxResponse(0, "", "", 2, 1, List.of());
  }

  @Override
  public List<byte[]> prepareProposal(PrepareProposalRequest request) {
    return request.txs();
  }

  @Override
  public ProposalStatus processProposal(ProcessProposalRequest request) {
    return ProposalStatus.ACCEPT;
  }

  @Override
  public ExtendVoteResponse extendVote(ExtendVoteRequest request) {
    return new ExtendVoteResponse(new byte[0]);
  }

  @Override
  public ProposalStatus verifyVoteExtension(VerifyVoteExtensionRequest request) {
    return ProposalStatus.REJECT;
  }

  @Override
  public CompletionStage<FinalizeBlockResponse> finalizeBlock(FinalizeBlockRequest request) {
    calls.add("finalizeBlock " + request.height());
    return executed;
  }

  @Override
  public CompletionStage<CommitResponse> commit() {
    return CompletableFuture.completedFuture(new CommitResponse(3));
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return new QueryResponse(0, "", "", new byte[0], request.data(), List.of(), 7);
  }

  @Override
  public List<Snapshot> listSnapshots() {
    return List.of(SNAPSHOT);
  }

  @Override
  public OfferSnapshotResult offerSnapshot(OfferSnapshotRequest request) {
    boolean same =
        request.snapshot().height() == SNAPSHOT.height()
            && request.snapshot().format() == SNAPSHOT.format()
            && request.snapshot().chunks() == SNAPSHOT.chunks()
            && Arrays.equals(request.snapshot().hash(), SNAPSHOT.hash())
            && Arrays.equals(request.snapshot().metadata(), SNAPSHOT.metadata())
            && request.appHash().length == 32;
    return same ? OfferSnapshotResult.ACCEPT : OfferSnapshotResult.REJECT_FORMAT;
  }

  @Override
  public byte[] loadSnapshotChunk(LoadSnapshotChunkRequest request) {
    return new byte[] {(byte) request.height(), (byte) request.format(), (byte) request.chunk()};
  }

  @Override
  public ApplySnapshotChunkResponse applySnapshotChunk(ApplySnapshotChunkRequest request) {
    return new ApplySnapshotChunkResponse(
        ApplySnapshotChunkResult.RETRY,
        List.of(request.index(), request.chunk().length),
        List.of(request.sender()));
  }

  @Override
  public AutoCloseable onCommit(CommitListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
