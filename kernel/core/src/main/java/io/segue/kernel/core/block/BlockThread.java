package io.segue.kernel.core.block;

import io.segue.kernel.api.guard.GuardedThread;
import io.segue.kernel.api.node.RepeatedWork;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that gives the block loop its turns: as often as there is work, else at least ten
 * times a second.
 */
public final class BlockThread implements AutoCloseable {
  private static final long IDLE_NS = 100_000_000;
  private static final long STOP_MS = 10_000;
  private static final Logger LOG = LoggerFactory.getLogger(BlockThread.class);

  private volatile @Nullable Thread thread;
  private volatile boolean stopping;

  /** Wakes the thread; any thread may call it, also before {@link #start}. */
  public void wake() {
    LockSupport.unpark(thread);
  }

  /** Starts giving turns to {@code loop}. */
  public void start(BlockLoop loop) {
    Thread started = new GuardedThread(() -> run(loop), "segue-block");
    thread = started;
    started.start();
  }

  private void run(BlockLoop loop) {
    while (!stopping) {
      // The loop holds what fails; what still comes here is an error in it, or of memory.
      int done =
          RepeatedWork.turn(
              () -> loop.doWork(nowNs()),
              e ->
                  LOG.error(
                      "The block loop failed in state {}; the node goes on trying",
                      loop.state(),
                      e));
      if (done <= 0) {
        LockSupport.parkNanos(this, IDLE_NS);
      }
    }
    loop.close();
  }

  /** Nanoseconds since the epoch. */
  public static long nowNs() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000 + now.getNano();
  }

  /** Stops after the piece of work at hand and waits for it. */
  @Override
  public void close() throws InterruptedException {
    stopping = true;
    Thread started = thread;
    if (started != null) {
      wake();
      started.join(STOP_MS);
    }
  }
}
