package io.segue.bundles.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AccessTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @Test
  void answersOnALoopbackAddressToNoNameThatAPageCanMake() {
    Access access = new Access(settings(), HERE);
    for (String host :
        List.of("localhost", "LOCALHOST:26657", "a.localhost", "127.0.0.1:26657", "[::1]:80")) {
      assertThat(access.answersTo(host)).as(host).isTrue();
    }
    assertThat(access.answersTo(null)).isTrue();
    for (String host : List.of("evil.example", "evil.example:26657", "localhost.evil.example")) {
      assertThat(access.answersTo(host)).as(host).isFalse();
    }
  }

  @Test
  void answersToNamesThatTheOperatorLists() throws Exception {
    Access some = new Access(settings().allowedHosts("RPC.chain.example"), HERE);
    assertThat(some.answersTo("rpc.chain.example:443")).isTrue();
    assertThat(some.answersTo("evil.example")).isFalse();
    assertThat(new Access(settings().allowedHosts("*"), HERE).answersTo("x.y")).isTrue();
    InetAddress open = InetAddress.getByName("0.0.0.0");
    assertThat(new Access(settings(), open).answersTo("rpc.chain.example")).isTrue();
    assertThat(new Access(settings().allowedHosts("a.b"), open).answersTo("c.d")).isFalse();
  }

  @Test
  void saysWhatItRefuses() throws Exception {
    try (HttpServer server =
            HttpServer.open(
                settings(),
                r -> CompletableFuture.completedFuture(HttpResponse.text(200, "secret")));
        RawClient client = new RawClient(server.port())) {
      client.send("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
      RawClient.Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body()).contains("evil.example").contains("allowedHosts");
    }
  }

  @Test
  void permitsPagesOfAllowedOriginsOnly() throws Exception {
    HttpSettings settings = settings().corsAllowedOrigins("https://wallet.example");
    try (HttpServer server =
            HttpServer.open(
                settings.corsAllowedHeaders(List.of("X-More")),
                r -> CompletableFuture.completedFuture(HttpResponse.text(200, "ok")));
        RawClient client = new RawClient(server.port())) {
      client.send(preflight("https://wallet.example"));
      String head = client.read().head();
      assertThat(head)
          .startsWith("HTTP/1.1 204 ")
          .contains("Access-Control-Allow-Origin: https://wallet.example")
          .contains("Access-Control-Allow-Methods: HEAD, GET, POST")
          .contains("Content-Type, X-Requested-With, X-Server-Time, X-More")
          .contains("Vary: Origin");
      client.send(preflight("https://evil.example"));
      assertThat(client.read().head()).doesNotContain("Access-Control");
      client.send("GET / HTTP/1.1\r\nHost: localhost\r\nOrigin: https://wallet.example\r\n\r\n");
      assertThat(client.read().head()).contains("Allow-Origin: https://wallet.example");
    }
    try (HttpServer server =
            HttpServer.open(
                settings(), r -> CompletableFuture.completedFuture(HttpResponse.text(200, "ok")));
        RawClient client = new RawClient(server.port())) {
      client.send(preflight("https://wallet.example"));
      assertThat(client.read().head()).startsWith("HTTP/1.1 204 ").doesNotContain("Access-Control");
    }
  }

  private static String preflight(String origin) {
    return "OPTIONS / HTTP/1.1\r\nHost: localhost\r\nOrigin: "
        + origin
        + "\r\nAccess-Control-Request-Method: POST\r\n\r\n";
  }

  private static HttpSettings settings() {
    return HttpSettings.of("test", "etc/test.cfg").listen("127.0.0.1", 0).threads(2);
  }
}
