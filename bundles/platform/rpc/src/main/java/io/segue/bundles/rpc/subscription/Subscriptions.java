package io.segue.bundles.rpc.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.segue.bundles.rpc.call.JsonRpc;
import io.segue.bundles.rpc.call.RpcException;
import io.segue.bundles.rpc.json.JsonOut;
import io.segue.bundles.rpc.query.QueryParser;
import io.segue.bundles.rpc.query.QuerySyntaxException;
import io.segue.kernel.api.engine.Engine;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who wants to hear of what, and tells them. A subscription hears of every height that is committed
 * after it began, in order, each once; where a height can't be told any more, or its client does
 * not keep up, it ends by an error under its id that says so.
 *
 * <p><b>Threads.</b> The engine's thread that tells of blocks leaves the height here and goes on.
 * One thread of this class reads blocks and makes messages; it waits for no client, for a client
 * only queues them. No lock is held while a client is called.
 */
public final class Subscriptions implements AutoCloseable {
  public static final int DEFAULT_MAX_CLIENTS = 100;
  public static final int DEFAULT_MAX_PER_CLIENT = 5;

  private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);

  private final Engine engine;
  private final int maxClients;
  private final int maxPerClient;
  private final Executor executor;
  private final Runnable stop;
  private final AutoCloseable blocks;
  private final CopyOnWriteArrayList<Subscription> all = new CopyOnWriteArrayList<>();
  private final AtomicBoolean behind = new AtomicBoolean();
  private volatile long newest;

  /** The last height that was told; written by the telling thread only. */
  private volatile long told;

  /** A query of a client; {@code id} and {@code queryJson} are JSON. */
  private record Subscription(
      SocketPeer client, JsonNode id, EventQuery query, String queryJson, AtomicBoolean ended) {
    boolean isOf(SocketPeer other) {
      return client == other;
    }
  }

  /**
   * Tells what the engine commits from now on, on a thread of its own.
   *
   * @param maxClients so many clients may have subscriptions at once
   * @param maxPerClient so many may one have
   */
  public Subscriptions(Engine engine, int maxClients, int maxPerClient) {
    this(engine, maxClients, maxPerClient, oneThread());
  }

  private Subscriptions(Engine engine, int maxClients, int maxPerClient, ExecutorService executor) {
    this(engine, maxClients, maxPerClient, executor, executor::shutdownNow);
  }

  /** The same on threads of the caller, one at a time. */
  public Subscriptions(
      Engine engine, int maxClients, int maxPerClient, Executor executor, Runnable stop) {
    this.engine = engine;
    this.maxClients = maxClients;
    this.maxPerClient = maxPerClient;
    this.executor = executor;
    this.stop = stop;
    this.told = engine.height();
    this.newest = told;
    this.blocks = engine.onBlock(this::committed);
  }

  /**
   * Begins to tell {@code client} of what matches {@code query}, under {@code id}. The caller
   * answers the request.
   *
   * @throws RpcException where a limit is reached, the query is none, or the client has it already
   */
  void subscribe(SocketPeer client, JsonNode id, String query) throws RpcException {
    throwIfFull(client);
    EventQuery parsed = parse(query);
    Subscription subscription =
        new Subscription(
            client, id, parsed, TextNode.valueOf(query).toString(), new AtomicBoolean());
    synchronized (all) {
      throwIfFull(client);
      if (find(client, parsed).isPresent()) {
        throw RpcException.internal("already subscribed");
      }
      all.add(subscription);
    }
    log.debug("{} subscribes to {}", client.remote(), query);
  }

  /**
   * Ends a subscription of a client.
   *
   * @throws RpcException where it has none of this query
   */
  void unsubscribe(SocketPeer client, String query) throws RpcException {
    EventQuery parsed = parse(query);
    Subscription subscription =
        find(client, parsed).orElseThrow(() -> RpcException.internal("subscription not found"));
    end(subscription);
  }

  /**
   * Ends all subscriptions of a client.
   *
   * @throws RpcException where it has none
   */
  void unsubscribeAll(SocketPeer client) throws RpcException {
    List<Subscription> found = of(client);
    if (found.isEmpty()) {
      throw RpcException.internal("subscription not found");
    }
    found.forEach(this::end);
  }

  /** A client's connection has ended. */
  void closed(SocketPeer client) {
    of(client).forEach(this::end);
  }

  /** Ends all subscriptions, and tells their clients. */
  @Override
  public void close() {
    try {
      blocks.close();
    } catch (Exception e) {
      log.warn("subscriptions still hear of blocks", e);
    }
    stop.run();
    cancelAll("the server stops");
  }

  private void committed(long height) {
    newest = Math.max(newest, height);
    if (behind.compareAndSet(false, true)) {
      executor.execute(this::tell);
    }
  }

  /** Tells all heights up to the newest. Whoever finds this running leaves his height to it. */
  private void tell() {
    behind.set(false);
    while (told < newest && !Thread.currentThread().isInterrupted()) {
      long next = told + 1;
      try {
        tell(next);
      } catch (IOException | RuntimeException | Error e) {
        log.warn("subscribers can't be notified of block {}; their subscriptions end", next, e);
        cancelAll("block " + next + " can't be sent to subscribers; see the node's log");
      }
      told = next;
    }
  }

  private void tell(long height) throws IOException {
    List<Subscription> hearing = List.copyOf(all);
    if (hearing.isEmpty()) {
      return;
    }
    if (!ChainEvents.tell(engine, height, event -> tell(hearing, event))) {
      cancelAll("block " + height + " is no longer kept");
    }
  }

  private void tell(List<Subscription> hearing, ChainEvent event) throws IOException {
    for (Subscription subscription : hearing) {
      if (!subscription.ended.get()
          && subscription.query.wants(event.type())
          && subscription.query.matches(event.attributes())) {
        tell(subscription, event);
      }
    }
  }

  private void tell(Subscription subscription, ChainEvent event) throws IOException {
    SocketPeer client = subscription.client;
    if (!client.offer(event.message(subscription.id.toString(), subscription.queryJson))) {
      log.info("{} does not read what it subscribed to; it is dropped", client.remote());
      closed(client);
      client.drop(canceled(subscription, "client is not pulling messages fast enough"));
    }
  }

  private void cancelAll(String reason) {
    for (Subscription subscription : all) {
      end(subscription);
      try {
        JsonOut message = canceled(subscription, reason);
        if (!subscription.client.offer(message)) {
          subscription.client.drop(message);
        }
      } catch (IOException | RuntimeException e) {
        log.warn("{} can't be notified of its subscription's end", subscription.client.remote(), e);
      }
    }
  }

  private static JsonOut canceled(Subscription subscription, String reason) throws IOException {
    return JsonRpc.error(
        subscription.id,
        RpcException.serverError("subscription was canceled (reason: " + reason + ")"));
  }

  private void end(Subscription subscription) {
    subscription.ended.set(true);
    all.remove(subscription);
  }

  private void throwIfFull(SocketPeer client) throws RpcException {
    int own = of(client).size();
    long clients = all.stream().map(Subscription::client).distinct().count();
    if (own == 0 && clients >= maxClients) {
      throw RpcException.internal("max_subscription_clients " + maxClients + " reached");
    }
    if (own >= maxPerClient) {
      throw RpcException.internal("max_subscriptions_per_client " + maxPerClient + " reached");
    }
  }

  private List<Subscription> of(SocketPeer client) {
    return all.stream().filter(subscription -> subscription.isOf(client)).toList();
  }

  private Optional<Subscription> find(SocketPeer client, EventQuery query) {
    return of(client).stream()
        .filter(subscription -> subscription.query.isSameAs(query))
        .findFirst();
  }

  private static EventQuery parse(String query) throws RpcException {
    if (QueryParser.isTooLong(query)) {
      throw RpcException.internal("maximum query length exceeded");
    }
    try {
      return new EventQuery(QueryParser.conditions(query));
    } catch (QuerySyntaxException e) {
      throw RpcException.internal("failed to parse query: " + e.text());
    }
  }

  private static ExecutorService oneThread() {
    ThreadPoolExecutor thread =
        new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> new Thread(work, "segue-rpc-events"));
    thread.allowCoreThreadTimeOut(true);
    return thread;
  }
}
