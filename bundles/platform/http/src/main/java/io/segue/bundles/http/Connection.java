package io.segue.bundles.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that speaks HTTP: one request after the other, each read wholly before a worker has
 * it, and its answer written wholly before the next is read. All but the workers' part happens on
 * the connection's event loop.
 *
 * <pre>
 *   IDLE -- first byte --> READING -- last byte --> WORKING -- answer --> WRITING -- taken --> IDLE
 *                             |                                              ^  |
 *                             +------------------ refused -------------------+  +- last one --> LEAVING
 * </pre>
 */
final class Connection extends ChannelInboundHandlerAdapter implements Peers.Peer {
  private static final long NEVER = Long.MAX_VALUE;
  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  private final ServerContext service;
  private final Channel channel;
  private final RequestDecoder decoder;
  private final AnswerWriter writer;
  private final MemoryBudget.Share share;
  private final ReceivedBytes body = new ReceivedBytes();

  private State state = State.IDLE;
  private @Nullable HttpRequest head;
  private boolean last;
  private volatile long deadlineNs;
  private volatile long yieldsFromNs;

  private enum State {
    /** Waits for a request. */
    IDLE,
    /** Reads one. */
    READING,
    /** A worker, or whom it asked, makes the answer. */
    WORKING,
    /** The client takes the answer. */
    WRITING,
    /** The last answer is sent; what comes is dropped until the client closes. */
    LEAVING
  }

  Connection(ServerContext service, Channel channel, RequestDecoder decoder) {
    this.service = service;
    this.channel = channel;
    this.decoder = decoder;
    this.writer = new AnswerWriter(channel, this::written);
    this.share = service.budget().share();
    idle();
    yieldsFromNs = Peers.afterPatience();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (state != State.IDLE && state != State.READING) {
        return;
      }
      if (message instanceof HttpRequest request) {
        begin(request);
      } else if (message instanceof HttpContent content) {
        more(content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (state == State.IDLE && decoder.hasBytes()) {
      reading();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      // The client sends no more, and may wait for the answer to what it sent.
      last = true;
      if (state != State.WORKING && state != State.WRITING) {
        channel.close();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    service.peers().remove(this);
    if (state != State.WORKING) {
      share.resize(0);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      log.warn("a connection of {} ends by a failure", channel.remoteAddress(), cause);
    }
    channel.close();
  }

  @Override
  public void check(long nowNs) {
    if (nowNs > deadlineNs) {
      onLoop(this::timeOut);
    }
  }

  @Override
  public long yieldsFromNs() {
    return yieldsFromNs;
  }

  @Override
  public void giveWay() {
    onLoop(
        () -> {
          last = true;
          if (yieldsFromNs != Peers.BUSY && yieldsFromNs - System.nanoTime() <= 0) {
            channel.close();
          }
        });
  }

  @Override
  public void leave() {
    onLoop(
        () -> {
          last = true;
          if (state == State.IDLE || state == State.READING) {
            channel.close();
          }
        });
  }

  /** Answers with one refusal, whatever the client sends. */
  void turnAway(String why) {
    onLoop(() -> refuse(HttpResponseStatus.SERVICE_UNAVAILABLE, why, false));
  }

  private void begin(HttpRequest request) {
    reading();
    if (request.decoderResult().isFailure()) {
      refuse(request.decoderResult().cause());
      return;
    }
    head = request;
    String host = request.headers().get(HttpHeaderNames.HOST);
    if (!service.access().answersTo(host)) {
      String why =
          "this node does not answer to the host "
              + host
              + "; its operator can allow it by allowedHosts";
      refuse(HttpResponseStatus.FORBIDDEN, why, false);
    } else if (HttpUtil.getContentLength(request, 0L) > service.settings().maxBodyBytes) {
      refuseBody();
    } else if (HttpUtil.is100ContinueExpected(request)) {
      channel.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
  }

  private void more(HttpContent content) {
    if (content.decoderResult().isFailure()) {
      refuse(content.decoderResult().cause());
      return;
    }
    if (body.length() + content.content().readableBytes() > service.settings().maxBodyBytes) {
      refuseBody();
      return;
    }
    if (!share.resize(body.length() + content.content().readableBytes())) {
      refuse(
          HttpResponseStatus.SERVICE_UNAVAILABLE,
          "busy: large requests fill the memory meant for them (maxBufferedBytes); try again later",
          false);
      return;
    }
    body.add(content.content());
    if (content instanceof LastHttpContent && head != null) {
      complete(head);
    }
  }

  private void complete(HttpRequest request) {
    decoder.pause();
    state = State.WORKING;
    yieldsFromNs = Peers.BUSY;
    deadlineNs = NEVER;
    last |= !HttpUtil.isKeepAlive(request);
    if (request.method().equals(HttpMethod.OPTIONS)) {
      HttpResponse answer =
          service.access().preflight(request.headers().get(HttpHeaderNames.ORIGIN));
      onLoop(() -> answer(answer));
      return;
    }
    WebSocketHandler sockets = service.webSockets().get(HttpRequests.path(request));
    if (sockets != null) {
      upgrade(request, sockets);
      return;
    }
    Optional<String> elsewhere = HttpRequests.redirect(request);
    if (elsewhere.isPresent()) {
      HttpResponse answer = HttpResponse.empty(301).with("Location", elsewhere.get());
      onLoop(() -> answer(answer));
      return;
    }
    io.segue.bundles.http.HttpRequest whole =
        HttpRequests.of(request, body.take(), channel.remoteAddress().toString());
    if (!service.workers().offer(() -> work(whole))) {
      refuse(
          HttpResponseStatus.SERVICE_UNAVAILABLE,
          "busy: " + service.settings().maxQueuedRequests + " requests wait; try again later",
          true);
    }
  }

  private void work(io.segue.bundles.http.HttpRequest request) {
    CompletionStage<HttpResponse> stage;
    try {
      stage = service.handler().handle(request);
    } catch (Throwable e) {
      stage = CompletableFuture.failedFuture(e);
    }
    stage.whenComplete(
        (answer, failure) ->
            onLoop(() -> answer(failure == null ? answer : failed(request.path(), failure))));
  }

  private HttpResponse failed(String path, Throwable failure) {
    log.error("{} failed", path, failure);
    return service.handler().refused(500, "the node failed: " + failure);
  }

  private void upgrade(HttpRequest request, WebSocketHandler sockets) {
    String origin = request.headers().get(HttpHeaderNames.ORIGIN);
    String host = request.headers().get(HttpHeaderNames.HOST);
    if (!service.access().opensWebSocket(origin, host)) {
      String why =
          "no WebSocket for pages of "
              + origin
              + "; the operator can allow them by corsAllowedOrigins";
      refuse(HttpResponseStatus.FORBIDDEN, why, true);
      return;
    }
    if (!WebSocketHandshake.isAskedFor(request)) {
      refuse(
          HttpResponseStatus.BAD_REQUEST,
          "this path is for WebSockets: a request to upgrade is needed",
          true);
      return;
    }
    try {
      WebSocketHandshake.answer(service, this, channel, request, sockets);
    } catch (WebSocketHandshakeException e) {
      refuse(HttpResponseStatus.BAD_REQUEST, "no WebSocket: " + e.getMessage(), true);
    }
  }

  private void refuse(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      refuse(HttpResponseStatus.REQUEST_URI_TOO_LONG, tooLong("the request's line"), false);
    } else if (cause instanceof TooLongHttpHeaderException) {
      refuse(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, tooLong("the headers"), false);
    } else {
      refuse(
          HttpResponseStatus.BAD_REQUEST, "this is no HTTP request: " + cause.getMessage(), false);
    }
  }

  private String tooLong(String what) {
    return what + " may have " + service.settings().maxHeaderBytes + " bytes (maxHeaderBytes)";
  }

  private void refuseBody() {
    refuse(
        HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
        "a body may have " + service.settings().maxBodyBytes + " bytes (maxBodyBytes)",
        false);
  }

  /**
   * Refuses what was asked.
   *
   * @param keep false where the rest of the request was not read
   */
  private void refuse(HttpResponseStatus status, String why, boolean keep) {
    decoder.pause();
    last |= !keep;
    state = State.WORKING;
    HttpResponse refusal = service.handler().refused(status.code(), why);
    onLoop(() -> answer(refusal));
  }

  private void answer(HttpResponse answer) {
    body.take();
    if (!channel.isActive()) {
      share.resize(0);
      return;
    }
    HttpResponse sent = answer;
    if (!share.resize(answer.length())) {
      String why =
          "busy: large answers fill the memory meant for them (maxBufferedBytes); try again later";
      sent = service.handler().refused(HttpResponseStatus.SERVICE_UNAVAILABLE.code(), why);
    }
    state = State.WRITING;
    yieldsFromNs = Peers.afterPatience();
    deadlineNs = ServerContext.deadlineNs(service.settings().answerTimeoutSeconds);
    String origin = head == null ? null : head.headers().get(HttpHeaderNames.ORIGIN);
    boolean withBody = head == null || !head.method().equals(HttpMethod.HEAD);
    writer.write(sent, service.access().headers(origin), withBody, !last);
  }

  private void written(boolean taken) {
    share.resize(0);
    head = null;
    if (!taken) {
      channel.close();
    } else if (last) {
      state = State.LEAVING;
      deadlineNs = ServerContext.deadlineNs(ServerContext.LEAVING_SECONDS);
      ((SocketChannel) channel).shutdownOutput();
      channel.config().setAutoRead(true);
      decoder.drop();
    } else {
      idle();
      onLoop(this::next);
    }
  }

  private void next() {
    if (state == State.IDLE && channel.isActive()) {
      decoder.resume(channel.pipeline().context(decoder));
      if (decoder.hasBytes() && state == State.IDLE) {
        reading();
      }
    }
  }

  private void timeOut() {
    if (System.nanoTime() <= deadlineNs) {
      return;
    }
    if (state == State.READING) {
      String why =
          "the request did not arrive within "
              + service.settings().requestTimeoutSeconds
              + " s (requestTimeoutSeconds)";
      refuse(HttpResponseStatus.REQUEST_TIMEOUT, why, false);
    } else {
      channel.close();
    }
  }

  private void idle() {
    state = State.IDLE;
    yieldsFromNs = System.nanoTime();
    deadlineNs = ServerContext.deadlineNs(service.settings().idleTimeoutSeconds);
  }

  private void reading() {
    if (state == State.IDLE) {
      state = State.READING;
      yieldsFromNs = Peers.afterPatience();
      deadlineNs = ServerContext.deadlineNs(service.settings().requestTimeoutSeconds);
    }
  }

  private void onLoop(Runnable step) {
    ServerContext.onLoop(channel, step);
  }
}
