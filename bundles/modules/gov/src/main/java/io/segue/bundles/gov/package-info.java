/**
 * Module {@code gov}: proposals, deposits, votes, and the execution of what was decided. Read
 * {@link io.segue.bundles.gov.GovModule} first, and {@link io.segue.bundles.gov.GovState}, which
 * draws the store. A message meets its handler ({@link
 * io.segue.bundles.gov.MsgSubmitProposalHandler} and the others), which works with {@link
 * io.segue.bundles.gov.Proposals}, {@link io.segue.bundles.gov.Deposits} in the {@link
 * io.segue.bundles.gov.GovAccount}, and {@link io.segue.bundles.gov.Votes}. The end of a block is
 * {@link io.segue.bundles.gov.EndBlocker}: {@link io.segue.bundles.gov.DepositSettlements}, {@link
 * io.segue.bundles.gov.Tally} by {@link io.segue.bundles.gov.StakingPower}, {@link
 * io.segue.bundles.gov.ProposalMessages}, {@link io.segue.bundles.gov.ProposalLifecycle}. The rest
 * reads: {@link io.segue.bundles.gov.GovQueries}, {@link io.segue.bundles.gov.GovGenesis}, {@link
 * io.segue.bundles.gov.GovInvariants}; and {@code Legacy...} is the same for clients of v1beta1.
 */
@NullMarked
package io.segue.bundles.gov;

import org.jspecify.annotations.NullMarked;
