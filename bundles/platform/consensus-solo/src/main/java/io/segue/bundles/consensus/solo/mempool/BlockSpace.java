package io.segue.bundles.consensus.solo.mempool;

import io.segue.kernel.api.engine.Engine.MempoolException;
import java.util.OptionalLong;

/**
 * What the transactions of one block may take, by the consensus parameters of that block.
 *
 * @param bytes of all of them, each counted with its frame in a block
 * @param gas that all of them may ask for; empty where nothing limits it
 */
public record BlockSpace(long bytes, OptionalLong gas) {
  /**
   * Refuses a transaction that is too large for a block of its own, as CometBFT does.
   *
   * @throws MempoolException with CometBFT's text
   */
  void requireBytesFor(int txBytes) throws MempoolException {
    long framed = framedBytes(txBytes);
    if (framed > bytes) {
      throw new MempoolException("tx pre check: tx size is too big: " + framed + ", max: " + bytes);
    }
  }

  /**
   * Refuses a transaction that asks for more gas than a block has, as CometBFT does.
   *
   * @throws MempoolException with CometBFT's text
   */
  void requireGasFor(long gasWanted) throws MempoolException {
    if (gas.isPresent() && gasWanted < 0) {
      throw new MempoolException("gas wanted " + gasWanted + " is negative");
    }
    if (gas.isPresent() && gasWanted > gas.getAsLong()) {
      throw new MempoolException(
          "gas wanted " + gasWanted + " is greater than max gas " + gas.getAsLong());
    }
  }

  /** Whether a transaction fits. */
  boolean holds(int txBytes, long gasWanted) {
    return framedBytes(txBytes) <= bytes
        && (gas.isEmpty() || gasWanted >= 0 && gasWanted <= gas.getAsLong());
  }

  /** This space without what a transaction that fits into it takes. */
  BlockSpace without(int txBytes, long gasWanted) {
    return new BlockSpace(
        bytes - framedBytes(txBytes),
        gas.isEmpty() ? gas : OptionalLong.of(gas.getAsLong() - gasWanted));
  }

  /** Whether no transaction fits any more. */
  boolean isUsedUp() {
    return bytes < framedBytes(1);
  }

  /** Bytes of a transaction in a block: itself, its tag and its length. */
  static long framedBytes(int txBytes) {
    int lengthBytes = txBytes == 0 ? 1 : (38 - Integer.numberOfLeadingZeros(txBytes)) / 7;
    return 1L + lengthBytes + txBytes;
  }
}
