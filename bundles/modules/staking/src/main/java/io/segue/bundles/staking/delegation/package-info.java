/**
 * Stake that comes, goes and moves: {@link io.segue.bundles.staking.delegation.Delegations} buy
 * {@link io.segue.bundles.staking.delegation.Shares} of a validator, {@link
 * io.segue.bundles.staking.delegation.Unbondings} pay out later, and {@link
 * io.segue.bundles.staking.delegation.Redelegations} are remembered for as long.
 */
@NullMarked
package io.segue.bundles.staking.delegation;

import org.jspecify.annotations.NullMarked;
