package io.segue.bundles.consensus.solo;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.consensus.solo.chain.SoloState;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Steps engines that have no threads. */
final class AgentSteps {
  private static final int LIMIT = 100_000;

  private AgentSteps() {}

  /** Until {@code height} is committed and indexed. */
  static void runTo(SoloEngine engine, long height) throws IOException {
    until(engine, () -> engine.height() >= height && engine.state() == SoloState.READY);
    while (engine.indexWork() > 0) {}
  }

  static void untilHeld(SoloEngine engine) {
    until(engine, () -> engine.state() == SoloState.HELD);
  }

  static void until(SoloEngine engine, BooleanSupplier reached) {
    for (int i = 0; !reached.getAsBoolean(); i++) {
      assertThat(i).as("steps; state " + engine.state() + " " + engine.failure()).isLessThan(LIMIT);
      engine.chainWork(0);
    }
  }
}
