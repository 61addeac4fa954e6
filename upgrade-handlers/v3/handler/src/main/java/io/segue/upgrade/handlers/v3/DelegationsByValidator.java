package io.segue.upgrade.handlers.v3;

import io.segue.bundles.sdk.state.IndexedTable;
import io.segue.bundles.sdk.state.KeySet;
import io.segue.bundles.sdk.state.Keys;
import io.segue.bundles.sdk.state.Pair;
import io.segue.bundles.sdk.state.PairKey;
import io.segue.bundles.sdk.state.Prefix;
import io.segue.bundles.sdk.state.Rewrite;
import io.segue.bundles.sdk.state.Schema;
import io.segue.bundles.sdk.state.Values;
import io.segue.kernel.api.upgrade.StoreLoad;

/**
 * Brings the store of staking from consensus version 1 to version 2: each delegation, which is
 * found by its delegator, gets an entry in an index by validator.
 */
final class DelegationsByValidator {
  private static final PairKey<byte[], byte[]> ADDRESSES =
      Keys.pair(Keys.address(), Keys.address());

  private final Schema schema = new Schema();
  private final IndexedTable<Pair<byte[], byte[]>, byte[]> delegations =
      schema.indexedTable("delegations", Prefix.of(0x31), ADDRESSES, Values.bytes());
  private final KeySet<Pair<byte[], byte[]>> byValidator =
      schema.keySet("delegations_by_validator", Prefix.of(0x71), ADDRESSES);

  DelegationsByValidator() {
    delegations.index(byValidator, key -> Pair.of(key.second(), key.first()));
  }

  /**
   * The load, for {@code prepare}.
   *
   * @param store as it is called before
   */
  StoreLoad load(String store) {
    return new Rewrite()
        .each(delegations.rows(), (key, delegation, out) -> delegations.set(out, key, delegation))
        .added(byValidator)
        .of(store);
  }
}
