package io.segue.bundles.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;

/** Turns a connection that asks for it into a WebSocket. */
final class WebSocketHandshake {
  private WebSocketHandshake() {}

  static boolean isAskedFor(HttpRequest request) {
    return request.method().equals(HttpMethod.GET)
        && request
            .headers()
            .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  /**
   * Answers the request, and hands the connection over once that is written.
   *
   * @throws WebSocketHandshakeException where the request is wrong; nothing was answered then
   */
  static void answer(
      ServerContext service,
      Connection old,
      Channel channel,
      HttpRequest request,
      WebSocketHandler handler) {
    WebSocketDecoderConfig config =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(service.settings().maxBodyBytes)
            .withUTF8Validator(false)
            .closeOnProtocolViolation(false)
            .build();
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory("", null, config).newHandshaker(request);
    if (handshaker == null) {
      throw new WebSocketHandshakeException("version 13 of the protocol is needed");
    }
    DefaultFullHttpRequest whole =
        new DefaultFullHttpRequest(
            request.protocolVersion(),
            request.method(),
            request.uri(),
            Unpooled.EMPTY_BUFFER,
            request.headers(),
            EmptyHttpHeaders.INSTANCE);
    handshaker
        .handshake(channel, whole)
        .addListener(
            result -> {
              if (result.isSuccess() && channel.isActive()) {
                handOver(service, old, channel, handler);
              } else {
                channel.close();
              }
            });
  }

  private static void handOver(
      ServerContext service, Connection old, Channel channel, WebSocketHandler handler) {
    WebSocketPeer peer = new WebSocketPeer(service, channel, handler);
    peer.count(channel.pipeline().get(ByteToMessageDecoder.class));
    channel.pipeline().replace(old, "peer", peer);
    service.peers().replace(old, peer);
    channel.config().setAutoRead(true);
  }
}
