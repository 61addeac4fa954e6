package io.segue.bundles.consensus.solo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.consensus.solo.wire.Merkle;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose state went back by one height, with its blocks and without the last one. */
class BlockRollbackTest {
  private static final byte[] TX = "a".getBytes(UTF_8);

  private final FakeApplication application = new FakeApplication();
  private final EngineHome home;
  private FakeApplication before = application;
  private byte[] hash = {};

  BlockRollbackTest(@TempDir Path folder) {
    home = new EngineHome(folder);
  }

  @Test
  void executesTheBlockThatStayedAgain() throws Exception {
    runThreeBlocks();
    rollback(false);
    try (SoloEngine engine = home.engine(before)) {
      AgentSteps.runTo(engine, 3);
      assertThat(before.calls).containsExactly("info", "finalize 3", "commit 3");
      assertThat(engine.meta(3).orElseThrow().id().hash()).isEqualTo(hash);
      assertThat(before.appHash()).isEqualTo(application.appHash());
      assertThat(engine.tx(Merkle.sha256(TX))).isPresent();
    }
  }

  @Test
  void makesAnotherBlockWhereTheBlockWasRemoved() throws Exception {
    runThreeBlocks();
    rollback(true);
    rollback(true);
    try (SoloEngine engine = home.engine(before)) {
      AgentSteps.until(engine, () -> engine.height() == 2);
      assertThat(engine.block(3)).isEmpty();
      assertThat(engine.results(3)).isEmpty();
      AgentSteps.runTo(engine, 3);
      assertThat(before.calls).containsExactly("info", "prepare 3", "finalize 3", "commit 3");
      assertThat(engine.block(3).orElseThrow().txs()).isEmpty();
      assertThat(engine.tx(Merkle.sha256(TX))).as("the transaction is gone").isEmpty();
      assertThat(engine.meta(3).orElseThrow().header().lastBlockId().hash())
          .isEqualTo(engine.meta(2).orElseThrow().id().hash());
    }
    try (SoloEngine engine = home.engine(before)) {
      AgentSteps.runTo(engine, 4);
    }
  }

  private void runThreeBlocks() throws Exception {
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 2);
      before = application.copy();
      engine.broadcast(TX);
      AgentSteps.runTo(engine, 3);
      hash = engine.meta(3).orElseThrow().id().hash();
      assertThat(engine.tx(Merkle.sha256(TX))).isPresent();
    }
  }

  private void rollback(boolean remove) throws Exception {
    new BlockRollback(home.folder()).to(2, remove);
  }
}
