package io.segue.kernel.api.module;

import io.segue.kernel.api.abci.Abci.ExtendVoteRequest;
import io.segue.kernel.api.abci.Abci.ExtendedCommitInfo;
import io.segue.kernel.api.abci.Abci.VerifyVoteExtensionRequest;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What the votes for a block carry beside the vote, and what the next proposer makes of it. At most
 * one module of a generation offers it, by {@link Module#voteExtension}; the kernel calls it where
 * the chain's consensus parameters enable vote extensions ({@code
 * abci.vote_extensions_enable_height}) and the engine has them, as CometBFT does.
 *
 * <ol>
 *   <li>{@link #extend}: each validator adds an extension to its vote for block h;
 *   <li>{@link #verify}: the others check it before they count the vote;
 *   <li>{@link #propose}: who proposes block h + 1 sees the extensions of the votes for h, and may
 *       put an entry in front of the block's transactions;
 *   <li>{@link #accept}: the others check the entry before they vote for block h + 1;
 *   <li>{@link #deliver}: block h + 1 is decided, and the entry changes the state.
 * </ol>
 *
 * <p>Before {@link #deliver} nothing is decided: the context has the committed state of the height
 * before, {@link ExecMode#PROPOSAL}, and as much gas as the kernel's rules give, 10,000,000; what
 * is written is lost. Whatever fails, or takes more than the kernel's limits, leaves the vote
 * without an extension or the block without an entry, which every validator accepts without asking
 * the module.
 *
 * <p>The code of one generation is never given what another one made. So in the block at whose
 * height a plan is due, on whichever code it runs, votes have no extensions and the block has no
 * entry.
 *
 * <p>Called on threads of the kernel and of the engine.
 *
 * @since 1.4
 */
@ConsumerType
public interface VoteExtension {
  /**
   * This node's part of its vote. The only call whose answer may differ between nodes.
   *
   * @param block that is voted for; it may never be decided
   * @return at most 4096 bytes, within half a second, that {@link #verify} takes on every node;
   *     empty for none
   */
  byte[] extend(Context context, ExtendVoteRequest block);

  /**
   * Whether another validator's extension is acceptable. Must depend on the committed state and the
   * vote alone: a vote that some validators refuse may cost the chain its next block.
   *
   * @param vote its extension has 1 to 4096 bytes
   * @return false to have the vote not counted, as where an exception is thrown
   */
  boolean verify(Context context, VerifyVoteExtensionRequest vote);

  /**
   * The entry of this node's proposal. Only called where at least one vote has an extension.
   *
   * @param lastCommit the votes for the block before, as this node has them. The engine has
   *     verified their signatures; votes that came late were never given to {@link #verify}
   * @return at most 1 MiB, within half a second, that {@link #accept} takes; empty for none
   */
  default byte[] propose(Context context, ExtendedCommitInfo lastCommit) {
    return new byte[0];
  }

  /**
   * Whether another proposer's entry is acceptable. Must depend on the committed state and the
   * entry alone. Nothing but this checks what a proposer says that others have voted: an entry that
   * has to be trusted carries the extensions with their signatures.
   *
   * @param entry 1 byte to 1 MiB
   * @return false to have the proposal rejected, as where an exception is thrown
   */
  default boolean accept(Context context, byte[] entry) {
    return false;
  }

  /**
   * Executes the entry of a decided block, before the begin of the block, once for each block that
   * has one. Its events are those of the block's first transaction result, which has code 0 and no
   * gas. An exception drops what was written and is that result's error.
   *
   * @param context without a limit of gas
   */
  default void deliver(Context context, byte[] entry) {}
}
