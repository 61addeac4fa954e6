/**
 * Answers to clients and other modules. {@link io.segue.bundles.staking.query.StakingQueries} adds
 * them: those about validators itself, then {@link
 * io.segue.bundles.staking.query.DelegationQueries}, {@link
 * io.segue.bundles.staking.query.UnbondingQueries} and {@link
 * io.segue.bundles.staking.query.PowerQueries}.
 */
@NullMarked
package io.segue.bundles.staking.query;

import org.jspecify.annotations.NullMarked;
