package io.segue.itests.broken;

import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import java.util.List;

/** Its store load fails in the middle of the bank's balances. */
public final class ThrowingRewrite implements UpgradeHandler {
  private static final byte BALANCE = 0x02;

  @Override
  public List<StoreLoad> prepare(UpgradeContext context) {
    return List.of(
        new StoreLoad.Rewrite(
            "bank",
            (key, value, sink) -> {
              if (key[0] == BALANCE) {
                throw new IllegalStateException("the rewrite is broken");
              }
              sink.put(key, value);
            }));
  }
}
