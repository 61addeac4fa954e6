package io.segue.bundles.cli.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.sdk.proto.auth.BaseAccount;
import io.segue.bundles.sdk.proto.auth.QueryAccountInfoResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeClientTest {
  private static final String HASH =
      "8F5340E6C91100DF44E7DAD2EB07E0BF58CF5C7194FA6F8EC9338E42E70EBA40";

  private FakeNode node;
  private NodeClient client;

  @BeforeEach
  void start() throws IOException {
    node = new FakeNode();
    client = new NodeClient(node.url());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void asksTheStateByPathAndHexadecimalData() {
    node.answers("abci_query", params -> query(0, account(4, 9)));
    ChainInfo.Account account = new ChainInfo(client).account("cosmos1abc");
    assertThat(account).isEqualTo(new ChainInfo.Account(4, 9));
    JsonNode params = node.requests().get(0).path("params");
    assertThat(params.path("path").asText()).isEqualTo("/cosmos.auth.v1beta1.Query/AccountInfo");
    assertThat(params.path("data").asText()).isEqualTo("0a0a636f736d6f7331616263");
    assertThat(params.path("height").isTextual()).isTrue();
  }

  @Test
  void saysThatAnAccountIsNotOnTheChain() {
    node.answers("abci_query", params -> query(22, new byte[0]));
    assertThatThrownBy(() -> new ChainInfo(client).account("cosmos1abc"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("the chain has no account cosmos1abc; send it coins first");
  }

  @Test
  void showsCodeAndLogOfARefusedQuery() {
    node.answers("abci_query", params -> query(18, new byte[0]));
    assertThatThrownBy(() -> new ChainInfo(client).supply("stake", 0))
        .isInstanceOf(QueryRefusedException.class)
        .hasMessageContaining("sdk/18")
        .hasMessageContaining("some log");
  }

  @Test
  void broadcastsInBase64AndHandsBackTheJudgement() throws IOException {
    node.answers(
        "broadcast_tx_sync",
        "{\"code\":32,\"data\":\"\",\"log\":\"mismatch\",\"codespace\":\"sdk\",\"hash\":\"AB\"}");
    assertThat(client.broadcast(new byte[] {1, 2, 3}))
        .isEqualTo(new NodeClient.Broadcast("AB", 32, "sdk", "mismatch"));
    assertThat(node.requests().get(0).path("params").path("tx").asText()).isEqualTo("AQID");
  }

  @Test
  void asksAgainWhereTheServerClosedAnIdleConnectionButSendsNothingTwice() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      NodeClient careful = new NodeClient("http://127.0.0.1:" + server.getLocalPort());
      CompletableFuture<Integer> connections =
          CompletableFuture.supplyAsync(() -> answerOncePerConnection(server));
      assertThat(careful.height()).isEqualTo(7);
      assertThat(careful.height()).isEqualTo(7);
      assertThatThrownBy(() -> careful.broadcast(new byte[] {1}))
          .isInstanceOf(CliException.class)
          .hasMessageContaining("does not answer broadcast_tx_sync");
      server.close();
      assertThat(connections.get()).isEqualTo(2);
    }
  }

  private static void readRequest(Socket socket) throws IOException {
    StringBuilder request = new StringBuilder();
    while (!request.toString().endsWith("}}")) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("the client is gone");
      }
      request.append((char) next);
    }
  }

  /** Closes each connection when it is used again; how many there were. */
  private static int answerOncePerConnection(ServerSocket server) {
    int connections = 0;
    while (true) {
      try (Socket socket = server.accept()) {
        connections++;
        String body = "{\"result\":{\"sync_info\":{\"latest_block_height\":\"7\"}}}";
        readRequest(socket);
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        readRequest(socket);
      } catch (IOException e) {
        return connections;
      }
    }
  }

  @Test
  void findsNothingWhereNoBlockHasTheTransaction() {
    node.fails("tx", "tx (" + HASH + ") not found");
    assertThat(client.tx(HASH)).isEmpty();
    assertThat(node.requests().get(0).path("params").path("hash").asText())
        .isEqualTo("j1NA5skRAN9E59rS6wfgv1jPXHGU+m+OyTOOQucOukA=");
  }

  @Test
  void passesOnWhatTheNodeRefuses() {
    node.fails("block", "height 9 must be less than or equal to the current blockchain height 8");
    assertThatThrownBy(() -> client.block(9))
        .isInstanceOf(CliException.class)
        .hasMessage(
            "the node refuses block: height 9 must be less than or equal to the current blockchain"
                + " height 8");
  }

  @Test
  void saysWhatToDoWhereNobodyListens() {
    node.close();
    assertThatThrownBy(() -> client.status())
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("no node answers at " + client.uri())
        .hasMessageContaining("segue start");
  }

  @Test
  void refusesWhatIsNoUrl() {
    assertThatThrownBy(() -> new NodeClient("localhost:26657"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("'localhost:26657' names no node");
  }

  @Test
  void refusesWhatIsNoHash() {
    assertThatThrownBy(() -> client.tx("abcd"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("64 hexadecimal digits");
  }

  private static byte[] account(long number, long sequence) {
    return QueryAccountInfoResponse.newBuilder()
        .setInfo(BaseAccount.newBuilder().setAccountNumber(number).setSequence(sequence))
        .build()
        .toByteArray();
  }

  private static JsonNode query(int code, byte[] value) {
    var result = Output.object();
    result
        .putObject("response")
        .put("code", code)
        .put("codespace", code == 0 ? "" : "sdk")
        .put("log", code == 0 ? "" : "some log")
        .put("value", Base64.getEncoder().encodeToString(value));
    return result;
  }
}
