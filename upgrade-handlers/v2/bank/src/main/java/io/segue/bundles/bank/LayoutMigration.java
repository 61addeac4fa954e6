package io.segue.bundles.bank;

import io.segue.bundles.sdk.state.KeySet;
import io.segue.bundles.sdk.state.Keys;
import io.segue.bundles.sdk.state.Prefix;
import io.segue.bundles.sdk.state.Range;
import io.segue.bundles.sdk.state.Schema;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.Module.Migration;
import java.util.HexFormat;
import java.util.List;

/**
 * Consensus version 1 to 2. The store loader of the plan has brought every balance to its new key
 * before this runs; what is left to do is to see that it did, because a bank on the old layout
 * would show every account as empty.
 */
final class LayoutMigration implements Migration {
  private final Schema before = new Schema();
  private final List<KeySet<byte[]>> gone =
      List.of(
          before.keySet("balances", Prefix.of(2), Keys.bytes()),
          before.keySet("holders", Prefix.of(3), Keys.bytes()));

  /**
   * Passes where no key of version 1 is left.
   *
   * @throws IllegalStateException where one is
   */
  @Override
  public void migrate(Context context) {
    for (KeySet<byte[]> collection : gone) {
      for (byte[] key : collection.keys(context.store(), Range.all(), 1)) {
        throw new IllegalStateException(
            "store bank still has a key of consensus version 1, "
                + HexFormat.of().formatHex(key)
                + " in "
                + collection.name()
                + ": the upgrade handler's prepare must ask for the rewrite of store bank");
      }
    }
  }
}
