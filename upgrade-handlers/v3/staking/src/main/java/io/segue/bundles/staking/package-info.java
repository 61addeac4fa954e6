/**
 * Module {@code staking}: validators, delegations, and who secures the chain. Read {@link
 * io.segue.bundles.staking.StakingModule} first, which {@link
 * io.segue.bundles.staking.StakingFactory} makes, and {@link
 * io.segue.bundles.staking.state.StakingState}, which draws the store. A message meets its handler
 * ({@link io.segue.bundles.staking.MsgDelegateHandler} and the others, with {@link
 * io.segue.bundles.staking.Amounts}, {@link io.segue.bundles.staking.Commissions} and {@link
 * io.segue.bundles.staking.Descriptions}). A block ends with {@link
 * io.segue.bundles.staking.EndBlocker}, and {@link io.segue.bundles.staking.StakingInvariants}
 * check what it left.
 *
 * <p>{@code state} keeps, {@code validator} says who takes part in consensus, {@code delegation}
 * has the stake of holders, {@code genesis} reads and writes it all, {@code query} answers.
 */
@NullMarked
package io.segue.bundles.staking;

import org.jspecify.annotations.NullMarked;
