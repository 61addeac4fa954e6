package io.segue.bundles.consensus.solo.blockfile;

/**
 * Which blocks a file holds.
 *
 * @param initialHeight the chain's first block, which is the file's first
 * @param lastHeight the file's last block
 */
public record BlockFileChain(String chainId, long initialHeight, long lastHeight) {}
