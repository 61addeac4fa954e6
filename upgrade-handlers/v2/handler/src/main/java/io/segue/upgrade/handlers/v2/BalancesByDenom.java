package io.segue.upgrade.handlers.v2;

import io.segue.bundles.sdk.state.IndexedTable;
import io.segue.bundles.sdk.state.KeySet;
import io.segue.bundles.sdk.state.Keys;
import io.segue.bundles.sdk.state.Pair;
import io.segue.bundles.sdk.state.Prefix;
import io.segue.bundles.sdk.state.Rewrite;
import io.segue.bundles.sdk.state.Schema;
import io.segue.bundles.sdk.state.Table;
import io.segue.bundles.sdk.state.Values;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.upgrade.StoreLoad;

/**
 * Brings the store {@code bank} from the layout of the bank's consensus version 1, balances by
 * account, to that of version 2, balances by denomination. The new index comes from the balances.
 */
final class BalancesByDenom {
  private final Schema before = new Schema();
  private final Table<Pair<byte[], String>, byte[]> byAccount =
      before.table(
          "balances", Prefix.of(2), Keys.pair(Keys.address(), Keys.text()), Values.bytes());
  private final KeySet<Pair<String, byte[]>> holders =
      before.keySet("holders", Prefix.of(3), Keys.pair(Keys.terminatedText(), Keys.address()), 0);

  private final Schema after = new Schema();
  private final IndexedTable<Pair<String, byte[]>, byte[]> byDenom =
      after.indexedTable(
          "balances", Prefix.of(6), Keys.pair(Keys.shortText(), Keys.bytes()), Values.bytes());
  private final KeySet<Pair<byte[], String>> holdings =
      after.keySet("holdings", Prefix.of(7), Keys.pair(Keys.address(), Keys.text()), 0);

  BalancesByDenom() {
    byDenom.index(holdings, key -> Pair.of(key.second(), key.first()));
  }

  /** The load, for {@code prepare}. */
  StoreLoad load() {
    return new Rewrite()
        .each(byAccount, this::move)
        .drop(holders)
        .added(byDenom)
        .added(holdings)
        .of("bank");
  }

  private void move(Pair<byte[], String> key, byte[] amount, KVStore out) {
    byte[] account = key.first();
    String denom = key.second();
    if (account.length == 0 || denom.isEmpty()) {
      throw new IllegalArgumentException("holds no account and denomination");
    }
    byDenom.set(out, Pair.of(denom, account), amount);
  }
}
