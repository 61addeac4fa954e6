package io.segue.bundles.staking;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Budget;
import io.segue.bundles.staking.delegation.Redelegations;
import io.segue.bundles.staking.delegation.Unbondings;
import io.segue.bundles.staking.validator.ValidatorSet;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import java.util.List;

/**
 * What staking does at the end of a block: it chooses who is bonded, then ends the unbonding of
 * validators, the unbonding of stake, and the waiting of redelegated stake, the earliest time
 * first. Each of the three has a budget of its own; what does not fit goes on at the end of the
 * next block in the same order.
 */
final class EndBlocker {
  /** Gas within which each of the three kinds of work may be begun at the end of one block. */
  static final long GAS_PER_BLOCK = 20_000_000;

  private final Context context;
  private final Addresses addresses;
  private final long gasPerBlock;

  /**
   * The end of a block.
   *
   * @param gasPerBlock {@link #GAS_PER_BLOCK}, but in tests
   */
  EndBlocker(Context context, Addresses addresses, long gasPerBlock) {
    this.context = context;
    this.addresses = addresses;
    this.gasPerBlock = gasPerBlock;
  }

  /** Does it, and answers with what consensus has to be told. */
  List<ValidatorUpdate> run() {
    ValidatorSet bonded = new ValidatorSet(context);
    List<ValidatorUpdate> updates = bonded.update();
    bonded.completeUnbonding(budget());
    new Unbondings(context, addresses).complete(budget());
    new Redelegations(context, addresses).complete(budget());
    return updates;
  }

  private Budget budget() {
    return new Budget(context.gas(), gasPerBlock);
  }
}
