package io.segue.bundles.consensus.solo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.consensus.solo.chain.SoloState;
import io.segue.bundles.consensus.solo.wire.Merkle;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restart finds at every stage of a block, and what it makes of it. */
class RestartTest {
  private final FakeApplication application = new FakeApplication();
  private final EngineHome home;

  RestartTest(@TempDir Path folder) {
    home = new EngineHome(folder);
  }

  @Test
  void goesOnAfterTheLastBlock() throws Exception {
    byte[] lastBlock;
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 3);
      lastBlock = engine.meta(3).orElseThrow().id().hash();
    }
    application.calls.clear();
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 4);
      assertThat(application.calls).containsExactly("info", "prepare 4", "finalize 4", "commit 4");
      assertThat(engine.meta(4).orElseThrow().header().lastBlockId().hash()).isEqualTo(lastBlock);
    }
  }

  @Test
  void replaysTheStoredBlockThatWasNotExecuted() throws Exception {
    byte[] stored;
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 2);
      engine.broadcast("a".getBytes(UTF_8));
      application.hold = new CompletableFuture<>();
      AgentSteps.until(engine, () -> engine.state() == SoloState.FINALIZE);
      stored = "a".getBytes(UTF_8);
    }
    application.hold = CompletableFuture.completedFuture(null);
    application.calls.clear();
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 3);
      assertThat(application.calls).containsExactly("info", "finalize 3", "commit 3");
      assertThat(engine.block(3).orElseThrow().txs()).containsExactly(stored);
      assertThat(engine.tx(Merkle.sha256(stored))).isPresent();
    }
  }

  @Test
  void executesAgainWhatWasExecutedAndNotCommitted() throws Exception {
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 2);
      engine.broadcast("a".getBytes(UTF_8));
      application.holdCommit = new CompletableFuture<>();
      AgentSteps.until(engine, () -> engine.state() == SoloState.COMMIT);
    }
    application.holdCommit = CompletableFuture.completedFuture(null);
    application.calls.clear();
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 4);
      assertThat(application.calls)
          .containsExactly("info", "finalize 3", "commit 3", "prepare 4", "finalize 4", "commit 4");
      assertThat(engine.results(3).orElseThrow().txResults()).hasSize(1);
    }
  }

  @Test
  void callsNothingForABlockThatTheApplicationCommittedUnseen() throws Exception {
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 2);
      engine.broadcast("a".getBytes(UTF_8));
      application.answerCommit = false;
      AgentSteps.until(engine, () -> engine.state() == SoloState.COMMIT);
      assertThat(application.height()).isEqualTo(3);
      assertThat(engine.height()).isEqualTo(2);
    }
    application.answerCommit = true;
    application.calls.clear();
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.until(engine, () -> engine.state() == SoloState.READY);
      assertThat(engine.height()).isEqualTo(3);
      while (engine.indexWork() > 0) {}
      assertThat(engine.tx(Merkle.sha256("a".getBytes(UTF_8)))).isPresent();
      assertThat(application.calls).containsExactly("info");
    }
  }

  @Test
  void replaysTheWholeChainForAnApplicationThatLostItsData() throws Exception {
    byte[] hash;
    try (SoloEngine engine = home.engine(application)) {
      for (int height = 1; height <= 5; height++) {
        engine.broadcast(("tx " + height).getBytes(UTF_8));
        AgentSteps.runTo(engine, height);
      }
      hash = application.appHash();
    }
    application.loseData();
    application.calls.clear();
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.until(engine, () -> engine.height() == 5);
      assertThat(application.appHash()).isEqualTo(hash);
      assertThat(application.calls).startsWith("info", "initChain", "finalize 1", "commit 1");
      assertThat(application.calls).doesNotContain("prepare 1", "prepare 5");
    }
  }

  @Test
  void replaysTheBlocksThatARestoredApplicationLacks() throws Exception {
    FakeApplication restored = new FakeApplication();
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 2);
      restored = application.copy();
      AgentSteps.runTo(engine, 6);
    }
    try (SoloEngine engine = home.engine(restored)) {
      AgentSteps.until(engine, () -> engine.height() == 6);
      assertThat(restored.appHash()).isEqualTo(application.appHash());
    }
  }

  @Test
  void stopsWithBothHashesWhereReplayLeadsElsewhere() throws Exception {
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 4);
    }
    application.loseData();
    application.changeRules();
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.until(engine, () -> engine.state() == SoloState.HELD);
      assertThat(engine.failure())
          .contains("block 1 now gives app hash")
          .contains("block 2 is built on them");
      assertThat(engine.chainWork(0)).isZero();
    }
  }

  @Test
  void takesTheNewOutcomeOfABlockThatWasNeverCommitted() throws Exception {
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 2);
      application.holdCommit = new CompletableFuture<>();
      AgentSteps.until(engine, () -> engine.state() == SoloState.COMMIT);
    }
    application.holdCommit = CompletableFuture.completedFuture(null);
    application.changeRules();
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 4);
      assertThat(engine.meta(4).orElseThrow().header().appHash())
          .isEqualTo(engine.results(3).orElseThrow().appHash());
    }
  }

  @Test
  void refusesAnApplicationAheadOfTheStoredBlocks() throws Exception {
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 3);
    }
    EngineHome other = new EngineHome(home.blocks().resolveSibling("other"));
    try (SoloEngine engine = other.engine(application)) {
      AgentSteps.until(engine, () -> engine.state() == SoloState.HELD);
      assertThat(engine.failure())
          .contains("the application is at height 3 and no blocks are stored")
          .contains("restore data/blocks");
    }
  }

  @Test
  void refusesAnApplicationWithAnotherHash() throws Exception {
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 3);
    }
    application.damageHash();
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.until(engine, () -> engine.state() == SoloState.HELD);
      assertThat(engine.failure()).contains("app hash of height 3 differs");
    }
  }

  @Test
  void refusesTheGenesisOfAnotherChain() throws Exception {
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 2);
    }
    home.write("genesis.json", EngineHome.genesisJson("other-1", home.publicKey()));
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.until(engine, () -> engine.state() == SoloState.HELD);
      assertThat(engine.failure())
          .contains("stored blocks are of chain solo-1")
          .contains("config/genesis.json is of chain other-1");
    }
  }

  @Test
  void takesACorrectedGenesisAsLongAsThereIsNoBlock() throws Exception {
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.until(engine, () -> engine.state() == SoloState.READY);
    }
    application.loseData();
    home.write(
        "genesis.json",
        EngineHome.genesisJson(EngineHome.CHAIN_ID, home.publicKey())
            .replace("\"bank\"", "\"corrected\""));
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 2);
      assertThat(engine.failure()).isEmpty();
    }
  }

  @Test
  void rebuildsAnIndexThatIsGone() throws Exception {
    try (SoloEngine engine = home.engine(application)) {
      for (int height = 1; height <= 5; height++) {
        engine.broadcast(("tx " + height).getBytes(UTF_8));
        AgentSteps.runTo(engine, height);
      }
    }
    EngineHome.deleteAll(home.blocks().resolve("index"));
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.until(engine, () -> engine.state() == SoloState.READY);
      while (engine.indexWork() > 0) {}
      for (int height = 1; height <= 5; height++) {
        assertThat(engine.tx(Merkle.sha256(("tx " + height).getBytes(UTF_8)))).isPresent();
      }
    }
  }

  @Test
  void refusesAValidatorThatCanNotDecideAlone() throws Exception {
    home.write("genesis.json", EngineHome.genesisJson("solo-1", new byte[32]));
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.until(engine, () -> engine.state() == SoloState.HELD);
      assertThat(engine.failure())
          .contains("can't decide blocks alone")
          .contains("priv_validator_key.json");
    }
  }

  @Test
  void keepsTheBlocksThatTheApplicationWantsRetained() throws Exception {
    home.blocksKept = 100;
    application.retainHeight = 5;
    try (SoloEngine engine = home.engine(application)) {
      for (int height = 10; height <= 250; height += 10) {
        AgentSteps.runTo(engine, height);
      }
      assertThat(engine.oldestHeight()).isEqualTo(1);
    }
  }

  @Test
  void keepsBlocksOnlyAsLongAsItIsTold() throws Exception {
    home.blocksKept = 100;
    try (SoloEngine engine = home.engine(application)) {
      for (int height = 10; height <= 250; height += 10) {
        AgentSteps.runTo(engine, height);
      }
      assertThat(engine.oldestHeight()).isBetween(120L, 151L);
      assertThat(engine.block(engine.oldestHeight())).isPresent();
      assertThat(engine.block(1)).isEmpty();
      assertThat(engine.validators(engine.oldestHeight() + 1)).hasSize(1);
    }
  }
}
