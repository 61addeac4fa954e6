package io.segue.bundles.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that are slow, greedy, silent or many. */
@Timeout(60)
class ClientLimitsTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final int LARGE = 8_000_000;

  private final List<RawClient> clients = new ArrayList<>();
  private HttpServer server;

  @AfterEach
  void close() throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
    server.close();
  }

  @Test
  void answersWhileAHundredClientsSendAByteASecond() throws Exception {
    open(settings().threads(1));
    for (int i = 0; i < 100; i++) {
      RawClient slow = client();
      slow.send(
          i % 2 == 0
              ? "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n"
              : "GET / HTT");
      slow.send("x");
    }
    RawClient quick = client();
    long startNs = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      quick.send(GET);
      assertThat(quick.read().status()).isEqualTo(200);
    }
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs)).isLessThan(2000);
  }

  @Test
  void givesUpOnARequestThatDoesNotArriveInTime() throws Exception {
    open(settings().requestTimeoutSeconds(1));
    for (String part :
        List.of(
            "GET / HT",
            "GET / HTTP/1.1\r\nHost: local",
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nab",
            "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab")) {
      RawClient slow = client();
      slow.send(part);
      RawClient.Answer answer = slow.read();
      assertThat(answer.status()).as(part).isEqualTo(408);
      assertThat(answer.body()).contains("within 1 s (requestTimeoutSeconds)");
      assertThat(slow.isClosed()).isTrue();
    }
  }

  @Test
  void closesConnectionsThatAreIdle() throws Exception {
    open(settings().idleTimeoutSeconds(1));
    RawClient silent = client();
    RawClient once = client();
    once.send(GET);
    assertThat(once.read().status()).isEqualTo(200);
    assertThat(silent.isClosed()).isTrue();
    assertThat(once.isClosed()).isTrue();
    await().until(() -> server.connections() == 0);
  }

  @Test
  void closesConnectionsWhoseClientReadsNoAnswer() throws Exception {
    server =
        HttpServer.open(
            settings().answerTimeoutSeconds(1),
            request ->
                CompletableFuture.completedFuture(HttpResponse.of(200, "x/y", new byte[LARGE])));
    for (int i = 0; i < 10; i++) {
      client().send(GET);
    }
    await().until(() -> server.connections() == 10);
    await().until(() -> server.connections() == 0);
    assertThat(server.bufferedBytes()).isZero();
  }

  @Test
  void answersBusyWhereLargeAnswersFillTheMemoryMeantForThem() throws Exception {
    server =
        HttpServer.open(
            settings().maxBufferedBytes(LARGE + 1_000_000),
            request ->
                CompletableFuture.completedFuture(
                    HttpResponse.of(
                        200, "x/y", new byte[request.path().equals("/small") ? 10_000 : LARGE])));
    RawClient slow = client();
    slow.send(GET);
    assertThat(slow.head()).contains("200 OK");
    RawClient second = client();
    second.send(GET);
    RawClient.Answer busy = second.read();
    assertThat(busy.status()).isEqualTo(503);
    assertThat(busy.body()).contains("maxBufferedBytes");
    second.send("GET /small HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(second.read().status()).isEqualTo(200);
    slow.close();
    await().until(() -> server.bufferedBytes() == 0);
    second.send(GET);
    assertThat(second.read().status()).isEqualTo(200);
  }

  @Test
  void answersBusyWhereLargeBodiesFillTheMemoryMeantForThem() throws Exception {
    open(settings().maxBodyBytes(2 << 20).maxBufferedBytes(1 << 20));
    RawClient large = client();
    large.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n");
    large.send("x".repeat(1_500_000));
    RawClient.Answer busy = large.read();
    assertThat(busy.status()).isEqualTo(503);
    assertThat(busy.body()).contains("maxBufferedBytes");
    await().until(() -> server.bufferedBytes() == 0);
  }

  @Test
  void answersBusyWhereNoWorkerIsFreeAndKeepsTheConnection() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    server =
        HttpServer.open(
            settings().threads(1).maxQueuedRequests(1),
            request -> {
              begun.countDown();
              go.await();
              return CompletableFuture.completedFuture(HttpResponse.text(200, "done"));
            });
    RawClient working = client();
    working.send(GET);
    begun.await();
    List<RawClient> others = List.of(client(), client());
    for (RawClient other : others) {
      other.send(GET);
    }
    RawClient third = client();
    third.send(GET);
    // One of the three waits in the queue, the others are refused.
    List<RawClient> refused = new ArrayList<>();
    await()
        .until(
            () -> {
              for (RawClient one : List.of(others.get(0), others.get(1), third)) {
                if (one.socket.getInputStream().available() > 0 && !refused.contains(one)) {
                  RawClient.Answer busy = one.read();
                  assertThat(busy.status()).isEqualTo(503);
                  assertThat(busy.body()).startsWith("busy: 1 requests wait");
                  refused.add(one);
                }
              }
              return refused.size() == 2;
            });
    go.countDown();
    assertThat(working.read().body()).isEqualTo("done");
    refused.get(0).send(GET);
    assertThat(refused.get(0).read().body()).isEqualTo("done");
  }

  @Test
  void takesThePlaceOfAnIdleConnectionWhereAllAreTaken() throws Exception {
    open(settings().maxOpenConnections(3));
    List<RawClient> first = List.of(client(), client(), client());
    for (RawClient one : first) {
      one.send(GET);
      assertThat(one.read().status()).isEqualTo(200);
    }
    RawClient fourth = client();
    fourth.send(GET);
    assertThat(fourth.read().status()).isEqualTo(200);
    assertThat(first.get(0).isClosed()).isTrue();
    first.get(2).send(GET);
    assertThat(first.get(2).read().status()).isEqualTo(200);
  }

  @Test
  void servesOthersWhileClientsSendHalfOfARequestOrNothing() throws Exception {
    open(settings().maxOpenConnections(3));
    String half = GET.substring(0, GET.length() / 2);
    for (String sent : List.of("", half, half)) {
      client().send(sent);
    }
    await().until(() -> isServed(client()));
    client().send(half);
    await().until(() -> isServed(client()));
  }

  @Test
  void servesOthersWhileClientsTakeNoAnswer() throws Exception {
    byte[] large = new byte[LARGE];
    server =
        HttpServer.open(
            settings().maxOpenConnections(3),
            request ->
                CompletableFuture.completedFuture(
                    request.path().equals("/large")
                        ? HttpResponse.of(200, "x/y", large)
                        : HttpResponse.text(200, "done")));
    for (int i = 0; i < 3; i++) {
      client().send(GET.replace("GET /", "GET /large"));
    }
    await().until(() -> isServed(client()));
  }

  /** Whether it is, or told that there is no room. */
  private static boolean isServed(RawClient client) throws IOException {
    client.send(GET);
    int status = client.read().status();
    assertThat(status).isIn(200, 503);
    return status == 200;
  }

  @Test
  void saysThatAllConnectionsAreTakenWhereNoneIsIdle() throws Exception {
    CompletableFuture<HttpResponse> later = new CompletableFuture<>();
    CountDownLatch begun = new CountDownLatch(2);
    server =
        HttpServer.open(
            settings().maxOpenConnections(2),
            request -> {
              begun.countDown();
              return later;
            });
    RawClient first = client();
    first.send(GET);
    client().send(GET);
    begun.await();
    RawClient third = client();
    RawClient.Answer refusal = third.read();
    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.body()).contains("2 connections are open (maxOpenConnections)");
    assertThat(third.isClosed()).isTrue();
    later.complete(HttpResponse.text(200, "done"));
    assertThat(first.read().body()).isEqualTo("done");
    RawClient fourth = client();
    fourth.send(GET);
    assertThat(fourth.read().status()).isEqualTo(200);
  }

  @Test
  void forgetsClientsThatGoWhileTheyAreAnswered() throws Exception {
    CompletableFuture<HttpResponse> later = new CompletableFuture<>();
    server = HttpServer.open(settings(), request -> later);
    RawClient client = client();
    client.send(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"
            + "x".repeat(100000));
    await().until(() -> server.bufferedBytes() > 0);
    client.socket.setSoLinger(true, 0);
    client.close();
    await().until(() -> server.connections() == 0);
    assertThat(server.bufferedBytes()).as("the worker has the body still").isPositive();
    later.complete(HttpResponse.text(200, "nobody reads it"));
    await().until(() -> server.bufferedBytes() == 0);
  }

  private void open(HttpSettings settings) throws IOException {
    server =
        HttpServer.open(
            settings,
            request -> CompletableFuture.completedFuture(HttpResponse.text(200, request.path())));
  }

  private RawClient client() throws IOException {
    RawClient client = new RawClient(server.port());
    clients.add(client);
    return client;
  }

  private static HttpSettings settings() {
    return HttpSettings.of("test", "etc/test.cfg").listen("127.0.0.1", 0).threads(2);
  }
}
