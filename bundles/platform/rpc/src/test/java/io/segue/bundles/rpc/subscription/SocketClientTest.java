package io.segue.bundles.rpc.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import io.segue.bundles.http.WebSocket;
import io.segue.bundles.rpc.FakeEngine;
import io.segue.bundles.rpc.call.JsonRpc;
import io.segue.bundles.rpc.call.MethodTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SocketClientTest {
  private static final byte[] SUBSCRIBE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"subscribe\",\"params\":{\"query\":\"a.b=1\"}}"
          .getBytes(UTF_8);

  private final List<String> sent = new ArrayList<>();
  private final Subscriptions subscriptions =
      new Subscriptions(new FakeEngine(), 1, 1, Runnable::run, () -> {});
  private final JsonRpc rpc = new JsonRpc(new MethodTable(), 1);
  private final SocketClient client =
      new SocketClient(
          rpc,
          new SocketMethods(rpc, subscriptions),
          new WebSocket() {
            @Override
            public String remote() {
              return "somewhere";
            }

            @Override
            public boolean send(byte[] utf8, int length) {
              sent.add(new String(utf8, 0, length, UTF_8));
              return true;
            }

            @Override
            public void sendLast(byte[] utf8, int length) {}
          });

  @Test
  void answersASubscriptionAndGivesItsPlaceFreeWhenItEnds() throws Exception {
    client.text(SUBSCRIBE, () -> {});
    assertThat(sent).containsExactly("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
    client.closed();
    subscriptions.subscribe(new FakeClient(), IntNode.valueOf(1), "a.b=1");
  }

  @Test
  void subscribesToNothingOnceItsConnectionIsGone() throws Exception {
    client.closed();
    client.text(SUBSCRIBE, () -> {});
    assertThat(sent).isEmpty();
    subscriptions.subscribe(new FakeClient(), IntNode.valueOf(1), "a.b=1");
  }
}
