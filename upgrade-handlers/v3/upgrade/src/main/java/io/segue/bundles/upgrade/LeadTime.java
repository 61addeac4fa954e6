package io.segue.bundles.upgrade;

import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.state.Item;
import io.segue.bundles.sdk.state.Prefix;
import io.segue.bundles.sdk.state.Schema;
import io.segue.bundles.sdk.state.Values;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.upgrade.Plan;

/**
 * How many blocks a plan has to be scheduled ahead of its height: what operators have at least for
 * fetching or building its code and for trying it. It is set where the store {@code upgradeparams}
 * begins, and changed by later plans.
 */
final class LeadTime {
  static final String STORE = "upgradeparams";

  /** About a minute of blocks that take six seconds. */
  static final long DEFAULT_BLOCKS = 10;

  /** Longest: two years of blocks that take six seconds. */
  static final long MAX_BLOCKS = 10_000_000;

  private static final String NAME = "lead_time_blocks";

  private final Schema schema = new Schema();
  private final Item<Long> blocks = schema.item(NAME, Prefix.of(0), Values.u64());

  void set(KVStore store, long least) {
    blocks.set(store, least);
  }

  /**
   * Writes what a genesis says: {@code {"lead_time_blocks": "10"}}, or nothing of it.
   *
   * @throws ModuleException sdk/18 where it is something else
   */
  void init(KVStore store, byte[] genesisJson) {
    set(store, DEFAULT_BLOCKS);
    schema.importGenesis(store, genesisJson);
    long least = get(store);
    if (least < 0 || least > MAX_BLOCKS) {
      throw SdkErrors.invalidRequest(
          "genesis of upgrade: "
              + NAME
              + " is "
              + Long.toUnsignedString(least)
              + ", it must be from 0 to "
              + MAX_BLOCKS);
    }
  }

  /** What {@link #init} reads. */
  byte[] export(KVStore store) {
    return schema.exportGenesis(store);
  }

  /**
   * Passes where a plan is far enough ahead of the block that schedules it.
   *
   * @throws ModuleException sdk/18 where it is too near; names the earliest height
   */
  void require(Context context, Plan plan) {
    long earliest = context.height() + get(context.store());
    if (plan.height() < earliest) {
      throw SdkErrors.invalidRequest(
          "plan "
              + plan.name()
              + " at height "
              + plan.height()
              + " leaves operators too little time; the earliest height is "
              + earliest);
    }
  }

  private long get(KVStore store) {
    return blocks
        .find(store)
        .orElseThrow(() -> new IllegalStateException("store " + STORE + " has no lead time"));
  }
}
