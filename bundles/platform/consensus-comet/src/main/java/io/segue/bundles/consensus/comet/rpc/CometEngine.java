package io.segue.bundles.consensus.comet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.InfoResponse;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CometBFT as the engine that the node's servers ask. What the node knows itself it is not asked
 * for: heights are those that the node has committed, and what CometBFT may have beyond them is not
 * shown. Everything else is a call of its JSON-RPC that ends within a time.
 *
 * <p>Thread safety: any thread, except that none of the ABCI connections but that for queries may
 * wait for it, as CometBFT may wait for them.
 */
public final class CometEngine implements Engine, AutoCloseable {
  /** Pause between two tries to read what CometBFT stores after the node's commit. */
  private static final Duration SETTLE_PAUSE = Duration.ofMillis(20);

  /** So often it is tried: for half a second, far longer than CometBFT takes to store it. */
  private static final int SETTLE_TRIES = 25;

  private static final Logger log = LoggerFactory.getLogger(CometEngine.class);

  private final RpcClient rpc;
  private final Application application;
  private final Supplier<String> chainId;
  private final Supplier<String> failure;
  private final Path genesisFile;
  private final CommitFollower follower = new CommitFollower();
  private final AutoCloseable commits;

  /**
   * The engine behind an RPC.
   *
   * @param timeout of each call of it
   * @param application that CometBFT drives
   * @param chainId as the node knows it; empty before the chain starts
   * @param failure why CometBFT makes no blocks, and what to do; empty while it does
   * @param genesisFile which CometBFT reads, too
   */
  public CometEngine(
      URI rpc,
      Duration timeout,
      Application application,
      Supplier<String> chainId,
      Supplier<String> failure,
      Path genesisFile) {
    this.rpc = new RpcClient(rpc, timeout, RpcClient.MAX_ANSWER_BYTES);
    this.application = application;
    this.chainId = chainId;
    this.failure = failure;
    this.genesisFile = genesisFile;
    this.commits = application.onCommit((height, appHash) -> follower.committed(height));
  }

  @Override
  public String chainId() {
    return chainId.get();
  }

  @Override
  public NodeInfo nodeInfo() {
    JsonNode info = status().path("node_info");
    return new NodeInfo(CometJson.hex(info.path("id")), info.path("moniker").asText());
  }

  @Override
  public InfoResponse applicationInfo() {
    return application.info();
  }

  @Override
  public ValidatorInfo validator() {
    return Blocks.validator(status().path("validator_info"));
  }

  @Override
  public List<ValidatorInfo> validators(long height) {
    List<ValidatorInfo> all = new ArrayList<>();
    ObjectNode params = atHeight(height).put("per_page", Integer.toString(Searches.MAX_PER_PAGE));
    for (int page = 1; ; page++) {
      params.put("page", Integer.toString(page));
      Optional<JsonNode> found = findBefore("validators", height, params);
      found.ifPresent(set -> all.addAll(CometJson.list(set.path("validators"), Blocks::validator)));
      if (found.isEmpty() || all.size() >= found.get().path("total").asInt()) {
        return List.copyOf(all);
      }
    }
  }

  @Override
  public long height() {
    return application.info().lastBlockHeight();
  }

  @Override
  public String failure() {
    return failure.get();
  }

  @Override
  public boolean isCatchingUp() {
    return status().path("sync_info").path("catching_up").asBoolean();
  }

  @Override
  public Optional<URI> ownRpc() {
    return Optional.of(rpc.uri());
  }

  @Override
  public long oldestHeight() {
    return height() == 0 ? 0 : status().path("sync_info").path("earliest_block_height").asLong();
  }

  @Override
  public Optional<Block> block(long height) {
    return findAt("block", height, atHeight(height)).map(Blocks::block);
  }

  @Override
  public Optional<FinalizeBlockResponse> results(long height) {
    return findAt("block_results", height, atHeight(height)).map(Results::block);
  }

  @Override
  public Optional<BlockMeta> meta(long height) {
    ObjectNode range = RpcClient.params();
    range.put("minHeight", Long.toString(height)).put("maxHeight", Long.toString(height));
    return findAt("blockchain", height, range)
        .map(found -> found.path("block_metas").path(0))
        .filter(JsonNode::isObject)
        .map(Blocks::meta);
  }

  @Override
  public Optional<Commit> commit(long height) {
    return findAt("commit", height, atHeight(height))
        .map(found -> Blocks.commit(found.path("signed_header").path("commit")));
  }

  @Override
  public Optional<ConsensusParams> consensusParams(long height) {
    return findBefore("consensus_params", height, atHeight(height))
        .map(found -> Results.params(found.path("consensus_params")));
  }

  @Override
  public byte[] genesis() {
    try {
      return Files.readAllBytes(genesisFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<TxResult> tx(byte[] hash) {
    return find("tx", RpcClient.params().put("hash", hash)).map(Results::tx);
  }

  @Override
  public Optional<Long> heightOf(byte[] blockHash) {
    return find("block_by_hash", RpcClient.params().put("hash", blockHash))
        .map(found -> found.path("block"))
        .filter(JsonNode::isObject)
        .map(block -> block.path("header").path("height").asLong())
        .filter(this::isCommitted);
  }

  @Override
  public Optional<TxProof> proof(long height, int index) {
    return block(height)
        .map(Block::txs)
        .filter(txs -> index >= 0 && index < txs.size())
        .map(txs -> RpcClient.params().put("hash", sha256(txs.get(index))).put("prove", true))
        .flatMap(params -> find("tx", params))
        .map(Results::proof);
  }

  @Override
  public TxPage search(TxQuery query) {
    JsonNode found = search("tx_search", query);
    return new TxPage(
        CometJson.list(found.path("txs"), Results::tx), found.path("total_count").asLong());
  }

  @Override
  public HeightPage searchBlocks(TxQuery query) {
    JsonNode found = search("block_search", query);
    return new HeightPage(
        CometJson.list(
            found.path("blocks"), hit -> hit.path("block").path("header").path("height").asLong()),
        found.path("total_count").asLong());
  }

  @Override
  public AutoCloseable onBlock(BlockListener listener) {
    return follower.add(listener);
  }

  @Override
  public CheckTxResponse broadcast(byte[] tx) throws MempoolException {
    return offer("broadcast_tx_sync", tx);
  }

  @Override
  public CompletionStage<CheckTxResponse> submit(byte[] tx) throws MempoolException {
    return CompletableFuture.completedFuture(offer("broadcast_tx_async", tx));
  }

  @Override
  public CheckTxResponse check(byte[] tx) throws MempoolException {
    return offer("check_tx", tx);
  }

  @Override
  public MempoolSize mempool() {
    JsonNode size = ask("num_unconfirmed_txs", RpcClient.params());
    return new MempoolSize(size.path("total").asInt(), size.path("total_bytes").asLong());
  }

  /** At most {@link Searches#MAX_PER_PAGE}, as CometBFT tells no more. */
  @Override
  public List<byte[]> pending(int limit) {
    ObjectNode params = RpcClient.params().put("limit", Integer.toString(limit));
    return CometJson.list(ask("unconfirmed_txs", params).path("txs"), CometJson::base64);
  }

  /** What finds out that the network goes on without this node; see {@link Agreement}. */
  public Agreement agreement(BooleanSupplier waits) {
    return new Agreement(rpc, application, waits);
  }

  @Override
  public void close() {
    try {
      commits.close();
    } catch (Exception e) {
      log.warn("the node still notifies a stopped engine of its commits: {}", FailureText.of(e));
    }
    follower.close();
  }

  private boolean isCommitted(long height) {
    return height > 0 && height <= height();
  }

  private JsonNode status() {
    return ask("status", RpcClient.params());
  }

  /** Asks what there always is. */
  private JsonNode ask(String method, ObjectNode params) {
    try {
      return rpc.call(method, params);
    } catch (RpcErrorException e) {
      throw refused(method, e);
    }
  }

  /** Asks what may not be there. */
  private Optional<JsonNode> find(String method, ObjectNode params) {
    try {
      return Optional.of(rpc.call(method, params));
    } catch (RpcErrorException e) {
      if (e.isAbsence()) {
        return Optional.empty();
      }
      throw refused(method, e);
    }
  }

  /** Asks about a block that the node committed. */
  private Optional<JsonNode> findAt(String method, long height, ObjectNode params) {
    return isCommitted(height) ? find(method, params) : Optional.empty();
  }

  /**
   * Asks what a block is made from: that of the next one is there, too, but CometBFT stores it a
   * moment after the node's commit.
   */
  private Optional<JsonNode> findBefore(String method, long height, ObjectNode params) {
    if (height < 1 || height > height() + 1) {
      return Optional.empty();
    }
    Optional<JsonNode> found = find(method, params);
    for (int tries = 1; found.isEmpty() && height > height() && tries < SETTLE_TRIES; tries++) {
      LockSupport.parkNanos(SETTLE_PAUSE.toNanos());
      found = find(method, params);
    }
    return found;
  }

  private JsonNode search(String method, TxQuery query) {
    try {
      return rpc.call(method, Searches.params(query));
    } catch (RpcErrorException e) {
      throw new IllegalArgumentException(e.text(), e);
    }
  }

  private CheckTxResponse offer(String method, byte[] tx) throws MempoolException {
    try {
      return Results.checkTx(rpc.call(method, RpcClient.params().put("tx", tx)));
    } catch (RpcErrorException e) {
      return Results.refusedTx(e.text()).orElseThrow(() -> new MempoolException(e.text()));
    }
  }

  private UnavailableException refused(String method, RpcErrorException why) {
    return new UnavailableException(
        "CometBFT at " + rpc.uri() + " refuses " + method + ": " + why.text());
  }

  private static ObjectNode atHeight(long height) {
    return RpcClient.params().put("height", Long.toString(height));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
