package io.segue.bundles.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.abci.Application;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RpcComponentTest {
  private final FakeEngine engine = new FakeEngine();
  private final Application application =
      FakeApplication.answering(
          query -> new QueryResponse(0, "", "", query.data(), query.data(), List.of(), 1));

  @Test
  void servesBeforeTheFirstBlockAsCometBftDoes() throws Exception {
    try (RunningServer server = new RunningServer(engine, application)) {
      JsonNode sync = server.call("status", "{}").at("/result/sync_info");
      assertThat(sync.path("latest_block_height").asText()).isEqualTo("0");
      assertThat(sync.path("latest_block_hash").asText()).isEmpty();
      assertThat(sync.path("latest_block_time").asText()).isEqualTo("1970-01-01T00:00:00Z");
      assertThat(sync.path("earliest_block_height").asText()).isEqualTo("0");
    }
  }

  @Test
  void opensWithTheEngineAndClosesWithIt() throws Exception {
    RpcConfig config = new RpcConfig(RunningServer.settings(freePort()));
    RpcComponent component = new RpcComponent(config, engine, application, List::of, List::of);
    connect(config);
    component.deactivate();
    assertThat(engine.listeners).isEmpty();
    assertThatThrownBy(() -> connect(config)).isInstanceOf(ConnectException.class);
  }

  @Test
  void leavesItToAnEngineThatServesItItself() throws Exception {
    engine.ownRpc = Optional.of(URI.create("http://127.0.0.1:26657"));
    RpcConfig config = new RpcConfig(RunningServer.settings(freePort()));
    RpcComponent component = new RpcComponent(config, engine, application, List::of, List::of);
    assertThatThrownBy(() -> connect(config)).isInstanceOf(ConnectException.class);
    component.deactivate();
  }

  private static void connect(RpcConfig config) throws IOException {
    new Socket(config.http().host(), config.http().port()).close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
