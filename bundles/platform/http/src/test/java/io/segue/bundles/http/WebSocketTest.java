package io.segue.bundles.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebSocketTest {
  private static final String UPGRADE =
      "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

  private final AtomicInteger closed = new AtomicInteger();
  private final BlockingQueue<WebSocket> sockets = new LinkedBlockingQueue<>();
  private HttpServer server;

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void answersMessagesOneAfterTheOther() throws Exception {
    open(settings());
    Peer peer = new Peer("/ws?a=b");
    for (int i = 0; i < 300; i++) {
      peer.socket.sendText("m" + i, true).get();
    }
    for (int i = 0; i < 300; i++) {
      assertThat(peer.next()).isEqualTo("echo m" + i);
    }
    peer.socket.sendText("in ", false).get();
    peer.socket.sendText("parts", true).get();
    assertThat(peer.next()).isEqualTo("echo in parts");
    peer.socket.sendBinary(ByteBuffer.wrap("bytes".getBytes(StandardCharsets.UTF_8)), true).get();
    assertThat(peer.next()).isEqualTo("echo bytes");
    peer.socket.sendPing(ByteBuffer.wrap(new byte[] {7})).get();
    assertThat(peer.next()).isEqualTo("pong 7");
    peer.socket.sendClose(1000, "").get();
    await().until(() -> closed.get() == 1 && server.connections() == 0);
  }

  @Test
  void sendsLargeMessagesWhole() throws Exception {
    open(settings());
    Peer peer = new Peer("/ws");
    peer.socket.sendText("x".repeat(900_000), true).get();
    assertThat(peer.next()).hasSize(900_005);
    assertThat(sockets.take().send(new byte[5_000_000], 5_000_000)).isTrue();
    assertThat(peer.next()).hasSize(5_000_000);
    await().until(() -> server.bufferedBytes() == 0);
  }

  @Test
  void closesWhereAMessageIsTooLarge() throws Exception {
    open(settings().maxBodyBytes(2000));
    Peer whole = new Peer("/ws");
    whole.socket.sendText("x".repeat(2001), true);
    assertThat(whole.next()).isEqualTo("closed 1009");
    Peer parts = new Peer("/ws");
    parts.socket.sendText("x".repeat(1500), false).get();
    parts.socket.sendText("x".repeat(1500), true);
    assertThat(parts.next()).isEqualTo("closed 1009");
    Peer fits = new Peer("/ws");
    fits.socket.sendText("x".repeat(2000), true).get();
    assertThat(fits.next()).hasSize(2005);
  }

  @Test
  void pingsAndDropsThoseWhoAreSilent() throws Exception {
    open(settings().webSocketTimes(1, 2));
    Peer alive = new Peer("/ws");
    try (RawClient silent = new RawClient(server.port())) {
      silent.send(UPGRADE + "\r\n");
      assertThat(silent.head()).startsWith("HTTP/1.1 101 ");
      InputStream in = silent.socket.getInputStream();
      assertThat(in.read()).as("a ping").isEqualTo(0x89);
      assertThat(in.read()).as("that carries nothing").isZero();
      await().until(() -> closed.get() == 1);
    }
    assertThat(alive.pings.get()).isPositive();
    alive.socket.sendText("here", true).get();
    assertThat(alive.next()).isEqualTo("echo here");
  }

  @Test
  void tellsAndDropsWhoIsBehindAndWaitsForNobody() throws Exception {
    open(settings().maxWebSocketQueueBytes(100_000).answerTimeoutSeconds(1));
    try (RawClient slow = new RawClient(server.port())) {
      slow.send(UPGRADE + "\r\n");
      assertThat(slow.head()).startsWith("HTTP/1.1 101 ");
      WebSocket socket = sockets.take();
      int sent = 0;
      while (socket.send(new byte[50_000], 50_000)) {
        sent++;
      }
      assertThat(sent).isBetween(2, 1000);
      socket.sendLast("behind".getBytes(StandardCharsets.UTF_8), 6);
      assertThat(socket.send(new byte[1], 1)).isFalse();
      await().until(() -> closed.get() == 1);
      assertThat(server.bufferedBytes()).isZero();
    }
  }

  @Test
  void writesTheLastMessageBeforeItCloses() throws Exception {
    open(settings());
    Peer peer = new Peer("/ws");
    WebSocket socket = sockets.take();
    socket.send("first".getBytes(StandardCharsets.UTF_8), 5);
    socket.sendLast("last".getBytes(StandardCharsets.UTF_8), 4);
    assertThat(peer.next()).isEqualTo("first");
    assertThat(peer.next()).isEqualTo("last");
    assertThat(peer.next()).isEqualTo("closed 1000");
    await().until(() -> closed.get() == 1);
  }

  @Test
  void leavesWhenTheServerCloses() throws Exception {
    open(settings());
    Peer peer = new Peer("/ws");
    sockets.take();
    server.close();
    assertThat(peer.next()).isEqualTo("closed 1001");
    assertThat(closed.get()).isEqualTo(1);
  }

  @Test
  void opensNoWebSocketForPagesOfOthersAndNoOtherRequests() throws Exception {
    open(settings().corsAllowedOrigins("https://wallet.example"));
    assertStatus(UPGRADE + "Origin: https://evil.example\r\n\r\n", 403);
    assertStatus(UPGRADE + "Origin: https://wallet.example\r\n\r\n", 101);
    assertStatus(UPGRADE + "Origin: http://localhost\r\n\r\n", 101);
    assertStatus(UPGRADE.replace("localhost", "evil.example") + "\r\n", 403);
    assertStatus("GET /ws HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
    assertStatus(UPGRADE.replace(": 13", ": 99") + "\r\n", 400);
    assertStatus(UPGRADE.replace("GET /ws", "GET /other") + "\r\n", 200);
    assertThatThrownBy(() -> new Peer("/other")).rootCause().hasMessageContaining("200");
  }

  private void assertStatus(String request, int status) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.send(request);
      assertThat(client.head()).as(request).startsWith("HTTP/1.1 " + status + " ");
    }
  }

  private void open(HttpSettings settings) throws IOException {
    server =
        HttpServer.open(
            settings,
            request -> CompletableFuture.completedFuture(HttpResponse.text(200, "no socket")),
            Map.of("/ws", this::opened));
  }

  private WebSocketHandler.Receiver opened(WebSocket socket) {
    sockets.add(socket);
    return new WebSocketHandler.Receiver() {
      @Override
      public void text(byte[] message, Runnable done) {
        byte[] echo =
            ("echo " + new String(message, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        socket.send(echo, echo.length);
        done.run();
      }

      @Override
      public void closed() {
        closed.incrementAndGet();
      }
    };
  }

  private static HttpSettings settings() {
    return HttpSettings.of("test", "etc/test.cfg").listen("127.0.0.1", 0).threads(2);
  }

  private final class Peer implements java.net.http.WebSocket.Listener {
    final java.net.http.WebSocket socket;
    final AtomicInteger pings = new AtomicInteger();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final StringBuilder parts = new StringBuilder();

    Peer(String path) throws Exception {
      socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + path), this)
              .get();
    }

    String next() throws InterruptedException {
      return messages.poll(10, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(
        java.net.http.WebSocket from, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        messages.add(parts.toString());
        parts.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onPing(java.net.http.WebSocket from, ByteBuffer message) {
      pings.incrementAndGet();
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onPong(java.net.http.WebSocket from, ByteBuffer message) {
      messages.add("pong " + message.get());
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(java.net.http.WebSocket from, int status, String reason) {
      messages.add("closed " + status);
      return null;
    }

    @Override
    public void onError(java.net.http.WebSocket from, Throwable error) {
      messages.add("failed " + error);
    }
  }
}
