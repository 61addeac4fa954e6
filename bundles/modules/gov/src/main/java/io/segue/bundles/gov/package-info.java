/**
 * Module {@code gov}: proposals, deposits, votes, and the execution of what was decided. Read
 * {@link io.segue.bundles.gov.GovModule} first, which {@link io.segue.bundles.gov.GovFactory}
 * makes, and {@link io.segue.bundles.gov.state.GovState}, which draws the store. A message meets
 * its handler: {@link io.segue.bundles.gov.MsgSubmitProposalHandler}, which has {@link
 * io.segue.bundles.gov.ProposalMessages} checked, {@link io.segue.bundles.gov.MsgDepositHandler},
 * {@link io.segue.bundles.gov.MsgVoteHandler}, {@link io.segue.bundles.gov.MsgVoteWeightedHandler},
 * {@link io.segue.bundles.gov.MsgCancelProposalHandler}; and of governance {@link
 * io.segue.bundles.gov.MsgUpdateParamsHandler} and {@link
 * io.segue.bundles.gov.ConsensusParamsHandler}. {@link io.segue.bundles.gov.LegacyMessages} are the
 * same for clients of v1beta1, whose {@link io.segue.bundles.gov.LegacyContents} a {@link
 * io.segue.bundles.gov.MsgExecLegacyContentHandler} executes. A block ends with {@link
 * io.segue.bundles.gov.EndBlocker}, and {@link io.segue.bundles.gov.GovInvariants} check what it
 * left.
 *
 * <p>{@code state} keeps, {@code proposal} has the life of a proposal with its votes, {@code
 * deposit} what is deposited on it, {@code genesis} reads and writes it all, {@code query} answers.
 */
@NullMarked
package io.segue.bundles.gov;

import org.jspecify.annotations.NullMarked;
