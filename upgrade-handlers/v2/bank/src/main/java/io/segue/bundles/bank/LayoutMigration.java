package io.segue.bundles.bank;

import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.Module.Migration;
import java.util.HexFormat;

/**
 * Consensus version 1 to 2. The store loader of the plan has brought every balance to its new key
 * before this runs; what is left to do is to see that it did, because a bank on the old layout
 * would show every account as empty.
 */
final class LayoutMigration implements Migration {
  /**
   * Passes where no key of version 1 is left.
   *
   * @throws IllegalStateException where one is
   */
  @Override
  public void migrate(Context context) {
    requireNone(context, BankKeys.VERSION_1_BALANCE);
    requireNone(context, BankKeys.VERSION_1_INDEX);
  }

  private static void requireNone(Context context, byte[] prefix) {
    try (KVIterator entries = context.store().prefix(prefix)) {
      if (entries.next()) {
        throw new IllegalStateException(
            "store bank still has a key of consensus version 1, "
                + HexFormat.of().formatHex(entries.key())
                + ": the upgrade handler's prepare must ask for the rewrite of store bank");
      }
    }
  }
}
