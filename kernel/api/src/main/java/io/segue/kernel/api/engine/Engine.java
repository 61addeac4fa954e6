package io.segue.kernel.api.engine;

import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What an in-process consensus engine offers to the servers of a node: the mempool and the stored
 * blocks. Published as a service; called from any thread. Hashes are 32 bytes, addresses 20.
 */
@ConsumerType
public interface Engine {
  /** The chain's identifier. */
  String chainId();

  /** This node's name and the raw 20-byte identifier made from its node key. */
  NodeInfo nodeInfo();

  /** The validator this node signs with. */
  ValidatorInfo validator();

  /** The validators that decide a height. */
  List<ValidatorInfo> validators(long height);

  /** Height of the last block that is committed; 0 before the first. */
  long height();

  /** Height of the oldest block that is kept; 0 before the first. */
  long oldestHeight();

  /** The block of a height, from {@link #oldestHeight} to {@link #height}. */
  Optional<Block> block(long height);

  /** The results of a height. */
  Optional<FinalizeBlockResponse> results(long height);

  /** A committed transaction by its hash. */
  Optional<TxResult> tx(byte[] hash);

  /**
   * Offers a transaction to the mempool and waits for CheckTx, never for a block.
   *
   * @throws MempoolException where it never comes to CheckTx: known already, full, too large
   */
  CheckTxResponse broadcast(byte[] tx) throws MempoolException;

  /** Number and total bytes of transactions in the mempool. */
  MempoolSize mempool();

  /** A mempool's refusal; the text is what CometBFT's JSON-RPC answers. */
  final class MempoolException extends Exception {
    private static final long serialVersionUID = 1L;

    public MempoolException(String message) {
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
}
