package io.segue.bundles.consensus.solo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.consensus.solo.agent.AgentHold;
import io.segue.bundles.consensus.solo.chain.SoloState;
import io.segue.bundles.consensus.solo.wire.Merkle;
import io.segue.kernel.api.node.NodeHold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails under the blocks or the index holds the engine until it does not. */
class FailingDiskTest {
  private final FakeApplication application = new FakeApplication();
  private final FailingDisk disk = new FailingDisk();
  private final EngineHome home;

  FailingDiskTest(@TempDir Path folder) {
    home = new EngineHome(folder);
    home.files = disk;
  }

  @Test
  void waitsForRoomAtEveryByteOfABlockAndItsResults() throws Exception {
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 2);
      long before = Files.size(log());
      AgentSteps.runTo(engine, 3);
      long heightBytes = Files.size(log()) - before;
      for (long room = 0; room < heightBytes; room += 7) {
        long height = engine.height();
        disk.room = room;
        AgentSteps.untilHeld(engine);
        NodeHold hold = engine.parts().get(0).hold().orElseThrow();
        assertThat(hold.part()).isEqualTo("engine");
        assertThat(hold.reason()).isEqualTo("DISK_FULL");
        assertThat(hold.nextStep()).contains("make room", "upgrade:retry");
        assertThat(engine.failure()).contains("data/blocks", "No space left on device");
        assertThat(engine.chainWork(0)).as("tries again after a pause").isZero();
        assertThat(engine.height()).isEqualTo(height);
        disk.room = Long.MAX_VALUE;
        engine.parts().get(0).retry();
        AgentSteps.runTo(engine, height + 1);
        assertThat(engine.failure()).isEmpty();
      }
    }
    assertGoesOnAfterARestart();
  }

  @Test
  void decidesAndExecutesNothingTwiceForADiskThatWasFull() throws Exception {
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 2);
      application.calls.clear();
      for (long room : new long[] {0, 100, 800, 1200}) {
        disk.room = room;
        engine.parts().get(0).retry();
        AgentSteps.until(engine, () -> engine.height() >= 3 || engine.state() == SoloState.HELD);
      }
      disk.room = Long.MAX_VALUE;
      engine.parts().get(0).retry();
      AgentSteps.runTo(engine, 3);
      assertThat(application.calls).containsExactly("prepare 3", "finalize 3", "commit 3");
    }
  }

  @Test
  void triesByItselfAfterPausesThatGrow() throws Exception {
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 2);
      disk.room = 0;
      AgentSteps.untilHeld(engine);
      long nowNs = 0;
      for (long pauseNs = AgentHold.FIRST_PAUSE_NS; pauseNs < 5_000_000_000L; pauseNs *= 2) {
        assertThat(engine.chainWork(nowNs + pauseNs - 1)).isZero();
        nowNs += pauseNs;
        assertThat(engine.chainWork(nowNs)).isPositive();
        engine.chainWork(nowNs);
        assertThat(engine.state()).isEqualTo(SoloState.HELD);
      }
      disk.room = Long.MAX_VALUE;
      nowNs += AgentHold.MAX_PAUSE_NS;
      for (int i = 0; i < 100 && engine.height() < 3; i++) {
        engine.chainWork(nowNs);
      }
      assertThat(engine.height()).isEqualTo(3);
    }
  }

  @Test
  void writesAgainWhatAFailedForceMayHaveLost() throws Exception {
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 2);
      long forced = Files.size(log());
      disk.failNextForce = true;
      AgentSteps.untilHeld(engine);
      assertThat(engine.parts().get(0).hold().orElseThrow().reason()).isEqualTo("STORAGE");
      loseBehind(forced);
      engine.parts().get(0).retry();
      AgentSteps.runTo(engine, 4);
    }
    assertGoesOnAfterARestart();
  }

  @Test
  void leavesNothingOfResultsThatFailedAndOfWhichOthersBecame() throws Exception {
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 2);
      disk.failNextForce = true;
      AgentSteps.untilHeld(engine);
    }
    application.changeRules();
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 4);
      assertThat(engine.meta(4).orElseThrow().header().appHash())
          .isEqualTo(engine.results(3).orElseThrow().appHash());
    }
    assertGoesOnAfterARestart();
  }

  @Test
  void forcesEqualResultsThatWereThereBeforeTheApplicationCommits() throws Exception {
    application.holdCommit = new CompletableFuture<>();
    for (int i = 0; i < 2; i++) {
      disk.forced.clear();
      try (SoloEngine engine = home.engine(application)) {
        AgentSteps.until(engine, () -> engine.state() == SoloState.COMMIT);
        assertThat(disk.forced).contains(log());
      }
    }
  }

  @Test
  void connectsAgainAfterAnErrorOfTheMachine() throws Exception {
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 2);
      application.failNextProposal = new OutOfMemoryError("Java heap space");
      AgentSteps.untilHeld(engine);
      assertThat(engine.parts().get(0).hold().orElseThrow().reason()).isEqualTo("MACHINE");
      engine.parts().get(0).retry();
      AgentSteps.runTo(engine, 4);
      assertThat(engine.failure()).isEmpty();
    }
  }

  @Test
  void indexesOnceItsFolderCanBeWritten() throws Exception {
    try (SoloEngine first = home.engine(application)) {
      AgentSteps.runTo(first, 1);
    }
    Path index = home.blocks().resolve("index");
    EngineHome.deleteAll(index);
    Files.writeString(index, "in the way");
    home.indexOpen = false;
    byte[] tx = "a".getBytes(UTF_8);
    try (SoloEngine engine = home.engine(application)) {
      assertThat(engine.indexWork()).isZero();
      NodeHold hold = engine.parts().get(1).hold().orElseThrow();
      assertThat(hold.part()).isEqualTo("index");
      assertThat(hold.message()).contains("not indexed");
      engine.broadcast(tx);
      AgentSteps.until(engine, () -> engine.height() >= 2);
      Files.delete(index);
      assertThat(engine.indexWork(AgentHold.FIRST_PAUSE_NS + 1)).isPositive();
      while (engine.indexWork() > 0) {}
      assertThat(engine.parts().get(1).hold()).isEmpty();
      assertThat(engine.tx(Merkle.sha256(tx))).isPresent();
    }
  }

  private void assertGoesOnAfterARestart() throws IOException {
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.until(engine, () -> engine.state() == SoloState.READY);
      long height = engine.height();
      for (long each = 1; each <= height; each++) {
        assertThat(engine.block(each)).as("block " + each).isPresent();
        assertThat(engine.results(each)).as("results " + each).isPresent();
      }
      AgentSteps.runTo(engine, height + 1);
    }
  }

  /** As a machine that ends does to what was never forced. */
  private void loseBehind(long size) throws IOException {
    byte[] bytes = Files.readAllBytes(log());
    Arrays.fill(bytes, (int) size, bytes.length, (byte) 0);
    Files.write(log(), bytes);
  }

  private Path log() throws IOException {
    try (Stream<Path> files = Files.list(home.blocks().resolve("log"))) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }
}
