package io.segue.bundles.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;

/**
 * What waits for one client of a WebSocket. It is written message after message, and large ones
 * piece after piece, each when the client has taken the one before. Thread safe; nobody waits.
 */
final class WebSocketQueue implements WebSocket {
  private static final int PIECE_BYTES = 64 << 10;
  private static final long NEVER = Long.MAX_VALUE;

  private final Channel channel;
  private final HttpSettings settings;
  private final MemoryBudget.Share share;
  private final Runnable ended;
  private final ArrayDeque<Message> waiting = new ArrayDeque<>();

  private long waitingBytes;
  private boolean writing;
  private boolean closed;
  private volatile long takenByNs = NEVER;

  private record Message(byte[] bytes, int length) {}

  /**
   * A queue.
   *
   * @param ended is run on the event loop when the last message is written
   */
  WebSocketQueue(Channel channel, HttpSettings settings, MemoryBudget.Share share, Runnable ended) {
    this.channel = channel;
    this.settings = settings;
    this.share = share;
    this.ended = ended;
  }

  @Override
  public String remote() {
    return String.valueOf(channel.remoteAddress());
  }

  @Override
  public synchronized boolean send(byte[] utf8, int length) {
    boolean room = waiting.isEmpty() || waitingBytes + length <= settings.maxWebSocketQueueBytes;
    if (closed || !room || !share.resize(waitingBytes + length)) {
      return false;
    }
    add(utf8, length);
    return true;
  }

  @Override
  public synchronized void sendLast(byte[] utf8, int length) {
    if (!closed) {
      closed = true;
      add(utf8, length);
    }
  }

  /** Whether the client has not taken a message in time. */
  boolean isStuck(long nowNs) {
    return nowNs > takenByNs;
  }

  /** The connection is gone, or about to be: nothing more is written. */
  synchronized void close() {
    closed = true;
    waiting.clear();
    waitingBytes = 0;
    share.resize(0);
  }

  private void add(byte[] utf8, int length) {
    waiting.add(new Message(utf8, length));
    waitingBytes += length;
    if (!writing) {
      writing = true;
      try {
        channel.eventLoop().execute(this::next);
      } catch (RejectedExecutionException e) {
        close();
      }
    }
  }

  private synchronized void next() {
    Message message = waiting.peek();
    if (message == null) {
      writing = false;
      takenByNs = NEVER;
      if (closed) {
        ended.run();
      }
      return;
    }
    takenByNs = ServerContext.deadlineNs(settings.answerTimeoutSeconds);
    piece(message, 0);
  }

  private void piece(Message message, int from) {
    int to = Math.min(from + PIECE_BYTES, message.length());
    boolean last = to == message.length();
    ByteBuf bytes = Unpooled.wrappedBuffer(message.bytes(), from, to - from);
    channel
        .writeAndFlush(
            from == 0
                ? new TextWebSocketFrame(last, 0, bytes)
                : new ContinuationWebSocketFrame(last, 0, bytes))
        .addListener(result -> taken(message, to, result));
  }

  private void taken(Message message, int to, Future<?> result) {
    if (!result.isSuccess()) {
      channel.close();
    } else if (to < message.length()) {
      piece(message, to);
    } else {
      remove(message);
      next();
    }
  }

  private synchronized void remove(Message message) {
    if (waiting.remove(message)) {
      waitingBytes -= message.length();
      share.resize(waitingBytes);
    }
  }
}
