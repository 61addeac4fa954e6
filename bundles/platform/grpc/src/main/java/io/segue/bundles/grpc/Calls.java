package io.segue.bundles.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The calls that are open: so many at once, and none for longer than its time, whether the client
 * sends slowly or not at all. Thread safety: any thread.
 */
final class Calls {
  private final int most;
  private final int timeoutSeconds;
  private final ScheduledExecutorService timer;
  private final AtomicInteger open = new AtomicInteger();

  Calls(int most, int timeoutSeconds, ScheduledExecutorService timer) {
    this.most = most;
    this.timeoutSeconds = timeoutSeconds;
    this.timer = timer;
  }

  /** Takes a call in; empty where there are too many, and the call is then refused. */
  <T, R> Optional<Open<T, R>> open(ServerCall<T, R> call) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      call.close(
          Status.RESOURCE_EXHAUSTED.withDescription(
              "this node answers " + most + " calls at once and no more; try again later"),
          new Metadata());
      return Optional.empty();
    }
    return Optional.of(new Open<>(call));
  }

  /** A call that is open; ended once, by whoever is first. */
  final class Open<T, R> {
    private final ServerCall<T, R> call;
    private final Future<?> timeout;
    private boolean ended;
    private boolean over;

    private Open(ServerCall<T, R> call) {
      this.call = call;
      this.timeout = timer.schedule(this::late, timeoutSeconds, TimeUnit.SECONDS);
    }

    /** Sends one of several messages, unless the call was ended. */
    synchronized void send(R message) {
      if (!ended) {
        call.sendMessage(message);
      }
    }

    /** Ends the call, unless it was ended. */
    synchronized void close(Status status) {
      if (!ended) {
        ended = true;
        call.close(status, new Metadata());
      }
    }

    /** Ends the call with its only message, unless it was ended. */
    synchronized void answer(Metadata headers, R message) {
      if (!ended) {
        ended = true;
        call.sendHeaders(headers);
        call.sendMessage(message);
        call.close(Status.OK, new Metadata());
      }
    }

    /** The client has all of it, or is gone. */
    synchronized void over() {
      ended = true;
      if (!over) {
        over = true;
        timeout.cancel(false);
        open.decrementAndGet();
      }
    }

    private void late() {
      close(
          Status.DEADLINE_EXCEEDED.withDescription(
              "the call took more than the " + timeoutSeconds + " seconds that this node allows"));
    }
  }
}
