package io.segue.bundles.rpc;

import io.segue.bundles.http.HttpServer;
import io.segue.bundles.rpc.call.JsonRpc;
import io.segue.bundles.rpc.call.MethodTable;
import io.segue.bundles.rpc.method.BlockMethods;
import io.segue.bundles.rpc.method.CommitWaiters;
import io.segue.bundles.rpc.method.ConsensusMethods;
import io.segue.bundles.rpc.method.GenesisMethods;
import io.segue.bundles.rpc.method.NodeMethods;
import io.segue.bundles.rpc.method.SearchMethods;
import io.segue.bundles.rpc.method.TxMethods;
import io.segue.bundles.rpc.subscription.SocketMethods;
import io.segue.bundles.rpc.subscription.Subscriptions;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.node.NodeSettings.Fault;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the methods together and opens them over HTTP and on WebSockets. */
final class RpcServer implements AutoCloseable {
  /** Where WebSockets are opened. */
  static final String WEB_SOCKET = "/websocket";

  private static final Logger log = LoggerFactory.getLogger(RpcServer.class);

  private final Subscriptions subscriptions;
  private final CommitWaiters waiters;
  private final AutoCloseable blocks;
  private final HttpServer http;

  /**
   * Opens a server.
   *
   * @param holds what holds the node
   * @param faults what of its settings can't be used
   * @throws IOException where the address can't be used; the message names setting and file
   */
  RpcServer(
      RpcConfig config,
      Engine engine,
      Application application,
      Supplier<List<NodeHold>> holds,
      Supplier<List<Fault>> faults)
      throws IOException {
    Supplier<Optional<String>> heldFor =
        () -> holds.get().stream().filter(NodeHold::stopsBlocks).map(NodeHold::text).findFirst();
    waiters = new CommitWaiters(engine, heldFor);
    AtomicInteger port = new AtomicInteger(config.http().port());
    Supplier<String> listenAddress = () -> "tcp://" + config.http().host() + ":" + port;
    MethodTable methods = methods(engine, application, listenAddress, holds, waiters);
    JsonRpc rpc = new JsonRpc(methods, config.maxBatchRequests());
    Routes routes = new Routes(methods, rpc, new Health(engine, holds, faults));
    blocks = engine.onBlock(height -> waiters.committed());
    subscriptions =
        new Subscriptions(
            engine, config.maxSubscriptionClients(), config.maxSubscriptionsPerClient());
    try {
      http =
          HttpServer.open(
              config.http(), routes, Map.of(WEB_SOCKET, new SocketMethods(rpc, subscriptions)));
    } catch (IOException e) {
      forgetBlocks();
      throw e;
    }
    port.set(http.port());
  }

  /** All methods but those of WebSockets. */
  static MethodTable methods(
      Engine engine,
      Application application,
      Supplier<String> listenAddress,
      Supplier<List<NodeHold>> holds,
      CommitWaiters waiters) {
    MethodTable methods = new MethodTable();
    new NodeMethods(engine, application, listenAddress, holds).addTo(methods);
    new GenesisMethods(engine).addTo(methods);
    new BlockMethods(engine).addTo(methods);
    new ConsensusMethods(engine).addTo(methods);
    new SearchMethods(engine).addTo(methods);
    new TxMethods(engine, waiters).addTo(methods);
    return methods;
  }

  /** The port it listens on. */
  int port() {
    return http.port();
  }

  @Override
  public void close() {
    forgetBlocks();
    http.close();
  }

  private void forgetBlocks() {
    subscriptions.close();
    waiters.close();
    try {
      blocks.close();
    } catch (Exception e) {
      log.warn("the server still hears of blocks", e);
    }
  }
}
