package io.segue.itests.broken;

import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import java.nio.charset.StandardCharsets;

/** Does the same as {@link MarkingHandler}, with another value. */
public final class OtherMarkingHandler implements UpgradeHandler {
  @Override
  public void handle(UpgradeContext context) {
    context.runMigrations();
    context.store("bank").set(MarkingHandler.KEY.getBytes(StandardCharsets.UTF_8), new byte[] {2});
  }
}
