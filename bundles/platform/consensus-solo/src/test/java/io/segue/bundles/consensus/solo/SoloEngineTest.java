package io.segue.bundles.consensus.solo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.consensus.solo.chain.SoloState;
import io.segue.bundles.consensus.solo.wire.CommitCodec;
import io.segue.bundles.consensus.solo.wire.HeaderCodec;
import io.segue.bundles.consensus.solo.wire.Merkle;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.Commit;
import io.segue.kernel.api.engine.Engine.MempoolException;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoloEngineTest {
  private final FakeApplication application = new FakeApplication();
  private final Path folder;

  SoloEngineTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void producesBlocksThatFormAChainOfHashes() throws Exception {
    EngineHome home = new EngineHome(folder);
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 3);

      for (long height = 1; height <= 3; height++) {
        Block block = engine.block(height).orElseThrow();
        assertThat(block.header().height()).isEqualTo(height);
        assertThat(block.id().hash()).isEqualTo(HeaderCodec.hash(block.header()));
        assertThat(block.header().lastCommitHash()).isEqualTo(CommitCodec.hash(block.lastCommit()));
      }
      Block second = engine.block(2).orElseThrow();
      assertThat(second.header().lastBlockId().hash())
          .isEqualTo(engine.block(1).orElseThrow().id().hash());
      assertThat(second.header().appHash()).isEqualTo(engine.results(1).orElseThrow().appHash());
      assertThat(application.calls)
          .containsExactly(
              "info",
              "initChain",
              "prepare 1",
              "finalize 1",
              "commit 1",
              "prepare 2",
              "finalize 2",
              "commit 2",
              "prepare 3",
              "finalize 3",
              "commit 3");
    }
  }

  @Test
  void givesTheFirstBlockTheGenesisTimeAndLaterOnesTheTimeOfTheLastVote() throws Exception {
    EngineHome home = new EngineHome(folder);
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 1);
      var voted = home.now;
      home.now = home.now.plusSeconds(3);
      AgentSteps.runTo(engine, 2);
      home.now = voted.minusSeconds(60);
      AgentSteps.runTo(engine, 4);

      assertThat(engine.meta(1).orElseThrow().header().time()).isEqualTo(EngineHome.GENESIS_TIME);
      assertThat(engine.meta(2).orElseThrow().header().time()).isEqualTo(voted);
      assertThat(engine.meta(3).orElseThrow().header().time()).isEqualTo(voted.plusSeconds(3));
      assertThat(engine.meta(4).orElseThrow().header().time())
          .as("a clock that goes back does not take the chain back")
          .isEqualTo(voted.plusSeconds(3).plus(Duration.ofMillis(1)));
    }
  }

  @Test
  void signsCommitsThatVerifyWithTheValidatorsKey() throws Exception {
    EngineHome home = new EngineHome(folder);
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 2);

      Commit commit = engine.block(2).orElseThrow().lastCommit();
      assertThat(commit).usingRecursiveComparison().isEqualTo(engine.commit(1).orElseThrow());
      var vote = commit.signatures().get(0);
      Signature verifier = Signature.getInstance("Ed25519");
      byte[] der =
          HexFormat.of()
              .parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(home.publicKey()));
      verifier.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
      verifier.update(
          CommitCodec.signBytes(EngineHome.CHAIN_ID, 1, 0, commit.blockId(), vote.timestamp()));
      assertThat(verifier.verify(vote.signature())).isTrue();
    }
  }

  @Test
  void putsBroadcastTransactionsIntoTheNextBlockInOrderAndFindsThemByHash() throws Exception {
    EngineHome home = new EngineHome(folder);
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 1);
      List<byte[]> txs = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        txs.add(("tx " + i).getBytes(UTF_8));
        assertThat(engine.broadcast(txs.get(i)).code()).isZero();
      }
      assertThat(engine.mempool().count()).isEqualTo(20);
      AgentSteps.runTo(engine, 2);

      assertThat(engine.block(2).orElseThrow().txs()).containsExactlyElementsOf(txs);
      assertThat(engine.mempool().count()).isZero();
      var found = engine.tx(Merkle.sha256(txs.get(7))).orElseThrow();
      assertThat(found.height()).isEqualTo(2);
      assertThat(found.index()).isEqualTo(7);
      assertThat(found.tx()).isEqualTo(txs.get(7));
      assertThat(found.result().events().get(0).attributes().get(0).value()).isEqualTo("tx 7");
    }
  }

  @Test
  void waitsForAHeldBlockWhileTheMempoolGoesOn() throws Exception {
    EngineHome home = new EngineHome(folder);
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 2);
      application.hold = new CompletableFuture<>();
      AgentSteps.until(engine, () -> engine.state() == SoloState.FINALIZE);
      for (int i = 0; i < 10; i++) {
        assertThat(engine.chainWork(i)).isZero();
      }
      assertThat(engine.broadcast("meanwhile".getBytes(UTF_8)).code()).isZero();
      assertThat(engine.height()).isEqualTo(2);
      application.hold.complete(null);
      AgentSteps.runTo(engine, 4);

      assertThat(engine.block(3).orElseThrow().txs()).isEmpty();
      assertThat(engine.block(4).orElseThrow().txs()).containsExactly("meanwhile".getBytes(UTF_8));
    }
  }

  @Test
  void answersThatItIsBusyWhileACommitIsHeld() throws Exception {
    EngineHome home = new EngineHome(folder);
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 1);
      application.holdCommit = new CompletableFuture<>();
      AgentSteps.until(engine, () -> engine.state() == SoloState.COMMIT);
      home.heldFor = Optional.of("the disk is full. Next: make room");
      byte[] tx = "meanwhile".getBytes(UTF_8);
      assertThatThrownBy(() -> engine.broadcast(tx))
          .isInstanceOf(MempoolException.class)
          .hasMessage("busy, held: the disk is full. Next: make room");
      assertThatThrownBy(() -> engine.submit(tx)).hasMessageStartingWith("busy, held: ");

      home.heldFor = Optional.empty();
      application.holdCommit.complete(null);
      AgentSteps.until(engine, () -> engine.height() == 2);
      assertThat(engine.broadcast(tx).code()).isZero();
    }
  }

  @Test
  void waitsForAGenesisTimeThatIsToCome() throws Exception {
    EngineHome home = new EngineHome(folder);
    home.now = EngineHome.GENESIS_TIME.minusSeconds(3600);
    home.blockIntervalMs = 1000;
    try (SoloEngine engine = home.engine(application)) {
      drain(engine, 0);
      drain(engine, 3_000_000_000L);
      assertThat(engine.height()).isZero();
      assertThat(application.finalized).isEmpty();
      assertThat(engine.failure()).contains("genesis_time 2026-01-01T00:00:00.500Z is to come");
      home.now = EngineHome.GENESIS_TIME;
      drain(engine, 4_000_000_000L);
      assertThat(engine.block(1).orElseThrow().header().time()).isEqualTo(EngineHome.GENESIS_TIME);
      assertThat(engine.failure()).isEmpty();
    }
  }

  @Test
  void isAsQuickWhereItsFirstBlockIsAboveOne() throws Exception {
    EngineHome home = new EngineHome(folder);
    long first = 1L << 62;
    home.write(
        "genesis.json",
        EngineHome.genesisJson(EngineHome.CHAIN_ID, home.publicKey())
            .replace("\"initial_height\": \"1\"", "\"initial_height\": \"" + first + "\""));
    try (SoloEngine engine = home.engine(application)) {
      engine.indexWork();
      engine.broadcast("ann 5 bob".getBytes(UTF_8));
      AgentSteps.until(engine, () -> engine.height() == first + 1);
      int steps = 0;
      while (engine.indexWork() > 0) {
        assertThat(++steps).as("steps of the index for two blocks").isLessThanOrEqualTo(2);
      }
      assertThat(engine.tx(Merkle.sha256("ann 5 bob".getBytes(UTF_8))).orElseThrow().height())
          .isEqualTo(first);
      assertThat(engine.validators(first)).hasSize(1);
      assertThat(engine.validators(first - 1)).isEmpty();
      assertThat(engine.block(1)).isEmpty();
      assertThat(engine.oldestHeight()).isEqualTo(first);
    }
    try (SoloEngine again = home.engine(application)) {
      AgentSteps.until(again, () -> again.height() > first + 1);
      int steps = 0;
      while (again.indexWork() > 0) {
        assertThat(++steps).isLessThanOrEqualTo(2);
      }
    }
  }

  @Test
  void keepsTheIntervalBetweenBlocks() throws Exception {
    EngineHome home = new EngineHome(folder);
    home.blockIntervalMs = 1000;
    try (SoloEngine engine = home.engine(application)) {
      long start = 5_000_000_000L;
      drain(engine, start);
      assertThat(engine.height()).isEqualTo(1);
      drain(engine, start + 999_999_999L);
      assertThat(engine.height()).isEqualTo(1);
      drain(engine, start + 1_000_000_000L);
      assertThat(engine.height()).isEqualTo(2);
    }
  }

  private static void drain(SoloEngine engine, long nowNs) throws Exception {
    int idle = 0;
    while (idle < 3) {
      idle = engine.chainWork(nowNs) == 0 ? idle + 1 : 0;
    }
  }
}
