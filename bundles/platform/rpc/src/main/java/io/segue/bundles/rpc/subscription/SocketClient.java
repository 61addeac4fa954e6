package io.segue.bundles.rpc.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.segue.bundles.http.WebSocket;
import io.segue.bundles.http.WebSocketHandler;
import io.segue.bundles.rpc.call.JsonRpc;
import io.segue.bundles.rpc.call.RpcException;
import io.segue.bundles.rpc.json.JsonOut;
import java.io.IOException;

/**
 * A client on a WebSocket. Each text is one request; batches there are none, as with CometBFT. The
 * answer to a subscription is queued before its first event.
 */
public final class SocketClient implements SocketPeer, WebSocketHandler.Receiver {
  private final JsonRpc rpc;
  private final SocketMethods methods;
  private final WebSocket socket;

  /** Whether the connection is gone: what is still being worked on subscribes to nothing. */
  private boolean ended;

  public SocketClient(JsonRpc rpc, SocketMethods methods, WebSocket socket) {
    this.rpc = rpc;
    this.methods = methods;
    this.socket = socket;
  }

  @Override
  public String remote() {
    return socket.remote();
  }

  @Override
  public synchronized boolean offer(JsonOut message) {
    return socket.send(message.buffer(), message.size());
  }

  @Override
  public synchronized void drop(JsonOut last) {
    socket.sendLast(last.buffer(), last.size());
  }

  @Override
  public void text(byte[] message, Runnable done) throws IOException {
    JsonNode request;
    try {
      request = rpc.parse(message);
      if (!request.isObject()) {
        throw JsonRpc.unparsable("a request on a WebSocket must be one object");
      }
    } catch (RpcException e) {
      answer(MissingNode.getInstance(), JsonRpc.error(e));
      done.run();
      return;
    }
    JsonNode id = request.path("id");
    String method = request.path("method").asText();
    boolean answered = !id.isMissingNode() && !id.isNull();
    if (answered && SocketMethods.NAMES.contains(method)) {
      call(method, id, request.path("params"));
      done.run();
    } else {
      rpc.single(request)
          .thenAccept(out -> answer(id, out))
          .whenComplete((nothing, failure) -> done.run());
    }
  }

  @Override
  public void closed() {
    synchronized (this) {
      ended = true;
    }
    methods.closed(this);
  }

  private synchronized void call(String method, JsonNode id, JsonNode params) {
    if (ended) {
      return;
    }
    JsonOut answer;
    try {
      methods.call(method, this, id, params);
      answer = JsonRpc.result(id, out -> out.object(() -> {}));
    } catch (RpcException e) {
      answer = JsonRpc.error(id, e);
    }
    answer(id, answer);
  }

  private void answer(JsonNode id, JsonOut answer) {
    if (answer.size() > 0 && !offer(answer)) {
      drop(JsonRpc.error(id, RpcException.serverError("the client does not read its answers")));
    }
  }
}
