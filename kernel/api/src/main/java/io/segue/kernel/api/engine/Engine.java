package io.segue.kernel.api.engine;

import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.InfoResponse;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a consensus engine offers to the servers of a node: the mempool and the stored blocks.
 * Published as a service; called from any thread, but never from the one that executes blocks.
 * Hashes are 32 bytes, addresses 20.
 *
 * <p>An engine outside the process is asked over its RPC: every call then waits for a bounded time,
 * and any but {@link #height}, {@link #failure} and {@link #onBlock} may throw {@link
 * UnavailableException}.
 */
@ConsumerType
public interface Engine {
  /** The chain's identifier. */
  String chainId();

  /** This node's name and the raw 20-byte identifier made from its node key. */
  NodeInfo nodeInfo();

  /**
   * What the application said of itself when the engine connected, with the height, app hash and
   * app version of the engine's last block.
   */
  InfoResponse applicationInfo();

  /** The validator this node signs with. */
  ValidatorInfo validator();

  /** The validators that decide a height. */
  List<ValidatorInfo> validators(long height);

  /** Height of the last block that is committed; 0 before the first. */
  long height();

  /** Why no more blocks are made, and what the operator does next; empty while they are. */
  String failure();

  /**
   * Whether the engine fetches blocks that its chain already has, and can't take part in the next.
   *
   * @since 1.2
   */
  default boolean isCatchingUp() {
    return false;
  }

  /**
   * Where the engine serves CometBFT's JSON-RPC and WebSocket itself; empty where that is left to
   * the node.
   *
   * @since 1.2
   */
  default Optional<URI> ownRpc() {
    return Optional.empty();
  }

  /** Height of the oldest block that is kept; 0 before the first. */
  long oldestHeight();

  /** The block of a height, from {@link #oldestHeight} to {@link #height}. */
  Optional<Block> block(long height);

  /** The results of a height. */
  Optional<FinalizeBlockResponse> results(long height);

  /** Id, header and size of a block, without reading its transactions. */
  Optional<BlockMeta> meta(long height);

  /**
   * The commit for a height: the one in the block after it, or the one this node has seen where the
   * height is the newest.
   */
  Optional<Commit> commit(long height);

  /** The consensus parameters that hold at a height, up to the one after {@link #height}. */
  Optional<ConsensusParams> consensusParams(long height);

  /** The genesis file, as its bytes are on disk. */
  byte[] genesis();

  /**
   * A committed transaction by its hash. It is found when the {@link BlockListener}s have heard of
   * its block, and that is shortly after the commit.
   */
  Optional<TxResult> tx(byte[] hash);

  /**
   * The height of a committed block by its hash, found when {@link #tx} finds its transactions;
   * empty also where the engine does not find blocks by their hash.
   *
   * @since 1.1
   */
  default Optional<Long> heightOf(byte[] blockHash) {
    return Optional.empty();
  }

  /** A proof that a transaction is in a block, against its header's {@code dataHash}. */
  Optional<TxProof> proof(long height, int index);

  /**
   * Committed transactions whose events meet every condition of {@code query}.
   *
   * @throws IllegalArgumentException where a condition makes no sense, or the search would read too
   *     much; the text says which and what to do
   */
  TxPage search(TxQuery query);

  /**
   * Heights of committed blocks whose own events, not those of their transactions, meet every
   * condition of {@code query}; beside the attributes of events it knows {@code block.height}.
   *
   * @throws IllegalArgumentException as {@link #search}, and where the engine does not search
   *     blocks
   * @since 1.1
   */
  default HeightPage searchBlocks(TxQuery query) {
    throw new IllegalArgumentException("block indexing is disabled");
  }

  /**
   * Hears of every block once it is committed and its transactions can be found; an engine outside
   * the process may find them a moment later.
   *
   * @param listener called on one thread of the engine, never the one that makes blocks, in order
   *     of height
   * @return removes the listener when closed
   */
  AutoCloseable onBlock(BlockListener listener);

  /**
   * Offers a transaction to the mempool and waits for CheckTx, never for a block.
   *
   * @throws MempoolException where it never comes to CheckTx: known already, full, too large
   */
  CheckTxResponse broadcast(byte[] tx) throws MempoolException;

  /**
   * Offers a transaction to the mempool and returns at once; CheckTx runs on a thread of the
   * engine.
   *
   * @return what CheckTx said; code 0 where an engine outside the process does not tell
   * @throws MempoolException where it never comes to CheckTx: known already, full, too large
   */
  CompletionStage<CheckTxResponse> submit(byte[] tx) throws MempoolException;

  /**
   * Asks the application about a transaction, as {@link #broadcast} does, without offering it to
   * the mempool.
   *
   * @throws MempoolException where it never comes to CheckTx
   * @since 1.1
   */
  default CheckTxResponse check(byte[] tx) throws MempoolException {
    throw new MempoolException("this engine checks no transaction that it is not to keep");
  }

  /** Number and total bytes of transactions in the mempool. */
  MempoolSize mempool();

  /** The first {@code limit} transactions of the mempool, in the order in which they entered. */
  List<byte[]> pending(int limit);

  /** See {@link #onBlock}. */
  @FunctionalInterface
  interface BlockListener {
    /** Height {@code height} is committed and indexed. */
    void committed(long height);
  }

  /** A mempool's refusal; the text is what CometBFT's JSON-RPC answers. */
  final class MempoolException extends Exception {
    private static final long serialVersionUID = 1L;

    public MempoolException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * An engine outside the process does not answer, or refuses to; the text says why, and what to do
   * next.
   *
   * @since 1.2
   */
  final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
      super(message, null, false, false);
    }
  }

  /** See {@link #nodeInfo}. */
  record NodeInfo(byte[] id, String moniker) {}

  /** A validator: address (20 bytes), Ed25519 public key (32 bytes), power. */
  record ValidatorInfo(byte[] address, byte[] publicKey, long power) {
    /** As an update. */
    public ValidatorUpdate toUpdate() {
      return new ValidatorUpdate("ed25519", publicKey, power);
    }
  }

  /** See {@link #mempool}. */
  record MempoolSize(int count, long bytes) {}

  /** A committed transaction. */
  record TxResult(
      byte[] hash,
      long height,
      int index,
      byte[] tx,
      io.segue.kernel.api.abci.Abci.ExecTxResult result) {}

  /** How a condition compares; all but {@code EXISTS} and {@code CONTAINS} need an operand. */
  enum Comparison {
    EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    CONTAINS,
    EXISTS
  }

  /**
   * What the operand of a condition is.
   *
   * @since 1.1
   */
  enum Operand {
    /** A text in quotes. */
    TEXT,
    /** A number in decimal, {@code 15} or {@code 1.5}. */
    NUMBER,
    /** A day, {@code 2013-05-03}; it begins at midnight UTC. */
    DATE,
    /** A time in RFC 3339, {@code 2013-05-03T14:45:00Z}. */
    TIME
  }

  /**
   * One condition of a search.
   *
   * @param key {@code tx.hash}, {@code tx.height}, {@code block.height}, or {@code <event
   *     type>.<attribute key>}
   * @param operand as {@code type} says; empty for {@code EXISTS}. The four comparisons of size
   *     have no text
   */
  record Condition(String key, Comparison comparison, String operand, Operand type) {
    /** A condition on a number where sizes are compared, on a text otherwise. */
    public Condition(String key, Comparison comparison, String operand) {
      this(
          key,
          comparison,
          operand,
          switch (comparison) {
            case EQUAL, CONTAINS, EXISTS -> Operand.TEXT;
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> Operand.NUMBER;
          });
    }
  }

  /**
   * A search for transactions or blocks.
   *
   * @param conditions all of them must hold; those on attributes within one event
   * @param descending whether the newest come first
   * @param offset how many hits to pass over
   * @param limit how many hits to return at most
   */
  record TxQuery(List<Condition> conditions, boolean descending, long offset, int limit) {
    public TxQuery {
      conditions = List.copyOf(conditions);
    }
  }

  /**
   * A Merkle proof by RFC 6962 whose leaf is the SHA-256 of a transaction; {@code aunts} from the
   * leaf to the root.
   */
  record TxProof(byte[] rootHash, int total, int index, byte[] leafHash, List<byte[]> aunts) {}

  /** Some of the hits of a search, ordered by height and index, and the number of all hits. */
  record TxPage(List<TxResult> txs, long total) {}

  /**
   * Some of the heights that a search found, and the number of all.
   *
   * @since 1.1
   */
  record HeightPage(List<Long> heights, long total) {}

  /** Hash of a block and of its parts. */
  record BlockId(byte[] hash, int partsTotal, byte[] partsHash) {}

  /** A block header as CometBFT has it; absent hashes are empty. */
  record Header(
      long blockProtocol,
      long appVersion,
      String chainId,
      long height,
      Instant time,
      BlockId lastBlockId,
      byte[] lastCommitHash,
      byte[] dataHash,
      byte[] validatorsHash,
      byte[] nextValidatorsHash,
      byte[] consensusHash,
      byte[] appHash,
      byte[] lastResultsHash,
      byte[] evidenceHash,
      byte[] proposerAddress) {}

  /** A vote in a commit; flag as in CometBFT's BlockIDFlag. */
  record CommitSig(int blockIdFlag, byte[] validatorAddress, Instant timestamp, byte[] signature) {}

  /** The commit for a block. */
  record Commit(long height, int round, BlockId blockId, List<CommitSig> signatures) {}

  /** A block with its id. */
  record Block(BlockId id, Header header, List<byte[]> txs, Commit lastCommit) {}

  /** A block without its transactions; {@code sizeBytes} is that of the whole encoded block. */
  record BlockMeta(BlockId id, Header header, int sizeBytes, int txCount) {}
}
