package io.segue.bundles.rpc.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.http.WebSocket;
import io.segue.bundles.http.WebSocketHandler;
import io.segue.bundles.rpc.call.JsonParams;
import io.segue.bundles.rpc.call.JsonRpc;
import io.segue.bundles.rpc.call.RpcException;
import java.util.List;
import java.util.Set;

/** JSON-RPC on WebSockets: every method, and those that only make sense there. */
public final class SocketMethods implements WebSocketHandler {
  /** Methods that HTTP has not. */
  public static final Set<String> NAMES = Set.of("subscribe", "unsubscribe", "unsubscribe_all");

  private static final List<String> PARAMS = List.of("query");

  private final JsonRpc rpc;
  private final Subscriptions subscriptions;

  public SocketMethods(JsonRpc rpc, Subscriptions subscriptions) {
    this.rpc = rpc;
    this.subscriptions = subscriptions;
  }

  @Override
  public Receiver opened(WebSocket socket) {
    return new SocketClient(rpc, this, socket);
  }

  /** Calls one of the methods that HTTP has not. */
  void call(String method, SocketPeer client, JsonNode id, JsonNode params) throws RpcException {
    String query = new JsonParams(PARAMS, params).text("query");
    switch (method) {
      case "subscribe" -> subscriptions.subscribe(client, id, query);
      case "unsubscribe" -> subscriptions.unsubscribe(client, query);
      default -> subscriptions.unsubscribeAll(client);
    }
  }

  void closed(SocketPeer client) {
    subscriptions.closed(client);
  }
}
