package io.segue.kernel.api.module;

/** Why code of the state machine runs. */
public enum ExecMode {
  /** First judgement of a transaction for the mempool. */
  CHECK,
  /** A transaction checked again after a commit. */
  RECHECK,
  /** An estimate of gas; signatures and fees are not checked. */
  SIMULATE,
  /** Part of a block, an upgrade or the genesis. */
  FINALIZE,
  /** A query. */
  QUERY,
  /**
   * A vote or a proposal for a block that is not decided yet.
   *
   * @since 1.4
   */
  PROPOSAL
}
