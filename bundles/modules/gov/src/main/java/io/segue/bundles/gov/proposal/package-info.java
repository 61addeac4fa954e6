/**
 * Proposals from submission to result: {@link io.segue.bundles.gov.proposal.Proposals} are kept
 * with their queues, {@link io.segue.bundles.gov.proposal.ProposalLifecycle} is what becomes of
 * one, {@link io.segue.bundles.gov.proposal.ProposalMetadata} are checked. {@link
 * io.segue.bundles.gov.proposal.Votes} are taken, and counted by {@link
 * io.segue.bundles.gov.proposal.Tally} with the {@link io.segue.bundles.gov.proposal.StakingPower}
 * of who voted.
 */
@NullMarked
package io.segue.bundles.gov.proposal;

import org.jspecify.annotations.NullMarked;
