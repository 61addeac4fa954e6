package io.segue.bundles.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.grpc.HandlerRegistry;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.segue.kernel.api.guard.GuardedThread;
import io.segue.kernel.api.node.GrpcQueries;
import io.segue.kernel.api.node.Interfaces;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A gRPC server in front of the node's queries. It knows no service: whatever is called is asked of
 * the kernel, so that modules of an upgrade are served from its first block on. Only reflection is
 * its own.
 *
 * <p>Hostile clients are bounded: connections by {@link BoundedServerChannel}, calls and their time
 * by {@link Calls}, bytes, pings and resets by Netty as {@link GrpcConfig} names it.
 *
 * <p>Thread safety: any thread.
 */
final class GrpcServer implements AutoCloseable {
  /** Threads that read and write sockets. */
  private static final int IO_THREADS = 2;

  /** How long calls that run have to end when the server closes. */
  private static final long CLOSE_SECONDS = 2;

  private final Server server;
  private final EventLoopGroup eventLoops;
  private final ExecutorService workers;
  private final ScheduledExecutorService timer;

  private GrpcServer(
      Server server,
      EventLoopGroup eventLoops,
      ExecutorService workers,
      ScheduledExecutorService timer) {
    this.server = server;
    this.eventLoops = eventLoops;
    this.workers = workers;
    this.timer = timer;
  }

  /**
   * Opens a server.
   *
   * @throws IOException naming address and port, where they can't be had
   */
  static GrpcServer open(GrpcConfig config, GrpcQueries queries, Interfaces interfaces)
      throws IOException {
    EventLoopGroup eventLoops =
        new MultiThreadIoEventLoopGroup(
            IO_THREADS, threads("segue-grpc-io"), NioIoHandler.newFactory());
    ExecutorService workers = Executors.newFixedThreadPool(config.threads(), threads("segue-grpc"));
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(threads("segue-grpc-timer"));
    AtomicInteger connections = new AtomicInteger();
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), config.port()))
            .channelFactory(() -> new BoundedServerChannel(connections, config.maxConnections()))
            .bossEventLoopGroup(eventLoops)
            .workerEventLoopGroup(eventLoops)
            .executor(workers)
            .fallbackHandlerRegistry(registry(config, queries, interfaces, timer))
            .maxInboundMessageSize(config.maxMessageBytes())
            .maxInboundMetadataSize(GrpcConfig.HEADER_BYTES)
            .initialFlowControlWindow(GrpcConfig.FLOW_CONTROL_BYTES)
            .maxConcurrentCallsPerConnection(config.maxCallsPerConnection())
            .maxRstFramesPerWindow(GrpcConfig.MAX_RESETS, GrpcConfig.RESET_WINDOW_SECONDS)
            .permitKeepAliveTime(GrpcConfig.PING_SECONDS, SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .keepAliveTime(GrpcConfig.KEEPALIVE_SECONDS, SECONDS)
            .keepAliveTimeout(GrpcConfig.KEEPALIVE_TIMEOUT_SECONDS, SECONDS)
            .maxConnectionIdle(GrpcConfig.IDLE_SECONDS, SECONDS)
            .maxConnectionAge(GrpcConfig.AGE_SECONDS, SECONDS)
            .maxConnectionAgeGrace(config.callTimeoutSeconds(), SECONDS)
            .build();
    GrpcServer opened = new GrpcServer(server, eventLoops, workers, timer);
    try {
      server.start();
    } catch (IOException e) {
      opened.close();
      throw new IOException(
          "%s:%d can't be listened on: %s; set host and port in etc/%s.cfg"
              .formatted(config.host(), config.port(), reason(e), GrpcConfig.PID),
          e);
    }
    return opened;
  }

  /** Where it listens. */
  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdown();
    try {
      if (!server.awaitTermination(CLOSE_SECONDS, SECONDS)) {
        server.shutdownNow();
      }
      workers.shutdownNow();
      workers.awaitTermination(CLOSE_SECONDS, SECONDS);
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    workers.shutdownNow();
    timer.shutdownNow();
    eventLoops.shutdownGracefully(0, CLOSE_SECONDS, SECONDS).awaitUninterruptibly();
  }

  private static HandlerRegistry registry(
      GrpcConfig config,
      GrpcQueries queries,
      Interfaces interfaces,
      ScheduledExecutorService timer) {
    Calls calls = new Calls(config.maxCalls(), config.callTimeoutSeconds(), timer);
    QueryCalls unary = new QueryCalls(queries, calls);
    ReflectionCalls reflection = new ReflectionCalls(interfaces, calls);
    return new HandlerRegistry() {
      @Override
      public ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
        return reflection.serves(method) ? reflection.method(method) : unary.method(method);
      }
    };
  }

  private static String reason(IOException failure) {
    Throwable cause = failure.getCause();
    return String.valueOf((cause == null ? failure : cause).getMessage());
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new GuardedThread(work, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
