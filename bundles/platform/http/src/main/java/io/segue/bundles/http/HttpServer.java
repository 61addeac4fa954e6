package io.segue.bundles.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.segue.kernel.api.node.RepeatedWork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server of HTTP/1.1 and WebSockets on one address. Two threads move the bytes of all clients; a
 * fixed number of worker threads answers requests that are complete. So a client that sends slowly,
 * reads slowly or says nothing costs a connection, until its time is over, and never a thread.
 * Thread safe.
 */
public final class HttpServer implements AutoCloseable {
  /** So often those that take too long are looked for. */
  private static final int LOOK_MS = 250;

  private static final int IO_THREADS = 2;
  private static final int BACKLOG = 512;

  /** So long those who are connected have to take what is being made for them. */
  private static final int LEAVE_MS = 500;

  private static final int CLOSE_MS = 1000;
  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

  private final ServerContext service;
  private final EventLoopGroup loops;
  private final Channel listening;

  private HttpServer(ServerContext service, EventLoopGroup loops, Channel listening) {
    this.service = service;
    this.loops = loops;
    this.listening = listening;
  }

  /** Opens a server without WebSockets. */
  public static HttpServer open(HttpSettings settings, HttpHandler handler) throws IOException {
    return open(settings, handler, Map.of());
  }

  /**
   * Opens a server.
   *
   * @param webSockets by path
   * @throws IOException where the address can't be used; the message names setting and file
   */
  public static HttpServer open(
      HttpSettings settings, HttpHandler handler, Map<String, WebSocketHandler> webSockets)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(settings.host, settings.port);
    if (address.isUnresolved()) {
      throw new IOException(
          refusal(settings, "host = " + settings.host, "is no address of this machine"));
    }
    ServerContext service =
        new ServerContext(
            settings,
            handler,
            Map.copyOf(webSockets),
            new Access(settings, address.getAddress()),
            new Workers(settings),
            new MemoryBudget(settings.maxBufferedBytes),
            new Peers(settings.maxOpenConnections));
    EventLoopGroup loops = loops(settings.name);
    ChannelFuture bound = bootstrap(service, loops).bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      service.workers().close();
      throw new IOException(
          refusal(
              settings,
              "host, port = " + settings.host + ":" + settings.port,
              "" + bound.cause().getMessage()),
          bound.cause());
    }
    loops.scheduleWithFixedDelay(
        () -> look(service.peers()), LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    return new HttpServer(service, loops, bound.channel());
  }

  /** A look that fails must not be the last one. */
  private static void look(Peers peers) {
    RepeatedWork.once(
        () -> peers.check(System.nanoTime()),
        e -> log.warn("connections are looked at again in {} ms", LOOK_MS, e));
  }

  /** The port it listens on. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Connections that are open. */
  public int connections() {
    return service.peers().size();
  }

  /** Bytes that wait here for clients or from them, beyond what each has for free. */
  public long bufferedBytes() {
    return service.budget().takenBytes();
  }

  /** Closes the port and all connections; answers that take longer than half a second are lost. */
  @Override
  public void close() {
    listening.close().awaitUninterruptibly();
    service.peers().leave(LEAVE_MS);
    service.workers().close();
    loops.shutdownGracefully(0, CLOSE_MS, TimeUnit.MILLISECONDS);
    if (!loops.terminationFuture().awaitUninterruptibly(2 * CLOSE_MS)) {
      log.warn("threads of the server {} still run", service.settings().name);
    }
  }

  private static EventLoopGroup loops(String name) {
    AtomicInteger count = new AtomicInteger();
    ThreadFactory threads =
        work -> new Thread(work, "segue-" + name + "-io-" + count.incrementAndGet());
    return new MultiThreadIoEventLoopGroup(IO_THREADS, threads, NioIoHandler.newFactory());
  }

  private static ServerBootstrap bootstrap(ServerContext service, EventLoopGroup loops) {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                connected(service, channel);
              }
            });
  }

  private static void connected(ServerContext service, SocketChannel channel) {
    RequestDecoder decoder = new RequestDecoder(service.settings());
    Connection connection = new Connection(service, channel, decoder);
    channel.pipeline().addLast(decoder, new HttpResponseEncoder(), connection);
    if (service.peers().admit(connection, System.nanoTime())) {
      return;
    }
    if (!service.peers().turnAway(connection)) {
      channel.close();
    } else {
      connection.turnAway(
          "busy: "
              + service.settings().maxOpenConnections
              + " connections are open (maxOpenConnections); try again later");
    }
  }

  private static String refusal(HttpSettings settings, String setting, String why) {
    return setting
        + " in "
        + settings.file
        + " can't be used: "
        + why
        + "; choose another, or stop the program that has it";
  }
}
