package io.segue.kernel.api.abci;

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
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The application that a consensus engine drives. The kernel implements it and publishes it as a
 * service; an engine (in-process, or an ABCI server that speaks to CometBFT) calls it.
 *
 * <p>For each height an engine calls {@link #finalizeBlock} and then {@link #commit}, heights
 * strictly ascending. {@code finalizeBlock} makes nothing visible and may be repeated for the same
 * height before its commit; each time it starts from the committed state of the height before.
 * {@code info}, {@code checkTx}, {@code query} and the proposal calls may come from any thread at
 * any time, also while a block is being executed.
 */
@ProviderType
public interface Application {
  /**
   * The last committed height and its app hash, as often as anybody asks; a block that is being
   * executed goes on.
   */
  InfoResponse info();

  /**
   * What {@link #info} says, to an engine that begins: what was finalized for another one and is
   * not committed is dropped first, and a commit that is being written is waited for.
   */
  CompletionStage<InfoResponse> connect();

  /** Starts a chain from its genesis. Completes exceptionally where the genesis is refused. */
  CompletionStage<InitChainResponse> initChain(InitChainRequest request);

  /** Checks a transaction for the mempool on the check state, which is reset by each commit. */
  CheckTxResponse checkTx(CheckTxRequest request);

  /**
   * The transactions of a proposal: a selection of those offered, within {@code maxTxBytes} and the
   * gas of a block. In front of them there may be an entry of a module's; see {@link
   * io.segue.kernel.api.module.VoteExtension}.
   */
  List<byte[]> prepareProposal(PrepareProposalRequest request);

  /**
   * Whether a proposal keeps the limits of a block and has no entry that the application does not
   * accept. Never {@link ProposalStatus#UNKNOWN}; the same on every node.
   */
  ProposalStatus processProposal(ProcessProposalRequest request);

  /** The application's part of a precommit vote; empty where it has none. */
  ExtendVoteResponse extendVote(ExtendVoteRequest request);

  /**
   * Whether another validator's vote extension is acceptable; an empty one always is. Never {@link
   * ProposalStatus#UNKNOWN}; the same on every node.
   */
  ProposalStatus verifyVoteExtension(VerifyVoteExtensionRequest request);

  /**
   * Executes a block without making anything of it visible. The stage completes on the block thread
   * when the block is executed; while the node loads data for an upgrade, or holds, it stays
   * incomplete and occupies no caller.
   */
  CompletionStage<FinalizeBlockResponse> finalizeBlock(FinalizeBlockRequest request);

  /** Makes the finalized block durable and visible, in one step. */
  CompletionStage<CommitResponse> commit();

  /** Answers a query at a committed height. Never throws: errors are codes of the response. */
  QueryResponse query(QueryRequest request);

  /** The snapshots this node offers; empty where it offers none. */
  List<Snapshot> listSnapshots();

  /** Whether this node takes its first state from a peer's snapshot. */
  OfferSnapshotResult offerSnapshot(OfferSnapshotRequest request);

  /** A piece of a snapshot of {@link #listSnapshots}; empty where it is gone. */
  byte[] loadSnapshotChunk(LoadSnapshotChunkRequest request);

  /** Takes a piece of the snapshot that was accepted last. */
  ApplySnapshotChunkResponse applySnapshotChunk(ApplySnapshotChunkRequest request);

  /**
   * Hears of every commit, after the new generation and the new state are published.
   *
   * @param listener called on the block thread; must return quickly and not call back into {@link
   *     #finalizeBlock} or {@link #commit}
   * @return removes the listener when closed
   */
  AutoCloseable onCommit(CommitListener listener);

  /** See {@link #onCommit}. */
  @FunctionalInterface
  interface CommitListener {
    /** Height {@code height} is committed; {@code appHash} is its 32-byte root. */
    void committed(long height, byte[] appHash);
  }
}
