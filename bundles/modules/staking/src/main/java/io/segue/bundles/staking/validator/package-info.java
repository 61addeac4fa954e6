/**
 * Who takes part in consensus. The end of a block chooses the {@link
 * io.segue.bundles.staking.validator.ValidatorSet}, in which a {@link
 * io.segue.bundles.staking.validator.DecidingValidator} comes first, and moves their coins between
 * the {@link io.segue.bundles.staking.validator.StakingPool}s. {@link
 * io.segue.bundles.staking.validator.Misbehaviors} are who is jailed for good.
 */
@NullMarked
package io.segue.bundles.staking.validator;

import org.jspecify.annotations.NullMarked;
