/**
 * Module {@code staking}: validators, delegations, and who secures the chain. Read {@link
 * io.segue.bundles.staking.StakingModule} first, and {@link io.segue.bundles.staking.StakingState},
 * which draws the store. A message meets its handler ({@link
 * io.segue.bundles.staking.MsgDelegateHandler} and the others), which works with {@link
 * io.segue.bundles.staking.StakingKeeper}, {@link io.segue.bundles.staking.Delegations}, {@link
 * io.segue.bundles.staking.Unbondings} and {@link io.segue.bundles.staking.Redelegations}; coins
 * lie in a {@link io.segue.bundles.staking.StakingPool}. A block begins with {@link
 * io.segue.bundles.staking.Misbehaviors} and ends with {@link io.segue.bundles.staking.EndBlocker},
 * which chooses the {@link io.segue.bundles.staking.ValidatorSet} beside the {@link
 * io.segue.bundles.staking.DecidingValidator}. The rest reads: {@link
 * io.segue.bundles.staking.StakingQueries}, {@link io.segue.bundles.staking.StakingGenesis}, {@link
 * io.segue.bundles.staking.StakingInvariants}.
 */
@NullMarked
package io.segue.bundles.staking;

import org.jspecify.annotations.NullMarked;
