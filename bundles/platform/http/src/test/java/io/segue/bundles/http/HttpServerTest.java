package io.segue.bundles.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients send, byte by byte. */
@Timeout(60)
class HttpServerTest {
  private HttpServer server;

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void answersOneRequestAfterTheOtherOnOneConnection() throws Exception {
    try (RawClient client = client(settings())) {
      for (int i = 0; i < 3; i++) {
        client.send("POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nhi");
        RawClient.Answer answer = client.read();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("POST /a ? hi");
      }
    }
  }

  @Test
  void answersRequestsThatAreSentAheadInOrder() throws Exception {
    try (RawClient client = client(settings())) {
      StringBuilder ahead = new StringBuilder();
      for (int i = 0; i < 500; i++) {
        ahead.append("GET /").append(i).append(" HTTP/1.1\r\nHost: localhost\r\n\r\n");
      }
      client.send(ahead.toString());
      for (int i = 0; i < 500; i++) {
        assertThat(client.read().body()).isEqualTo("GET /" + i + " ? ");
      }
    }
  }

  @Test
  void takesTargetsAsPeopleTypeThem() throws Exception {
    try (RawClient client = client(settings())) {
      for (String query :
          List.of(
              "query=\"tx.height>1\"",
              "query=\"tx.height<1 AND a.b='c d'\"",
              "a={}|\\^`[]",
              "hash=0xAB",
              "a=%22b%22")) {
        client.send("GET /tx_search?" + query + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        RawClient.Answer answer = client.read();
        assertThat(answer.status()).as(query).isEqualTo(200);
        assertThat(answer.body())
            .as(query)
            .isEqualTo("GET /tx_search ?" + query.replace(" ", "%20") + " ");
      }
      client.send("GET /a?b=\u00c3\u00a4 HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.read().body()).isEqualTo("GET /a ?b=ä ");
      client.send("GET http://localhost/a?b HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.read().body()).isEqualTo("GET /a ?b ");
      client.send("GET http://localhost HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.read().body()).isEqualTo("GET / ? ");
    }
  }

  @Test
  void sendsWhoWritesASlashTooManyToTheCleanPath() throws Exception {
    try (RawClient client = client(settings())) {
      for (List<String> target :
          List.of(
              List.of("//status?a=/\"/", "/status?a=/\"/"),
              List.of("/a//b/", "/a/b/"),
              List.of("/a/./b/../c", "/a/c"),
              List.of("//../evil.example", "/evil.example"),
              List.of("//\u00c3\u00a4", "/%C3%A4"),
              List.of("http://localhost//a", "/a"),
              List.of("///", "/"))) {
        client.send("GET " + target.get(0) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(client.head())
            .as(target.get(0))
            .startsWith("HTTP/1.1 301 ")
            .containsIgnoringCase("\r\nlocation: " + target.get(1) + "\r\n");
      }
      client.send("GET /a/?b=//c HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.read().body()).isEqualTo("GET /a/ ?b=//c ");
    }
  }

  @Test
  void answersHeadWithoutTheBody() throws Exception {
    try (RawClient client = client(settings())) {
      client.send("HEAD /a HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.head()).contains("200").contains("content-length: 9");
      client.send("GET /b HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.read().body()).isEqualTo("GET /b ? ");
    }
  }

  @Test
  void closesWhereTheClientAsksForItAndAfterHttp10() throws Exception {
    server = HttpServer.open(settings(), HttpServerTest::echo);
    for (String request :
        List.of(
            "GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "GET /a HTTP/1.0\r\n\r\n")) {
      try (RawClient client = new RawClient(server.port())) {
        client.send(request);
        assertThat(client.read().body()).isEqualTo("GET /a ? ");
        assertThat(client.isClosed()).isTrue();
      }
    }
  }

  @Test
  void answersWhoSendsNoMoreAfterTheRequest() throws Exception {
    CompletableFuture<HttpResponse> later = new CompletableFuture<>();
    server = HttpServer.open(settings(), request -> later);
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n");
      client.socket.shutdownOutput();
      later.complete(HttpResponse.text(200, "late"));
      assertThat(client.read().body()).isEqualTo("late");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void readsBodiesInPiecesOfUnknownNumber() throws Exception {
    try (RawClient client = client(settings())) {
      client.send(
          "POST /a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n");
      assertThat(client.read().body()).isEqualTo("POST /a ? abc");
    }
  }

  @Test
  void refusesBodiesThatAreTooLargeAsSoonAsThatIsKnown() throws Exception {
    server = HttpServer.open(settings().maxBodyBytes(2000), HttpServerTest::echo);
    try (RawClient told = new RawClient(server.port())) {
      told.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2001\r\n\r\n");
      RawClient.Answer answer = told.read();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body()).contains("2000 bytes (maxBodyBytes)");
      told.send("x".repeat(2001));
      assertThat(told.isClosed()).isTrue();
    }
    try (RawClient untold = new RawClient(server.port())) {
      untold.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
      untold.send("7d1\r\n" + "x".repeat(2001) + "\r\n");
      assertThat(untold.read().status()).isEqualTo(413);
    }
    try (RawClient fits = new RawClient(server.port())) {
      fits.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000\r\n\r\n");
      fits.send("x".repeat(2000));
      assertThat(fits.read().status()).isEqualTo(200);
    }
  }

  @Test
  void saysThatABodyMayCome() throws Exception {
    try (RawClient client = client(settings())) {
      client.send(
          "POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n"
              + "Expect: 100-continue\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 100 ");
      client.send("hi");
      assertThat(client.read().body()).isEqualTo("POST /a ? hi");
    }
  }

  @Test
  void refusesLinesAndHeadersThatAreTooLong() throws Exception {
    server = HttpServer.open(settings().maxHeaderBytes(2000), HttpServerTest::echo);
    try (RawClient line = new RawClient(server.port())) {
      line.send("GET /" + "x".repeat(2100) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      RawClient.Answer answer = line.read();
      assertThat(answer.status()).isEqualTo(414);
      assertThat(answer.body()).contains("2000 bytes (maxHeaderBytes)");
      assertThat(line.isClosed()).isTrue();
    }
    try (RawClient header = new RawClient(server.port())) {
      header.send("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(2100) + "\r\n\r\n");
      assertThat(header.read().status()).isEqualTo(431);
    }
  }

  @Test
  void refusesWhatIsNoHttp() throws Exception {
    server = HttpServer.open(settings(), HttpServerTest::echo);
    for (String bytes :
        List.of(
            "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
            "hello\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")) {
      try (RawClient client = new RawClient(server.port())) {
        client.send(bytes);
        assertThat(client.read().status()).as(bytes).isEqualTo(400);
        assertThat(client.isClosed()).isTrue();
      }
    }
  }

  @Test
  void answersWhereTheHandlerFails() throws Exception {
    server =
        HttpServer.open(
            settings(),
            request -> {
              if (request.path().equals("/now")) {
                throw new IOException("no disk");
              }
              return request.path().equals("/later")
                  ? CompletableFuture.failedFuture(new IllegalStateException("no luck"))
                  : echo(request);
            });
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET /now HTTP/1.1\r\nHost: localhost\r\n\r\n");
      RawClient.Answer now = client.read();
      assertThat(now.status()).isEqualTo(500);
      assertThat(now.body()).contains("no disk");
      client.send("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.read().body()).contains("no luck");
      client.send("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  @Test
  void sendsLargeAnswersWhole() throws Exception {
    byte[] large = new byte[3_000_001];
    server =
        HttpServer.open(
            settings(),
            request -> CompletableFuture.completedFuture(HttpResponse.of(200, "x/y", large)));
    try (RawClient client = new RawClient(server.port())) {
      for (int i = 0; i < 2; i++) {
        client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(client.read().body()).hasSize(large.length);
      }
    }
  }

  @Test
  void namesSettingAndFileWhereThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(
              () ->
                  HttpServer.open(
                      settings().listen("127.0.0.1", taken.getLocalPort()), HttpServerTest::echo))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("host, port = 127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("etc/test.cfg")
          .hasMessageContaining("choose another");
    }
  }

  @Test
  void opensAtTheSamePortAgainAtOnce() throws Exception {
    try (RawClient client = client(settings())) {
      client.send("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(200);
      int port = server.port();
      server.close();
      assertThat(client.isClosed()).isTrue();
      server = HttpServer.open(settings().listen("127.0.0.1", port), HttpServerTest::echo);
      try (RawClient again = new RawClient(port)) {
        again.send("GET /b HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(again.read().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void namesKeyFileAndRangeOfASettingThatItRefuses() {
    assertThatThrownBy(() -> settings().maxBodyBytes(10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxBodyBytes = 10 in etc/test.cfg is refused: legal is 1024 to 67108864");
  }

  private RawClient client(HttpSettings settings) throws IOException {
    server = HttpServer.open(settings, HttpServerTest::echo);
    return new RawClient(server.port());
  }

  private static HttpSettings settings() {
    return HttpSettings.of("test", "etc/test.cfg").listen("127.0.0.1", 0).threads(2);
  }

  private static CompletableFuture<HttpResponse> echo(HttpRequest request) {
    String text =
        request.method()
            + " "
            + request.path()
            + " ?"
            + request.query()
            + " "
            + new String(request.body(), StandardCharsets.UTF_8);
    return CompletableFuture.completedFuture(HttpResponse.text(200, text));
  }
}
