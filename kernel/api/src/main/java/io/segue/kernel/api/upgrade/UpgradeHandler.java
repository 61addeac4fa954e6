package io.segue.kernel.api.upgrade;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The on-chain work of one plan. Written once for each plan by the builder of the chain; its bundle
 * names the class in the manifest (capability {@code io.segue.generation}, attribute {@code
 * handler}). The kernel makes it with its public no-argument constructor, calls {@link #prepare}
 * and then {@link #handle} on the block thread in the block of the plan's height, and calls both
 * again, on a new object, if that block is executed again.
 */
@ConsumerType
public interface UpgradeHandler {
  /**
   * Which stores to load before the new code runs, in order. Sees the state of the height before.
   * Must not depend on anything else.
   */
  default List<StoreLoad> prepare(UpgradeContext context) {
    return List.of();
  }

  /**
   * Runs after the stores are loaded, on the new generation: migrations, parameters. Not bound by
   * any gas limit. An exception holds the node, with nothing of it kept.
   */
  default void handle(UpgradeContext context) {
    context.runMigrations();
  }
}
