package io.segue.kernel.core.node;

import io.segue.kernel.api.abci.Abci.ApplySnapshotChunkRequest;
import io.segue.kernel.api.abci.Abci.ApplySnapshotChunkResponse;
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
import io.segue.kernel.api.node.GrpcQueries;
import io.segue.kernel.api.node.Interfaces;
import io.segue.kernel.api.node.NodeQueries;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.core.block.BlockLoop;
import io.segue.kernel.core.block.ChainOperations;
import io.segue.kernel.core.check.CheckState;
import io.segue.kernel.core.check.ProposalHandler;
import io.segue.kernel.core.check.QueryLimits;
import io.segue.kernel.core.check.VoteExtensions;
import io.segue.kernel.core.query.Queries;
import io.segue.kernel.core.snapshot.SnapshotFolder;
import io.segue.kernel.core.snapshot.SnapshotMetadata;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The application as engines see it. Blocks go to the block loop; CheckTx and queries are answered
 * on the caller's thread, from what the last commit published.
 *
 * <p>Thread safety: any thread.
 */
final class KernelApplication implements Application, AutoCloseable {
  /** What Info and {@code /app/version} tell. */
  static final String NAME = "segue";

  private final StateStore store;
  private final ChainOperations chain;
  private final BlockLoop loop;
  private final PublishedState published;
  private final CheckState checkState;
  private final VoteExtensions extensions;
  private final ProposalHandler proposals;
  private final Queries queries;
  private final LongSupplier minRetainBlocks;
  private final SnapshotFolder snapshots;
  private final StateSync stateSync;

  /**
   * An application.
   *
   * @param limits of queries, as they count now
   * @param snapshots those that are offered
   * @param minRetainBlocks how many blocks the engine has to keep at least; 0 for all
   */
  KernelApplication(
      StateStore store,
      ChainOperations chain,
      BlockLoop loop,
      PublishedState published,
      Supplier<QueryLimits> limits,
      LongSupplier minRetainBlocks,
      SnapshotFolder snapshots,
      StateSync stateSync,
      Supplier<List<NodeQueries>> services) {
    this.store = store;
    this.chain = chain;
    this.loop = loop;
    this.published = published;
    this.checkState = published.checkState();
    this.extensions = new VoteExtensions(checkState);
    this.proposals = new ProposalHandler(checkState, extensions, () -> chain.facts().params());
    this.minRetainBlocks = minRetainBlocks;
    this.snapshots = snapshots;
    this.stateSync = stateSync;
    this.queries = new Queries(store, published, checkState, NAME, limits, chain.steps(), services);
  }

  @Override
  public InfoResponse info() {
    long height = published.last();
    return new InfoResponse(
        NAME,
        NAME,
        chain.facts().appVersion(),
        height,
        height == 0 ? new byte[0] : store.appHash(height));
  }

  @Override
  public CompletionStage<InfoResponse> connect() {
    return loop.connect().thenApply(ready -> info());
  }

  @Override
  public CompletionStage<InitChainResponse> initChain(InitChainRequest request) {
    return loop.initChain(request);
  }

  @Override
  public CheckTxResponse checkTx(CheckTxRequest request) {
    return checkState.check(request);
  }

  @Override
  public List<byte[]> prepareProposal(PrepareProposalRequest request) {
    return proposals.prepare(request);
  }

  @Override
  public ProposalStatus processProposal(ProcessProposalRequest request) {
    return verdict(proposals.accepts(request));
  }

  @Override
  public ExtendVoteResponse extendVote(ExtendVoteRequest request) {
    return new ExtendVoteResponse(extensions.extend(request));
  }

  @Override
  public ProposalStatus verifyVoteExtension(VerifyVoteExtensionRequest request) {
    return verdict(extensions.verify(request));
  }

  @Override
  public CompletionStage<FinalizeBlockResponse> finalizeBlock(FinalizeBlockRequest request) {
    return loop.finalizeBlock(request);
  }

  @Override
  public CompletionStage<CommitResponse> commit() {
    return loop.commit().thenApply(committed -> new CommitResponse(retainHeight()));
  }

  /** The oldest block that the operator's setting, evidence or who takes a snapshot needs. */
  private long retainHeight() {
    long blocks = minRetainBlocks.getAsLong();
    if (blocks == 0) {
      return 0;
    }
    long evidenceBlocks = chain.facts().params().evidence().orElseThrow().maxAgeNumBlocks();
    long retained = Math.max(0, published.last() - Math.max(blocks, evidenceBlocks));
    return Math.min(retained, snapshots.oldest().orElse(retained));
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return queries.query(request);
  }

  /** The same queries as gRPC answers them. */
  GrpcQueries grpcQueries() {
    return queries;
  }

  /** The descriptors of what can be queried. */
  Interfaces interfaces() {
    return queries;
  }

  @Override
  public List<Snapshot> listSnapshots() {
    return snapshots.list().stream().map(SnapshotMetadata::snapshot).toList();
  }

  @Override
  public OfferSnapshotResult offerSnapshot(OfferSnapshotRequest request) {
    return stateSync.offer(request);
  }

  @Override
  public byte[] loadSnapshotChunk(LoadSnapshotChunkRequest request) {
    return request.format() == SnapshotMetadata.FORMAT
        ? snapshots.chunk(request.height(), request.chunk()).orElseGet(() -> new byte[0])
        : new byte[0];
  }

  @Override
  public ApplySnapshotChunkResponse applySnapshotChunk(ApplySnapshotChunkRequest request) {
    return stateSync.apply(request);
  }

  @Override
  public AutoCloseable onCommit(CommitListener listener) {
    return published.onCommit(listener);
  }

  @Override
  public void close() {
    stateSync.close();
    extensions.close();
    published.close();
  }

  private static ProposalStatus verdict(boolean accepted) {
    return accepted ? ProposalStatus.ACCEPT : ProposalStatus.REJECT;
  }
}
