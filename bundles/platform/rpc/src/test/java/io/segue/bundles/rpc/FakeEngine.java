package io.segue.bundles.rpc;

import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.InfoResponse;
import io.segue.kernel.api.engine.Engine;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** An engine whose answers are fields that a test sets. */
public final class FakeEngine implements Engine {
  String chainId = "test-1";
  NodeInfo nodeInfo = new NodeInfo(new byte[20], "fake");
  ValidatorInfo validator = new ValidatorInfo(new byte[20], new byte[32], 1);
  InfoResponse info = new InfoResponse("", "", 0, 0, new byte[0]);
  public long height;
  String failure = "";
  long oldest = 1;
  public byte[] genesis = new byte[0];
  TxPage found = new TxPage(List.of(), 0);
  HeightPage foundBlocks = new HeightPage(List.of(), 0);
  public Optional<MempoolException> refusal = Optional.empty();
  CheckTxResponse check = new CheckTxResponse(0, "", "", 0, 0, List.of());
  public Runnable onBroadcast = () -> {};

  public final Map<Long, Block> blocks = new HashMap<>();
  final Map<Long, BlockMeta> metas = new HashMap<>();
  public final Map<Long, FinalizeBlockResponse> results = new HashMap<>();
  public final Map<Long, Commit> commits = new HashMap<>();
  final Map<Long, List<ValidatorInfo>> validators = new HashMap<>();
  final Map<String, TxResult> txs = new HashMap<>();
  final List<byte[]> pending = new ArrayList<>();
  final List<TxQuery> searches = new ArrayList<>();
  public final List<BlockListener> listeners = new CopyOnWriteArrayList<>();
  Optional<TxProof> proof = Optional.empty();
  Optional<URI> ownRpc = Optional.empty();

  /** Makes a transaction part of a block and tells it. */
  public void commit(TxResult tx) {
    txs.put(HexFormat.of().formatHex(tx.hash()), tx);
    listeners.forEach(listener -> listener.committed(tx.height()));
  }

  /** Makes a height the newest and tells it. */
  public void tellHeight(long newest) {
    height = newest;
    listeners.forEach(listener -> listener.committed(newest));
  }

  @Override
  public String chainId() {
    return chainId;
  }

  @Override
  public Optional<URI> ownRpc() {
    return ownRpc;
  }

  @Override
  public NodeInfo nodeInfo() {
    return nodeInfo;
  }

  @Override
  public InfoResponse applicationInfo() {
    return info;
  }

  @Override
  public ValidatorInfo validator() {
    return validator;
  }

  @Override
  public List<ValidatorInfo> validators(long height) {
    return validators.getOrDefault(height, List.of(validator));
  }

  @Override
  public long height() {
    return height;
  }

  @Override
  public String failure() {
    return failure;
  }

  @Override
  public long oldestHeight() {
    return oldest;
  }

  @Override
  public Optional<Block> block(long height) {
    return Optional.ofNullable(blocks.get(height));
  }

  @Override
  public Optional<FinalizeBlockResponse> results(long height) {
    return Optional.ofNullable(results.get(height));
  }

  @Override
  public Optional<BlockMeta> meta(long height) {
    return Optional.ofNullable(metas.get(height));
  }

  @Override
  public Optional<Commit> commit(long height) {
    return Optional.ofNullable(commits.get(height));
  }

  @Override
  public Optional<ConsensusParams> consensusParams(long height) {
    return Optional.of(ConsensusParams.defaults(0));
  }

  @Override
  public byte[] genesis() {
    return genesis.clone();
  }

  @Override
  public Optional<TxResult> tx(byte[] hash) {
    return Optional.ofNullable(txs.get(HexFormat.of().formatHex(hash)));
  }

  @Override
  public Optional<TxProof> proof(long height, int index) {
    return proof;
  }

  @Override
  public TxPage search(TxQuery query) {
    searches.add(query);
    return found;
  }

  @Override
  public HeightPage searchBlocks(TxQuery query) {
    searches.add(query);
    return foundBlocks;
  }

  @Override
  public Optional<Long> heightOf(byte[] blockHash) {
    return blocks.values().stream()
        .filter(block -> Arrays.equals(block.id().hash(), blockHash))
        .map(block -> block.header().height())
        .findFirst();
  }

  @Override
  public CheckTxResponse check(byte[] tx) throws MempoolException {
    throwRefusal();
    return check;
  }

  @Override
  public AutoCloseable onBlock(BlockListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public CheckTxResponse broadcast(byte[] tx) throws MempoolException {
    throwRefusal();
    onBroadcast.run();
    return check;
  }

  @Override
  public CompletionStage<CheckTxResponse> submit(byte[] tx) throws MempoolException {
    throwRefusal();
    return CompletableFuture.completedFuture(check);
  }

  @Override
  public MempoolSize mempool() {
    return new MempoolSize(pending.size(), pending.stream().mapToInt(tx -> tx.length).sum());
  }

  @Override
  public List<byte[]> pending(int limit) {
    return pending.stream().limit(limit).toList();
  }

  private void throwRefusal() throws MempoolException {
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }
}
