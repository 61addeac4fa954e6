/**
 * What staking keeps, and whatever else its parts share. {@link
 * io.segue.bundles.staking.state.StakingState} draws the store ({@link
 * io.segue.bundles.staking.state.InvertedAddress} orders an index of it); {@link
 * io.segue.bundles.staking.state.StakingKeeper} reads and saves validators, delegations and {@link
 * io.segue.bundles.staking.state.StakingParams}. Validators sign with {@link
 * io.segue.bundles.staking.state.ConsensusKeys}. What clients see is in {@link
 * io.segue.bundles.staking.state.StakingEvents} and {@link
 * io.segue.bundles.staking.state.StakingErrors}.
 */
@NullMarked
package io.segue.bundles.staking.state;

import org.jspecify.annotations.NullMarked;
