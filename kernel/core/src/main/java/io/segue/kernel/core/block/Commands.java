package io.segue.kernel.core.block;

import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** What other threads ask of the block thread, in the order in which they asked. */
final class Commands {
  private final Queue<Command<?>> queue = new ConcurrentLinkedQueue<>();
  private final Runnable wake;

  /**
   * Nothing is asked yet.
   *
   * @param wake wakes the block thread
   */
  Commands(Runnable wake) {
    this.wake = wake;
  }

  /** Any thread. */
  <T> CompletionStage<T> submit(Command<T> command) {
    queue.add(command);
    wake.run();
    return command.answer();
  }

  /** The next one; null where there is none. Block thread. */
  @Nullable Command<?> poll() {
    return queue.poll();
  }

  /** Answers all that are left. Block thread. */
  void refuseAll(String why) {
    for (Command<?> c = queue.poll(); c != null; c = queue.poll()) {
      c.answer().completeExceptionally(new IllegalStateException(why));
    }
  }
}
