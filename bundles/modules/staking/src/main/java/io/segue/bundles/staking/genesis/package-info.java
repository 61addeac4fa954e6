/**
 * Genesis in and out. {@link io.segue.bundles.staking.genesis.StakingGenesis} reads it, with {@link
 * io.segue.bundles.staking.genesis.GenesisValidators} and {@link
 * io.segue.bundles.staking.genesis.GenesisUnbondings}; {@link
 * io.segue.bundles.staking.genesis.StakingExport} writes it. {@link
 * io.segue.bundles.staking.genesis.Decimals} have a point there and none in the store.
 */
@NullMarked
package io.segue.bundles.staking.genesis;

import org.jspecify.annotations.NullMarked;
