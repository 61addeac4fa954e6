package io.segue.kernel.core.gas;

/**
 * What is refused before any work is done for it. How deep a thread's stack goes and how much
 * memory there is differs between machines, so these bounds keep results the same on all of them.
 * They are part of the kernel rules.
 *
 * @param txBytes size of a transaction as broadcast
 * @param txMessages messages of one transaction
 * @param nesting calls, queries and branches open within each other
 * @param txChangedBytes bytes of state that one transaction may change: keys, old and new values,
 *     and {@link ChangeLimit#KEY_BYTES} for each key
 * @param blockChangedBytes the same, of all transactions of a block together
 * @param voteExtensionBytes what one vote may carry
 * @param proposedEntryBytes what a proposer may put in front of the transactions
 * @param proposalGas of each call of a module before a block is decided
 * @param planNameBytes length of a plan's name in UTF-8
 * @param planInfoBytes length of a plan's info in UTF-8
 */
public record Limits(
    int txBytes,
    int txMessages,
    int nesting,
    long txChangedBytes,
    long blockChangedBytes,
    int voteExtensionBytes,
    int proposedEntryBytes,
    long proposalGas,
    int planNameBytes,
    int planInfoBytes) {
  /** Largest transaction: what CometBFT's mempool takes by default, 1 MiB. */
  public static final int TX_BYTES = 1 << 20;

  /** Most messages of a transaction. */
  public static final int TX_MESSAGES = 256;

  /** Deepest nesting of calls, queries and branches. */
  public static final int NESTING = 32;

  /** What one transaction may change: far more than its own bytes, and little for a small heap. */
  public static final long TX_CHANGED_BYTES = 16 << 20;

  /** What all transactions of a block may change; it is in memory until the block is committed. */
  public static final long BLOCK_CHANGED_BYTES = 64 << 20;

  /** Largest vote extension, 4 KiB: each validator sends its own to all others. */
  public static final int VOTE_EXTENSION_BYTES = 1 << 12;

  /** Largest entry of a proposer, 1 MiB: room for the extensions of 150 validators. */
  public static final int PROPOSED_ENTRY_BYTES = 1 << 20;

  /** Gas of a call before a block is decided: some thousand reads, milliseconds. */
  public static final long PROPOSAL_GAS = 10_000_000;

  /** Longest plan name. */
  public static final int PLAN_NAME_BYTES = 128;

  /** Longest plan info: room for URLs and parameters, not for the artifact. */
  public static final int PLAN_INFO_BYTES = 8192;

  /** The limits of kernel rules 1. */
  public static final Limits DEFAULT =
      new Limits(
          TX_BYTES,
          TX_MESSAGES,
          NESTING,
          TX_CHANGED_BYTES,
          BLOCK_CHANGED_BYTES,
          VOTE_EXTENSION_BYTES,
          PROPOSED_ENTRY_BYTES,
          PROPOSAL_GAS,
          PLAN_NAME_BYTES,
          PLAN_INFO_BYTES);
}
