package __package__;

import io.segue.bundles.sdk.Addresses;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The upgrade of plan {@code __plan__}. The kernel calls it once, in the block of the plan's height,
 * on every node with the same state; it must do the same on all of them.
 */
public final class __Plan__Handler implements UpgradeHandler {
  /** What becomes of stores, in order: Add, Rename, Delete, Rewrite. No gas counts here. */
  @Override
  public List<StoreLoad> prepare(UpgradeContext context) {
    return List.of(new StoreLoad.Add("__module__"));
  }

  /** The on-chain work, after the stores are there. */
  @Override
  public void handle(UpgradeContext context) {
    context.genesis("__module__", genesis(Addresses.of(context.platform())));
    context.runMigrations();
  }

  /** A first entry by governance, whose address has the prefix of this chain. */
  private static byte[] genesis(Addresses addresses) {
    String author = addresses.account(Addresses.module("gov"));
    String text = "This chain has a guest book now";
    return ("{\"next\":\"1\",\"entries\":[{\"key\":\"0\",\"value\":"
            + "{\"author\":\"" + author + "\",\"text\":\"" + text + "\"}}]}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
