package io.segue.bundles.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.List;

/**
 * Reads one request, and the next only when told to: what a client sends ahead stays in the socket.
 * Takes spaces in the target of a request line, which people type.
 */
final class RequestDecoder extends HttpRequestDecoder {
  private static final int MAX_PIECE_BYTES = 64 << 10;

  private boolean paused;
  private boolean dropping;

  RequestDecoder(HttpSettings settings) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(settings.maxHeaderBytes)
            .setMaxHeaderSize(settings.maxHeaderBytes)
            .setMaxChunkSize(MAX_PIECE_BYTES));
  }

  /** Reads no further request. */
  void pause() {
    paused = true;
  }

  /** Goes on. Not to be called while this decoder calls its successor. */
  void resume(ChannelHandlerContext own) {
    paused = false;
    own.channel().config().setAutoRead(true);
    try {
      channelRead(own, Unpooled.EMPTY_BUFFER);
    } catch (Exception e) {
      own.fireExceptionCaught(e);
    }
  }

  /** Reads no further request, and drops what the client sends. */
  void drop() {
    dropping = true;
  }

  /** Whether bytes are here that are no complete head of a request yet. */
  boolean hasBytes() {
    return actualReadableBytes() > 0;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
    if (dropping) {
      ReferenceCountUtil.release(bytes);
      return;
    }
    super.channelRead(context, bytes);
    if (paused && hasBytes()) {
      context.channel().config().setAutoRead(false);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (!paused) {
      super.decode(context, in, out);
    }
  }

  @Override
  protected HttpMessage createMessage(String[] line) throws Exception {
    String rest = line[2];
    int lastSpace = rest.lastIndexOf(' ');
    if (lastSpace < 0) {
      return super.createMessage(line);
    }
    String target = line[1] + " " + rest.substring(0, lastSpace);
    return super.createMessage(
        new String[] {line[0], target.replace(" ", "%20"), rest.substring(lastSpace + 1)});
  }
}
