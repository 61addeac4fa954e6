package io.segue.bundles.consensus.solo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.consensus.solo.mempool.MempoolLimits;
import io.segue.bundles.consensus.solo.wire.Merkle;
import io.segue.kernel.api.engine.Engine.MempoolException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Engines on their own threads, as a node runs them. */
@Timeout(60)
class ThreadedEngineTest {
  private final FakeApplication application = new FakeApplication();
  private final BlockingQueue<Long> heights = new LinkedBlockingQueue<>();
  private final EngineHome home;

  ThreadedEngineTest(@TempDir Path folder) {
    home = new EngineHome(folder);
    home.blockIntervalMs = 1;
  }

  @Test
  void tellsOfEveryBlockOnceItsTransactionsCanBeFound() throws Exception {
    try (SoloEngine engine = start()) {
      byte[] tx = "a transfer".getBytes(UTF_8);
      engine.submit(tx).toCompletableFuture().get(10, TimeUnit.SECONDS);
      long expected = 1;
      while (engine.tx(Merkle.sha256(tx)).isEmpty()) {
        assertThat(next()).isEqualTo(expected++);
      }
    }
  }

  @Test
  void takesTransactionsFromManyThreadsWhileItMakesBlocks() throws Exception {
    int perThread = 300;
    home.mempool = new MempoolLimits(10_000, 1 << 20, 100, 10_000);
    try (SoloEngine engine = start()) {
      List<CompletableFuture<Void>> senders = new ArrayList<>();
      for (int sender = 0; sender < 4; sender++) {
        int number = sender;
        senders.add(CompletableFuture.runAsync(() -> send(engine, number, perThread)));
      }
      CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new)).get(40, TimeUnit.SECONDS);
      for (int sender = 0; sender < 4; sender++) {
        for (int i = 0; i < perThread; i++) {
          byte[] hash = Merkle.sha256((sender + ":" + i).getBytes(UTF_8));
          while (engine.tx(hash).isEmpty()) {
            next();
          }
        }
      }
      assertThat(engine.mempool().count()).isZero();
    }
  }

  @Test
  void stopsWhileItHoldsAndGoesOnAfterwards() throws Exception {
    SoloEngine held = start();
    while (next() < 3) {}
    application.hold = new CompletableFuture<>();
    while (heights.poll(100, TimeUnit.MILLISECONDS) != null) {}
    long height = held.height();
    held.close();
    assertThat(application.height()).isEqualTo(height);

    application.hold = CompletableFuture.completedFuture(null);
    heights.clear();
    try (SoloEngine engine = start()) {
      assertThat(next()).isEqualTo(height + 1);
    }
  }

  @Test
  void leavesTheStoreClosedAndWholeHoweverOftenItIsStopped() throws Exception {
    long height = 0;
    for (int i = 0; i < 10; i++) {
      try (SoloEngine engine = start()) {
        while (next() < height + 3) {}
      }
      height = application.height();
      heights.clear();
    }
    assertThat(application.calls.stream().filter("initChain"::equals)).hasSize(1);
  }

  private SoloEngine start() {
    SoloEngine engine = home.engine(application);
    engine.onBlock(heights::add);
    engine.start();
    return engine;
  }

  private long next() throws InterruptedException {
    Long height = heights.poll(30, TimeUnit.SECONDS);
    assertThat(height).as("a block within 30 s").isNotNull();
    return Objects.requireNonNull(height);
  }

  private static void send(SoloEngine engine, int sender, int count) {
    for (int i = 0; i < count; i++) {
      try {
        assertThat(engine.broadcast((sender + ":" + i).getBytes(UTF_8)).code()).isZero();
      } catch (MempoolException e) {
        throw new AssertionError(e);
      }
    }
  }
}
