package io.segue.itests.broken;

import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;

/** Can't be made: its constructor never comes back. */
public final class EndlessConstructor implements UpgradeHandler {
  private long rounds;

  /** Counts without end. */
  public EndlessConstructor() {
    while (rounds >= 0) {
      rounds = (rounds + 1) & Integer.MAX_VALUE;
    }
  }

  @Override
  public void handle(UpgradeContext context) {
    context.runMigrations();
  }
}
