package io.segue.bundles.consensus.solo.mempool;

/**
 * What a mempool may hold.
 *
 * @param txs number of transactions
 * @param bytes their bytes together
 * @param txBytes bytes of one transaction
 * @param remembered number of hashes that are refused as known
 */
public record MempoolLimits(int txs, long bytes, int txBytes, int remembered) {
  /** CometBFT's number of remembered hashes. */
  public static final int REMEMBERED = 10_000;
}
