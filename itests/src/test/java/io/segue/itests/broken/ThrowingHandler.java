package io.segue.itests.broken;

import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;

/** Fails where its on-chain work begins. */
public final class ThrowingHandler implements UpgradeHandler {
  @Override
  public void handle(UpgradeContext context) {
    throw new IllegalStateException("the handler is broken");
  }
}
