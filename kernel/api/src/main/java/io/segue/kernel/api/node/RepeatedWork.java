package io.segue.kernel.api.node;

import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Work that a thread or an executor of the node does again and again, and that no failure may end:
 * not one of memory either, where telling of it fails as well. The kernel and platform bundles use
 * it, on any thread.
 */
public final class RepeatedWork {
  /** What {@link #turn} returns for work that failed. */
  public static final int FAILED = -1;

  private RepeatedWork() {}

  /**
   * Does it once.
   *
   * @param tell is given what the work throws; what it throws itself is dropped, as the next time
   *     has it again
   */
  public static void once(Runnable work, Consumer<Throwable> tell) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      told(tell, e);
    }
  }

  /**
   * As {@link #once}.
   *
   * @return what the work returns, or {@link #FAILED}
   */
  public static int turn(IntSupplier work, Consumer<Throwable> tell) {
    try {
      return work.getAsInt();
    } catch (RuntimeException | Error e) {
      told(tell, e);
      return FAILED;
    }
  }

  private static void told(Consumer<Throwable> tell, Throwable why) {
    try {
      tell.accept(why);
    } catch (RuntimeException | Error untold) {
      // Not even the log has memory.
    }
  }
}
