package io.segue.kernel.admission.load;

import io.segue.kernel.api.guard.GuardedThread;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of a benchmark, as the kernel has them; JMH makes it by its name. */
public final class GuardedExecutor extends ThreadPoolExecutor {
  /** What JMH calls. */
  public GuardedExecutor(int threads, String prefix) {
    super(
        threads,
        threads,
        1,
        TimeUnit.MINUTES,
        new LinkedBlockingQueue<>(),
        work -> new GuardedThread(work, prefix));
  }
}
