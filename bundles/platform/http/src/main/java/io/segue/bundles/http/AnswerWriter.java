package io.segue.bundles.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes answers: piece after piece, each when the client has taken the one before, so that large
 * ones are nowhere copied as a whole. Used on the connection's event loop.
 */
final class AnswerWriter {
  private static final int PIECE_BYTES = 64 << 10;

  private final Channel channel;
  private final Consumer<Boolean> written;

  /**
   * A writer.
   *
   * @param written hears of each answer that is written, and whether the client got it
   */
  AnswerWriter(Channel channel, Consumer<Boolean> written) {
    this.channel = channel;
    this.written = written;
  }

  /**
   * Begins to write an answer.
   *
   * @param more headers beside the answer's own
   * @param withBody false leaves out the body, for {@code HEAD}
   * @param keep whether the connection is kept
   */
  void write(HttpResponse answer, Map<String, String> more, boolean withBody, boolean keep) {
    HttpResponseStatus status = HttpResponseStatus.valueOf(answer.status());
    int bodyBytes = withBody ? answer.length() : 0;
    if (bodyBytes <= PIECE_BYTES) {
      DefaultFullHttpResponse all =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(answer.body(), 0, bodyBytes));
      fill(all.headers(), answer, more, keep);
      channel.writeAndFlush(all).addListener(this::ended);
      return;
    }
    DefaultHttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
    fill(head.headers(), answer, more, keep);
    channel.write(head);
    piece(answer, 0);
  }

  private void piece(HttpResponse answer, int from) {
    int to = Math.min(from + PIECE_BYTES, answer.length());
    var bytes = Unpooled.wrappedBuffer(answer.body(), from, to - from);
    if (to == answer.length()) {
      channel.writeAndFlush(new DefaultLastHttpContent(bytes)).addListener(this::ended);
      return;
    }
    ChannelFuture taken = channel.writeAndFlush(new DefaultHttpContent(bytes));
    taken.addListener(
        result -> {
          if (result.isSuccess()) {
            piece(answer, to);
          } else {
            ended(result);
          }
        });
  }

  private void ended(Future<?> result) {
    written.accept(result.isSuccess());
  }

  private static void fill(
      HttpHeaders headers, HttpResponse answer, Map<String, String> more, boolean keep) {
    answer.headers().forEach(headers::set);
    more.forEach(headers::set);
    if (answer.status() != HttpResponseStatus.NO_CONTENT.code()) {
      headers.setInt(HttpHeaderNames.CONTENT_LENGTH, answer.length());
    }
    headers.set(HttpHeaderNames.CONNECTION, keep ? "keep-alive" : "close");
  }
}
