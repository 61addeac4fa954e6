package io.segue.bundles.grpc;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Accepts so many connections at once; those beyond are closed before a byte of them is read. */
final class BoundedServerChannel extends NioServerSocketChannel {
  private final AtomicInteger open;
  private final int most;

  /**
   * A channel.
   *
   * @param open counts the connections
   * @param most connections at once
   */
  BoundedServerChannel(AtomicInteger open, int most) {
    this.open = open;
    this.most = most;
  }

  @Override
  protected int doReadMessages(List<Object> accepted) throws Exception {
    int read = super.doReadMessages(accepted);
    if (read == 1) {
      Channel connection = (Channel) accepted.get(accepted.size() - 1);
      if (open.incrementAndGet() > most) {
        open.decrementAndGet();
        accepted.remove(accepted.size() - 1);
        connection.unsafe().closeForcibly();
        return 0;
      }
      connection.closeFuture().addListener(closed -> open.decrementAndGet());
    }
    return read;
  }
}
