package io.segue.itests.broken;

import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import java.nio.charset.StandardCharsets;

/** Leaves a key in the bank's store. */
public final class MarkingHandler implements UpgradeHandler {
  /** The key. */
  public static final String KEY = "mark";

  @Override
  public void handle(UpgradeContext context) {
    context.runMigrations();
    context.store("bank").set(KEY.getBytes(StandardCharsets.UTF_8), new byte[] {1});
  }
}
