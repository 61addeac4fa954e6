package io.segue.bundles.consensus.solo;

import io.segue.bundles.consensus.solo.chain.ChainAgent;
import io.segue.bundles.consensus.solo.chain.ChainAgent.Head;
import io.segue.bundles.consensus.solo.chain.ChainState;
import io.segue.bundles.consensus.solo.chain.Genesis;
import io.segue.bundles.consensus.solo.chain.SoloState;
import io.segue.bundles.consensus.solo.chain.ValidatorSet;
import io.segue.bundles.consensus.solo.chain.VoteSigner;
import io.segue.bundles.consensus.solo.mempool.Mempool;
import io.segue.bundles.consensus.solo.store.BlockStore;
import io.segue.bundles.consensus.solo.store.Indexer;
import io.segue.bundles.consensus.solo.store.TxIndex;
import io.segue.bundles.consensus.solo.store.TxSearch;
import io.segue.bundles.consensus.solo.wire.Merkle;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.InfoResponse;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine inside the node. Two agents run it: one makes blocks ({@link ChainAgent}), one makes
 * their transactions findable ({@link Indexer}). What servers ask is answered on their own threads
 * from the block store and the index, and never waits for a block.
 *
 * <p>The owner starts it by {@link #start}, which gives each agent a thread, or steps {@link
 * #chainWork} and {@link #indexWork} itself.
 */
public final class SoloEngine implements Engine, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SoloEngine.class);

  private final Genesis genesis;
  private final Genesis.Source genesisFile;
  private final NodeInfo nodeInfo;
  private final VoteSigner signer;
  private final BlockStore store;
  private final TxIndex index;
  private final TxSearch search;
  private final Mempool mempool;
  private final ChainAgent chain;
  private final Indexer indexer;
  private final Submissions submissions;
  private final AgentThread chainThread;
  private final AgentThread indexThread;
  private final CopyOnWriteArrayList<BlockListener> listeners = new CopyOnWriteArrayList<>();
  private volatile long retainHeight;

  /**
   * What an engine is made of.
   *
   * @param genesisFile reads the whole genesis file
   * @param nodeKey the node's key, for its identifier
   */
  record Parts(
      Application application,
      Genesis genesis,
      Genesis.Source genesisFile,
      VoteSigner signer,
      VoteSigner nodeKey,
      String moniker,
      BlockStore store,
      TxIndex index,
      Limits limits,
      InstantSource clock) {}

  SoloEngine(Parts parts) {
    genesis = parts.genesis();
    genesisFile = parts.genesisFile();
    nodeInfo = new NodeInfo(ValidatorSet.address(parts.nodeKey().publicKey()), parts.moniker());
    signer = parts.signer();
    store = parts.store();
    index = parts.index();
    search = new TxSearch(index);
    mempool = new Mempool(parts.limits().mempool(), parts.application()::checkTx);
    submissions = new Submissions(mempool);
    chain =
        new ChainAgent(
            parts.application(),
            store,
            mempool,
            genesis,
            signer,
            parts.clock(),
            TimeUnit.MILLISECONDS.toNanos(parts.limits().blockIntervalMs()),
            new ChainNews());
    indexer =
        new Indexer(
            store,
            index,
            parts.limits().indexEvents(),
            () -> lowestKept(parts.limits().blocksKept()),
            this::tellIndexed);
    chainThread = new AgentThread("segue-chain", new ChainRun());
    indexThread = new AgentThread("segue-index", new IndexRun());
  }

  /** Gives each agent its thread. */
  void start() {
    chainThread.start();
    indexThread.start();
  }

  /** Steps the agent that makes blocks, for owners that run no threads. */
  int chainWork(long nowNs) {
    return chain.doWork(nowNs);
  }

  /** Steps the agent that makes transactions findable, for owners that run no threads. */
  int indexWork() throws IOException {
    return indexer.doWork();
  }

  /** Where the chain is. */
  SoloState state() {
    return chain.state();
  }

  /** Why the chain can't go on; empty while it can. */
  String failure() {
    return chain.failure();
  }

  @Override
  public String chainId() {
    return genesis.chainId();
  }

  @Override
  public NodeInfo nodeInfo() {
    return nodeInfo;
  }

  @Override
  public InfoResponse applicationInfo() {
    InfoResponse said = chain.applicationInfo();
    return chain
        .head()
        .map(Head::next)
        .map(
            state ->
                new InfoResponse(
                    said.data(),
                    said.version(),
                    state.appVersion(),
                    state.height(),
                    state.appHash()))
        .orElse(said);
  }

  @Override
  public ValidatorInfo validator() {
    byte[] address = ValidatorSet.address(signer.publicKey());
    return chain
        .head()
        .flatMap(head -> head.next().validators().find(address))
        .orElse(new ValidatorInfo(address, signer.publicKey(), 0));
  }

  @Override
  public List<ValidatorInfo> validators(long height) {
    return before(height).map(state -> state.validators().validators()).orElse(List.of());
  }

  @Override
  public long height() {
    return chain.head().map(head -> head.next().height()).orElse(0L);
  }

  @Override
  public long oldestHeight() {
    return height() == 0 ? 0 : store.oldestBlock().orElse(0L);
  }

  @Override
  public Optional<Block> block(long height) {
    return height > height() ? Optional.empty() : store.block(height);
  }

  @Override
  public Optional<FinalizeBlockResponse> results(long height) {
    return height > height() || height < genesis.initialHeight()
        ? Optional.empty()
        : store.results(height);
  }

  @Override
  public Optional<BlockMeta> meta(long height) {
    return height > height() ? Optional.empty() : store.meta(height);
  }

  @Override
  public Optional<Commit> commit(long height) {
    return height > height() ? Optional.empty() : store.seenCommit(height);
  }

  @Override
  public Optional<ConsensusParams> consensusParams(long height) {
    return before(height).map(ChainState::params);
  }

  @Override
  public byte[] genesis() {
    try {
      return genesisFile.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<TxResult> tx(byte[] hash) {
    try {
      return index.find(hash).flatMap(place -> txAt(place.height(), place.index()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<TxProof> proof(long height, int index) {
    return block(height)
        .filter(block -> index >= 0 && index < block.txs().size())
        .map(
            block -> {
              List<byte[]> hashes = block.txs().stream().map(Merkle::sha256).toList();
              Merkle.Proof proof = Merkle.prove(hashes, index);
              return new TxProof(
                  block.header().dataHash(),
                  proof.total(),
                  proof.index(),
                  proof.leafHash(),
                  proof.aunts());
            });
  }

  @Override
  public TxPage search(TxQuery query) {
    try {
      TxSearch.Found found = search.find(query, oldestHeight(), height());
      List<TxResult> txs =
          found.hits().stream().flatMap(hit -> txAt(hit.height(), hit.index()).stream()).toList();
      return new TxPage(txs, found.total());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public AutoCloseable onBlock(BlockListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public CheckTxResponse broadcast(byte[] tx) throws MempoolException {
    return mempool.add(mempool.offer(tx));
  }

  @Override
  public CompletionStage<CheckTxResponse> submit(byte[] tx) throws MempoolException {
    return submissions.submit(tx);
  }

  @Override
  public MempoolSize mempool() {
    return mempool.size();
  }

  @Override
  public List<byte[]> pending(int limit) {
    return mempool.first(limit);
  }

  /** Ends the chain where nothing is half done, and closes what is open. */
  @Override
  public void close() {
    submissions.close();
    chainThread.close();
    indexThread.close();
    index.close();
    try {
      store.close();
    } catch (IOException e) {
      log.warn("the block store does not close: {}", e.getMessage());
    }
  }

  /** The state from which the block of {@code height} is or will be made. */
  private Optional<ChainState> before(long height) {
    Optional<Head> head = chain.head();
    if (head.isEmpty() || height < genesis.initialHeight()) {
      return Optional.empty();
    }
    long newest = head.get().next().height();
    if (height > newest) {
      return height == newest + 1 ? head.map(Head::next) : Optional.empty();
    }
    return store.state(height - 1).map(ChainState::decode);
  }

  private Optional<TxResult> txAt(long height, int txIndex) {
    return store
        .tx(height, txIndex)
        .map(
            stored ->
                new TxResult(
                    Merkle.sha256(stored.tx()), height, txIndex, stored.tx(), stored.result()));
  }

  private long lowestKept(long blocksKept) {
    long lowest = blocksKept == 0 ? 0 : height() - blocksKept + 1;
    return retainHeight > 0 ? Math.min(lowest, retainHeight) : lowest;
  }

  private void tellIndexed(long height) {
    for (BlockListener listener : listeners) {
      try {
        listener.committed(height);
      } catch (RuntimeException e) {
        log.warn("a listener failed for block {}", height, e);
      }
    }
  }

  private final class ChainNews implements ChainAgent.Listener {
    @Override
    public void resumed(long height) {
      indexer.startAt(height);
      indexThread.wake();
    }

    @Override
    public void committed(Block block, FinalizeBlockResponse results, long retain) {
      retainHeight = retain;
      indexer.committed(block, results);
      indexThread.wake();
    }

    @Override
    public void wake() {
      chainThread.wake();
    }
  }

  private final class ChainRun implements AgentThread.Agent {
    @Override
    public int doWork(long nowNs) {
      return chain.doWork(nowNs);
    }

    @Override
    public long wakeAtNs() {
      return chain.wakeAtNs();
    }

    @Override
    public void stop() {
      chain.stop();
    }

    @Override
    public boolean isDone() {
      return chain.state() == SoloState.CLOSED;
    }
  }

  private final class IndexRun implements AgentThread.Agent {
    private boolean stopped;

    @Override
    public int doWork(long nowNs) {
      try {
        return indexer.doWork();
      } catch (IOException | UncheckedIOException e) {
        log.error("transactions are no longer indexed: {}", e.getMessage(), e);
        stopped = true;
        return 0;
      }
    }

    @Override
    public long wakeAtNs() {
      return Long.MAX_VALUE;
    }

    @Override
    public void stop() {
      stopped = true;
    }

    @Override
    public boolean isDone() {
      return stopped;
    }
  }
}
