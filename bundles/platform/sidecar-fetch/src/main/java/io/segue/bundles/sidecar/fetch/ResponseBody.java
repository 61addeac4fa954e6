package io.segue.bundles.sidecar.fetch;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response, read by one thread with a limit on how long the server may send nothing.
 * At most one piece waits in memory: the next one is asked for when this one is taken.
 */
final class ResponseBody implements AutoCloseable {
  private final Flow.Publisher<List<ByteBuffer>> publisher;
  private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(2);
  private volatile Flow.@Nullable Subscription subscription;
  private volatile boolean cancelled;

  ResponseBody(Flow.Publisher<List<ByteBuffer>> publisher) {
    this.publisher = publisher;
  }

  /**
   * The next piece, or null at the end.
   *
   * @param timeoutMs how long the server may send nothing
   * @throws HttpTimeoutException where nothing came for too long
   * @throws IOException where the connection broke
   */
  @Nullable List<ByteBuffer> next(int timeoutMs) throws IOException, InterruptedException {
    Flow.Subscription current = subscription;
    if (current == null) {
      publisher.subscribe(new Receiver());
    } else {
      current.request(1);
    }
    Piece piece = pieces.poll(timeoutMs, TimeUnit.MILLISECONDS);
    if (piece == null) {
      throw new HttpTimeoutException("nothing received for " + timeoutMs + " ms");
    }
    if (piece.failure != null) {
      throw new IOException(piece.failure.getMessage(), piece.failure);
    }
    return piece.bytes;
  }

  /** Gives up what is not read yet, and with it the connection. */
  @Override
  public void close() {
    cancelled = true;
    Flow.Subscription current = subscription;
    if (current == null) {
      publisher.subscribe(new Receiver());
    } else {
      current.cancel();
    }
  }

  /** Bytes, or a failure, or neither: the end. */
  private record Piece(@Nullable List<ByteBuffer> bytes, @Nullable Throwable failure) {}

  /** Called by the client's threads, one call at a time. */
  private final class Receiver implements Flow.Subscriber<List<ByteBuffer>> {
    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      if (cancelled) {
        given.cancel();
      } else {
        given.request(1);
      }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
      pieces.add(new Piece(bytes, null));
    }

    @Override
    public void onError(Throwable failure) {
      pieces.add(new Piece(null, failure));
    }

    @Override
    public void onComplete() {
      pieces.add(new Piece(null, null));
    }
  }
}
