package io.segue.bundles.consensus.solo;

import io.segue.bundles.consensus.solo.wire.Merkle;
import io.segue.kernel.api.abci.Abci.ApplySnapshotChunkRequest;
import io.segue.kernel.api.abci.Abci.ApplySnapshotChunkResponse;
import io.segue.kernel.api.abci.Abci.CheckTxRequest;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.CommitResponse;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
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
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.abci.Abci.VerifyVoteExtensionRequest;
import io.segue.kernel.api.abci.Application;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * An application in memory whose transactions are texts. Its app hash is the chain of all it has
 * executed. A transaction {@code bad...} is refused by CheckTx, {@code fail...} fails in a block,
 * and what was committed once is refused ever after.
 */
public final class FakeApplication implements Application {
  public final List<String> calls = new ArrayList<>();
  public final List<FinalizeBlockRequest> finalized = new ArrayList<>();
  public List<ValidatorUpdate> nextUpdates = List.of();
  public Optional<ConsensusParams> nextParams = Optional.empty();
  public List<Event> nextEvents = List.of();
  public long retainHeight;

  /** Gas that each transaction wants. */
  public long gasWanted = 10;

  /** While set, FinalizeBlock answers no sooner than this is completed. */
  public CompletableFuture<Void> hold = CompletableFuture.completedFuture(null);

  /** While set, Commit does nothing and answers no sooner than this is completed. */
  public CompletableFuture<Void> holdCommit = CompletableFuture.completedFuture(null);

  /** Whether Commit answers at all once it is done. */
  public boolean answerCommit = true;

  /** What the next PrepareProposal throws; null for nothing. */
  public @Nullable Error failNextProposal;

  private final Set<String> committedTxs = new HashSet<>();
  private long height;
  private byte[] appHash = new byte[0];
  private byte[] salt = new byte[0];
  private @Nullable FinalizeBlockRequest executed;
  private byte[] executedHash = new byte[0];

  /** Makes the outcome of blocks to come another one. */
  public void changeRules() {
    salt = new byte[] {1};
  }

  /** Forgets everything, as if its data were lost. */
  public void loseData() {
    height = 0;
    appHash = new byte[0];
    committedTxs.clear();
    executed = null;
  }

  /** Another application in the same state. */
  public FakeApplication copy() {
    FakeApplication copy = new FakeApplication();
    copy.height = height;
    copy.appHash = appHash.clone();
    copy.committedTxs.addAll(committedTxs);
    return copy;
  }

  /** Makes it say another hash than it has reached. */
  public void damageHash() {
    appHash = new byte[32];
  }

  public long height() {
    return height;
  }

  public byte[] appHash() {
    return appHash.clone();
  }

  @Override
  public synchronized InfoResponse info() {
    calls.add("info");
    return new InfoResponse("fake", "1", 0, height, appHash.clone());
  }

  @Override
  public synchronized CompletionStage<InfoResponse> connect() {
    executed = null;
    return CompletableFuture.completedFuture(info());
  }

  @Override
  public synchronized CompletionStage<InitChainResponse> initChain(InitChainRequest request) {
    calls.add("initChain");
    appHash = Merkle.sha256(request.appState());
    return CompletableFuture.completedFuture(
        new InitChainResponse(
            new ConsensusParams(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
            List.of(),
            appHash.clone()));
  }

  @Override
  public synchronized CheckTxResponse checkTx(CheckTxRequest request) {
    String text = text(request.tx());
    calls.add((request.recheck() ? "recheck " : "check ") + text);
    boolean bad = text.startsWith("bad") || committedTxs.contains(text);
    return new CheckTxResponse(
        bad ? 5 : 0, bad ? "fake" : "", bad ? "refused" : "", gasWanted, 1, List.of());
  }

  @Override
  public synchronized List<byte[]> prepareProposal(PrepareProposalRequest request) {
    calls.add("prepare " + request.height());
    Error failure = failNextProposal;
    if (failure != null) {
      failNextProposal = null;
      throw failure;
    }
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
    return ProposalStatus.ACCEPT;
  }

  @Override
  public CompletionStage<FinalizeBlockResponse> finalizeBlock(FinalizeBlockRequest request) {
    return hold.thenApply(released -> execute(request));
  }

  @Override
  public CompletionStage<CommitResponse> commit() {
    if (!holdCommit.isDone()) {
      return holdCommit.thenApply(released -> applyCommit());
    }
    CommitResponse response = applyCommit();
    return answerCommit ? CompletableFuture.completedFuture(response) : new CompletableFuture<>();
  }

  private synchronized CommitResponse applyCommit() {
    FinalizeBlockRequest block = Objects.requireNonNull(executed);
    calls.add("commit " + block.height());
    height = block.height();
    appHash = executedHash;
    block.txs().forEach(tx -> committedTxs.add(text(tx)));
    executed = null;
    return new CommitResponse(retainHeight);
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return new QueryResponse(0, "", "", new byte[0], request.data(), List.of(), height);
  }

  @Override
  public List<Snapshot> listSnapshots() {
    return List.of();
  }

  @Override
  public OfferSnapshotResult offerSnapshot(OfferSnapshotRequest request) {
    throw new UnsupportedOperationException("this engine fetches no snapshots");
  }

  @Override
  public byte[] loadSnapshotChunk(LoadSnapshotChunkRequest request) {
    throw new UnsupportedOperationException("this engine serves no snapshots");
  }

  @Override
  public ApplySnapshotChunkResponse applySnapshotChunk(ApplySnapshotChunkRequest request) {
    throw new UnsupportedOperationException("this engine fetches no snapshots");
  }

  @Override
  public AutoCloseable onCommit(CommitListener listener) {
    return () -> {};
  }

  private synchronized FinalizeBlockResponse execute(FinalizeBlockRequest request) {
    calls.add("finalize " + request.height());
    finalized.add(request);
    List<byte[]> inputs = new ArrayList<>(request.txs());
    inputs.add(0, appHash);
    inputs.add(0, salt);
    List<ExecTxResult> results = request.txs().stream().map(FakeApplication::result).toList();
    executed = request;
    executedHash = Merkle.root(inputs);
    List<Event> events = new ArrayList<>(nextEvents);
    events.add(Event.of("block", "height", String.valueOf(request.height())));
    return new FinalizeBlockResponse(
        events, results, nextUpdates, nextParams, executedHash.clone());
  }

  private static ExecTxResult result(byte[] tx) {
    String text = text(tx);
    boolean failed = text.startsWith("fail");
    String[] words = text.split(" ");
    List<Event> events = new ArrayList<>();
    events.add(Event.of("tx", "text", text));
    if (words.length == 3) {
      events.add(Event.of("transfer", "sender", words[0], "amount", words[1]));
      events.add(Event.of("transfer", "recipient", words[2], "amount", words[1]));
    }
    return new ExecTxResult(
        failed ? 11 : 0,
        failed ? new byte[0] : tx,
        failed ? "failed" : "",
        10,
        7,
        events,
        failed ? "fake" : "");
  }

  private static String text(byte[] tx) {
    return new String(tx, StandardCharsets.UTF_8);
  }
}
