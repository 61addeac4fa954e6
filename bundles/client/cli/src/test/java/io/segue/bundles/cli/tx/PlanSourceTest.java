package io.segue.bundles.cli.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.segue.bundles.cli.console.CliException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlanSourceTest {
  private final PlanSource source = new PlanSource(true);
  private final Map<String, String> files = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          String file = files.get(exchange.getRequestURI().getPath());
          byte[] body = (file == null ? "none" : file).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(file == null ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void passesWhereTheUrlAnswersWithThoseBytes() {
    files.put("/v2.zip", "bundles");
    assertThatCode(() -> source.check(info("/v2.zip", sha256("bundles"))))
        .doesNotThrowAnyException();
    assertThat(asked).containsExactly("/v2.zip");
  }

  @Test
  void followsAnInfoThatIsTheUrlOfJson() {
    files.put("/v2.zip", "bundles");
    String json = info("/v2.zip", sha256("bundles"));
    files.put("/v2.json", json);
    assertThatCode(() -> source.check(url("/v2.json", sha256(json)))).doesNotThrowAnyException();
    assertThat(asked).containsExactly("/v2.json", "/v2.zip");
  }

  @Test
  void keepsTheRestOfTheQuery() {
    files.put("/v2.zip", "bundles");
    source.check(
        "{\"binaries\":{\"any\":\""
            + base()
            + "/v2.zip?a=1&checksum=sha256:"
            + sha256("bundles")
            + "&b=2\"}}");
    assertThat(asked).containsExactly("/v2.zip?a=1&b=2");
  }

  @Test
  void refusesOtherBytesAndNamesTheirDigest() {
    files.put("/v2.zip", "others");
    assertThatThrownBy(() -> source.check(info("/v2.zip", sha256("bundles"))))
        .isInstanceOf(CliException.class)
        .hasMessageContaining(sha256("others"));
  }

  @Test
  void refusesAUrlThatDoesNotAnswer() {
    assertThatThrownBy(() -> source.check(info("/v3.zip", sha256("bundles"))))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("HTTP 404")
        .hasMessageContaining("--no-validate");
  }

  @Test
  void asksForAChecksumUnlessTold() {
    files.put("/v2.zip", "bundles");
    String info = "{\"binaries\":{\"any\":\"" + base() + "/v2.zip\"}}";
    assertThatThrownBy(() -> source.check(info))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("has no checksum");
    assertThatCode(() -> new PlanSource(false).check(info)).doesNotThrowAnyException();
  }

  @Test
  void refusesAnInfoWithoutArtifact() {
    assertThatThrownBy(() -> source.check("{\"binaries\":{\"linux/amd64\":\"x\"}}"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("names no artifact");
  }

  @Test
  void asksNoUrlWhereAnotherSidecarWorksFromIt() {
    String info =
        "{\"sidecar\":{\"name\":\"build\",\"commit\":\"c\"},"
            + "\"binaries\":{\"any\":\"https://nowhere.invalid/chain.git%s\"}}";
    new PlanSource(true).check(info.formatted("?checksum=sha256:" + "a".repeat(64)));

    assertThatThrownBy(() -> new PlanSource(true).check(info.formatted("")))
        .hasMessageContaining("has no checksum");
  }

  @Test
  void letsAnEmptyInfoPassAsOperatorsThenDeployByHand() {
    assertThatCode(() -> source.check("  ")).doesNotThrowAnyException();
  }

  private String info(String path, String sha256) {
    return "{\"binaries\":{\"any\":\"" + url(path, sha256) + "\"}}";
  }

  private String url(String path, String sha256) {
    return base() + path + "?checksum=sha256:" + sha256;
  }

  private String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
