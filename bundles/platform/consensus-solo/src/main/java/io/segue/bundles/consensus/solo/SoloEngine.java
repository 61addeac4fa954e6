package io.segue.bundles.consensus.solo;

import io.segue.bundles.consensus.solo.agent.AgentThread;
import io.segue.bundles.consensus.solo.chain.ChainAgent;
import io.segue.bundles.consensus.solo.chain.ChainListener;
import io.segue.bundles.consensus.solo.chain.ChainState;
import io.segue.bundles.consensus.solo.chain.Genesis;
import io.segue.bundles.consensus.solo.chain.Head;
import io.segue.bundles.consensus.solo.chain.SoloState;
import io.segue.bundles.consensus.solo.chain.ValidatorSet;
import io.segue.bundles.consensus.solo.chain.VoteSigner;
import io.segue.bundles.consensus.solo.mempool.Mempool;
import io.segue.bundles.consensus.solo.store.BlockStore;
import io.segue.bundles.consensus.solo.store.Indexer;
import io.segue.bundles.consensus.solo.store.TxIndex;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.InfoResponse;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.node.HoldingPart;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.node.RepeatedWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
  private final Mempool mempool;
  private final ChainAgent chain;
  private final ChainQueries queries;
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
   * @param heldFor why the node holds, and what to do; empty where it does not
   */
  record Parts(
      Application application,
      Genesis genesis,
      Genesis.Source genesisFile,
      VoteSigner signer,
      VoteSigner nodeKey,
      BlockStore store,
      TxIndex index,
      SoloConfig config,
      InstantSource clock,
      Supplier<Optional<String>> heldFor) {}

  SoloEngine(Parts parts) {
    genesis = parts.genesis();
    genesisFile = parts.genesisFile();
    nodeInfo =
        new NodeInfo(ValidatorSet.address(parts.nodeKey().publicKey()), parts.config().moniker());
    signer = parts.signer();
    store = parts.store();
    index = parts.index();
    mempool = new Mempool(parts.config().mempool(), parts.application()::checkTx, parts.heldFor());
    submissions = new Submissions(mempool);
    chain =
        new ChainAgent(
            parts.application(),
            store,
            mempool,
            genesis,
            signer,
            parts.clock(),
            TimeUnit.MILLISECONDS.toNanos(parts.config().blockIntervalMs()),
            new ChainNews());
    queries = new ChainQueries(store, index, chain::head, genesis.initialHeight());
    indexer =
        new Indexer(
            store,
            index,
            parts.config().indexEvents(),
            () -> lowestKept(parts.config().blocksKept()),
            this::tellIndexed,
            this::wakeIndexer);
    chainThread = new AgentThread("segue-chain", chain);
    indexThread = new AgentThread("segue-index", indexer);
  }

  /**
   * Finds out where the chain is, on the caller's thread, and gives each agent its own: servers
   * that hear of the engine next know its last block, though the next one may be held for long.
   */
  void start() {
    chain.doWork(System.nanoTime());
    chainThread.start();
    indexThread.start();
  }

  /** Steps the agent that makes blocks, for owners that run no threads. */
  int chainWork(long nowNs) {
    return chain.doWork(nowNs);
  }

  int indexWork(long nowNs) {
    return indexer.doWork(nowNs);
  }

  /** Steps the agent that makes transactions findable, for owners that run no threads. */
  int indexWork() {
    return indexWork(0);
  }

  /** The parts of the engine that may hold, each by itself. */
  List<HoldingPart> parts() {
    return List.of(chain.hold(), indexer.hold());
  }

  private void wakeIndexer() {
    indexThread.wake();
  }

  /** Where the chain is. */
  SoloState state() {
    return chain.state();
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
    return queries.before(height).map(state -> state.validators().validators()).orElse(List.of());
  }

  @Override
  public long height() {
    return queries.height();
  }

  @Override
  public String failure() {
    return chain.hold().hold().map(NodeHold::text).orElse("");
  }

  @Override
  public long oldestHeight() {
    return queries.oldestHeight();
  }

  @Override
  public Optional<Block> block(long height) {
    return queries.block(height);
  }

  @Override
  public Optional<FinalizeBlockResponse> results(long height) {
    return queries.results(height);
  }

  @Override
  public Optional<BlockMeta> meta(long height) {
    return queries.meta(height);
  }

  @Override
  public Optional<Commit> commit(long height) {
    return queries.commit(height);
  }

  @Override
  public Optional<ConsensusParams> consensusParams(long height) {
    return queries.before(height).map(ChainState::params);
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
    return queries.tx(hash);
  }

  @Override
  public Optional<TxProof> proof(long height, int index) {
    return queries.proof(height, index);
  }

  @Override
  public TxPage search(TxQuery query) {
    return queries.search(query);
  }

  @Override
  public HeightPage searchBlocks(TxQuery query) {
    return queries.searchBlocks(query);
  }

  @Override
  public Optional<Long> heightOf(byte[] blockHash) {
    return queries.heightOf(blockHash);
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
  public CheckTxResponse check(byte[] tx) throws MempoolException {
    return mempool.check(tx);
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

  private long lowestKept(long blocksKept) {
    long lowest = blocksKept == 0 ? 0 : height() - blocksKept + 1;
    return retainHeight > 0 ? Math.min(lowest, retainHeight) : lowest;
  }

  private void tellIndexed(long height) {
    for (BlockListener listener : listeners) {
      RepeatedWork.once(
          () -> listener.committed(height),
          e -> log.warn("a listener failed for block {}", height, e));
    }
  }

  private final class ChainNews implements ChainListener {
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
}
