package io.segue.bundles.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of a WebSocket. Its messages are handled one after the other, and no more are read
 * while one is; what is for it waits in its {@link WebSocketQueue}. All but that and the handling
 * happens on the connection's event loop.
 */
final class WebSocketPeer extends ChannelInboundHandlerAdapter implements Peers.Peer {
  /** So many messages may arrive at once. */
  private static final int MAX_AHEAD = 1024;

  private static final long SECOND_NS = 1_000_000_000;
  private static final long NEVER = Long.MAX_VALUE;
  private static final Logger log = LoggerFactory.getLogger(WebSocketPeer.class);

  private final ServerContext service;
  private final Channel channel;
  private final WebSocketQueue queue;
  private final WebSocketHandler.Receiver receiver;
  private final MemoryBudget.Share share;
  private final ArrayDeque<byte[]> inbox = new ArrayDeque<>();
  private final ReceivedBytes fragments = new ReceivedBytes();

  private int inFrameBytes;
  private int inboxBytes;
  private boolean working;
  private boolean waitsForWorker;
  private volatile long leaveByNs = NEVER;
  private volatile long heardNs = System.nanoTime();
  private volatile long pingedNs = System.nanoTime();

  WebSocketPeer(ServerContext service, Channel channel, WebSocketHandler handler) {
    this.service = service;
    this.channel = channel;
    this.share = service.budget().share();
    this.queue =
        new WebSocketQueue(
            channel,
            service.settings(),
            service.budget().share(),
            () -> leave(WebSocketCloseStatus.NORMAL_CLOSURE, ""));
    this.receiver = handler.opened(queue);
  }

  /** Counts what a decoder of frames has read of a frame that is not complete. */
  void count(ByteToMessageDecoder decoder) {
    decoder.setCumulator(
        (allocator, read, more) -> {
          ByteBuf all = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, read, more);
          inFrameBytes = all.readableBytes();
          recount();
          return all;
        });
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof WebSocketFrame frame && leaveByNs == NEVER) {
        heardNs = System.nanoTime();
        inFrameBytes = 0;
        read(frame);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      channel.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    queue.close();
    inbox.clear();
    share.resize(0);
    receiver.closed();
    service.peers().remove(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException wrong) {
      leave(wrong.closeStatus(), String.valueOf(wrong.getMessage()));
    } else {
      log.debug("the WebSocket of {} ends", channel.remoteAddress(), cause);
      channel.close();
    }
  }

  @Override
  public void check(long nowNs) {
    HttpSettings settings = service.settings();
    boolean silent = nowNs - heardNs > settings.webSocketSilenceSeconds * SECOND_NS;
    if (nowNs > leaveByNs || queue.isStuck(nowNs)) {
      channel.close();
    } else if (nowNs - pingedNs > settings.webSocketPingSeconds * SECOND_NS) {
      pingedNs = nowNs;
      channel.writeAndFlush(new PingWebSocketFrame());
    }
    onLoop(
        () -> {
          if (working) {
            heardNs = System.nanoTime();
          } else if (silent) {
            channel.close();
          }
          if (waitsForWorker) {
            work();
          }
        });
  }

  @Override
  public long yieldsFromNs() {
    return Peers.BUSY;
  }

  @Override
  public void giveWay() {
    // Never asked to: it is always busy.
  }

  @Override
  public void leave() {
    onLoop(() -> leave(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE, "the node closes"));
  }

  private void read(WebSocketFrame frame) {
    if (frame instanceof PingWebSocketFrame) {
      if (channel.isWritable()) {
        channel.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
      } else {
        channel.close();
      }
    } else if (frame instanceof CloseWebSocketFrame) {
      leave(WebSocketCloseStatus.NORMAL_CLOSURE, "");
    } else if (!(frame instanceof PongWebSocketFrame)) {
      add(frame);
    }
  }

  private void add(WebSocketFrame frame) {
    int maxBytes = service.settings().maxBodyBytes;
    if (fragments.length() + frame.content().readableBytes() > maxBytes) {
      leave(
          WebSocketCloseStatus.MESSAGE_TOO_BIG,
          "a message may have " + maxBytes + " bytes (maxBodyBytes)");
      return;
    }
    fragments.add(frame.content());
    if (!frame.isFinalFragment()) {
      recount();
      return;
    }
    byte[] message = fragments.take();
    inbox.add(message);
    inboxBytes += message.length;
    recount();
    if (inbox.size() > MAX_AHEAD) {
      leave(WebSocketCloseStatus.POLICY_VIOLATION, "wait for answers before you send more");
    } else if (!working) {
      work();
    }
  }

  /** Has the next message handled; where no worker is free, a little later. */
  private void work() {
    byte[] message = inbox.peek();
    working = message != null;
    waitsForWorker = false;
    channel.config().setAutoRead(!working);
    if (message != null) {
      waitsForWorker = !service.workers().offer(() -> handle(message));
    }
  }

  private void handle(byte[] message) {
    AtomicBoolean first = new AtomicBoolean(true);
    try {
      receiver.text(
          message,
          () -> {
            if (first.getAndSet(false)) {
              onLoop(() -> handled(message));
            }
          });
    } catch (Throwable e) {
      log.error("a message on the WebSocket of {} failed", channel.remoteAddress(), e);
      onLoop(() -> leave(WebSocketCloseStatus.INTERNAL_SERVER_ERROR, "the node failed"));
    }
  }

  private void handled(byte[] message) {
    if (inbox.poll() != null) {
      inboxBytes -= message.length;
      recount();
    }
    work();
  }

  private void recount() {
    if (!share.resize((long) inFrameBytes + fragments.length() + inboxBytes)) {
      leave(WebSocketCloseStatus.TRY_AGAIN_LATER, "busy: too much is sent (maxBufferedBytes)");
    }
  }

  private void leave(WebSocketCloseStatus status, String why) {
    if (leaveByNs == NEVER) {
      leaveByNs = ServerContext.deadlineNs(ServerContext.LEAVING_SECONDS);
      channel.config().setAutoRead(true);
      channel
          .writeAndFlush(new CloseWebSocketFrame(status, why))
          .addListener(sent -> queue.close());
    }
  }

  private void onLoop(Runnable step) {
    ServerContext.onLoop(channel, step);
  }
}
