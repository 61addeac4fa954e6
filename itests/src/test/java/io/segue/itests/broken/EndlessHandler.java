package io.segue.itests.broken;

import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import java.util.ArrayDeque;
import java.util.Deque;

/** Its on-chain work never ends: it goes round among its own entries. */
public final class EndlessHandler implements UpgradeHandler {
  @Override
  public void handle(UpgradeContext context) {
    Deque<String> open = new ArrayDeque<>(context.moduleVersions().keySet());
    while (!open.isEmpty()) {
      open.addLast(open.removeFirst());
    }
    context.runMigrations();
  }
}
