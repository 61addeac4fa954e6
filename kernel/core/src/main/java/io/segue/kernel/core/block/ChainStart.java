package io.segue.kernel.core.block;

import io.segue.kernel.api.abci.Abci.InitChainResponse;
import io.segue.kernel.core.hold.Hold;
import io.segue.kernel.core.hold.HoldReason;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The start of the chain. A genesis that is refused is answered so: the same file gives the same
 * again. What this machine could not do is tried again, as a held block is, and is answered when it
 * is done.
 *
 * <p>Thread safety: block thread, but for {@link #why} and {@link #held}.
 */
final class ChainStart {
  private static final Logger LOG = LoggerFactory.getLogger(ChainStart.class);
  private static final String FAILED = "the chain can't be started";

  private final ChainOperations chain;
  private final Consumer<Long> started;
  private final Holds holds = new Holds();
  private volatile @Nullable Hold why;
  private volatile Command.@Nullable Init waiting;

  /**
   * No start was asked for yet.
   *
   * @param started is told of a start, with the nanoseconds since the epoch
   */
  ChainStart(ChainOperations chain, Consumer<Long> started) {
    this.chain = chain;
    this.started = started;
  }

  /** Why the chain could not be started; empty where it was, or was not yet; any thread. */
  Optional<Hold> why() {
    return Optional.ofNullable(why);
  }

  /** Whether the start waits to be tried again; any thread. */
  boolean held() {
    return waiting != null;
  }

  /** Starts the chain, and answers unless it has to be tried again. */
  void ask(Command.Init init, long nowNs) {
    drop("the chain starts over");
    holds.passed();
    start(init, nowNs);
  }

  /** Tries again where it is time; 0 where it is not. */
  int turn(long nowNs) {
    Command.Init init = waiting;
    if (init == null || !holds.tryAgain(nowNs)) {
      return 0;
    }
    start(init, nowNs);
    return 1;
  }

  /** The operator asks for another try. */
  void retry() {
    holds.retry();
  }

  /** Answers a start that waits. */
  void drop(String reason) {
    Command.Init init = waiting;
    waiting = null;
    if (init != null) {
      init.answer().completeExceptionally(new IllegalStateException(reason));
    }
  }

  private void start(Command.Init init, long nowNs) {
    InitChainResponse response;
    try {
      response = chain.initChain(init.request());
    } catch (RuntimeException | Error e) {
      failed(init, e, nowNs);
      return;
    }
    why = null;
    waiting = null;
    started.accept(nowNs);
    init.answer().complete(response);
  }

  private void failed(Command.Init init, Throwable failure, long nowNs) {
    Hold hold = Hold.ofStep(failure, HoldReason.GENESIS, FAILED);
    why = hold;
    if (hold.reason().passing()) {
      waiting = init;
      holds.hold(hold, nowNs);
    } else {
      waiting = null;
      init.answer().completeExceptionally(failure);
    }
    LOG.error("{}. Next: {}", hold.message(), hold.nextStep());
  }
}
