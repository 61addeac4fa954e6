package io.segue.bundles.sidecar.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.Sidecar.Task;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that break, and servers that do or do not go on where they broke. */
class ResumeTest {
  private static final byte[] ARTIFACT = bytes(1);
  private static final byte[] OTHER = bytes(2);
  private static final String DIGEST = digest(ARTIFACT);
  private static final int CUT = 120_000;

  @TempDir Path data;
  private final List<String> asked = new ArrayList<>();
  private final List<Long> progress = new ArrayList<>();
  private TestServer server;
  private boolean cut = true;
  private boolean ranges = true;
  private String tag = "\"one\"";
  private byte[] body = ARTIFACT;
  private String url;

  @BeforeEach
  void startServer() throws IOException {
    server = new TestServer();
    url = server.serve("/v2.zip", this::answer);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void goesOnWhereTheConnectionBroke() throws Exception {
    breakOff();

    Path file = run();

    assertThat(file).hasBinaryContent(ARTIFACT);
    assertThat(asked).containsExactly("null null", "bytes=" + CUT + "- \"one\"");
    assertThat(progress.get(0)).isEqualTo(CUT);
    assertThat(data.resolve("fetch")).isEmptyDirectory();
  }

  @Test
  void goesOnInANewSidecarAfterTheNodeWasKilled() throws Exception {
    breakOff();
    assertThat(data.resolve("fetch").resolve(DIGEST + ".part")).hasSize(CUT);

    assertThat(new FetchSidecar(TestSettings.of()).run(task(url), (d, t) -> {}))
        .hasBinaryContent(ARTIFACT);
  }

  @Test
  void beginsAnewWhereTheServerHasAnotherVersion() throws Exception {
    body = OTHER;
    breakOff();

    body = ARTIFACT;
    tag = "\"two\"";

    assertThat(run()).hasBinaryContent(ARTIFACT);
    assertThat(progress.get(0)).isZero();
  }

  @Test
  void fetchesAllOnceMoreWhereAServerMixesVersionsUnderOneTag() throws Exception {
    body = OTHER;
    breakOff();

    body = ARTIFACT;

    assertThat(run()).hasBinaryContent(ARTIFACT);
    assertThat(asked).hasSize(3).last().isEqualTo("null null");
  }

  @Test
  void beginsAnewWhereTheServerKnowsNoRanges() throws Exception {
    breakOff();
    ranges = false;

    assertThat(run()).hasBinaryContent(ARTIFACT);
  }

  @Test
  void beginsAnewWhereTheServerNamesNoVersion() throws Exception {
    tag = "";
    breakOff();

    assertThat(run()).hasBinaryContent(ARTIFACT);
    assertThat(asked).containsExactly("null null", "null null");
  }

  @Test
  void trustsNoWeakTag() throws Exception {
    tag = "W/\"one\"";
    breakOff();
    run();

    assertThat(asked).containsExactly("null null", "null null");
  }

  @Test
  void beginsAnewWhereAnotherUrlIsAsked() throws Exception {
    breakOff();
    cut = false;
    String mirror = server.serve("/mirror.zip", this::answer);

    assertThat(sidecar().run(task(mirror), (d, t) -> {})).hasBinaryContent(ARTIFACT);
    assertThat(asked).containsExactly("null null", "null null");
  }

  @Test
  void beginsAnewWhereThePartIsLongerThanTheWhole() throws Exception {
    breakOff();
    Path part = data.resolve("fetch").resolve(DIGEST + ".part");
    Files.write(part, new byte[ARTIFACT.length + 1]);

    assertThat(run()).hasBinaryContent(ARTIFACT);
  }

  @Test
  void keepsTheLimitOfTheWhole() throws Exception {
    breakOff();
    cut = false;

    assertThatThrownBy(
            () ->
                new FetchSidecar(TestSettings.of("maxBytes", (long) ARTIFACT.length - 1))
                    .run(task(url), (d, t) -> {}))
        .hasMessageContaining("it has " + ARTIFACT.length + " bytes, and maxBytes is");
    assertThat(data.resolve("fetch")).isEmptyDirectory();
  }

  @Test
  void keepsNothingOfBytesThatAreWrong() {
    body = OTHER;
    cut = false;

    assertThatThrownBy(this::run).hasMessageContaining("its SHA-256 is " + digest(OTHER));
    assertThat(data.resolve("fetch")).isEmptyDirectory();
  }

  @Test
  void removesPartsThatNobodyWentOnWith() throws Exception {
    Path forgotten =
        Files.createDirectories(data.resolve("fetch")).resolve("a".repeat(64) + ".part");
    Files.write(forgotten, new byte[3]);
    Files.setLastModifiedTime(
        forgotten, FileTime.from(Instant.now().minus(PartialFile.KEPT.plusHours(1))));
    cut = false;

    run();

    assertThat(forgotten).doesNotExist();
  }

  private void breakOff() {
    assertThatThrownBy(this::run)
        .hasMessageContaining("(after " + CUT + " bytes)")
        .matches(e -> ((SidecarException) e).retry());
    progress.clear();
    cut = false;
  }

  private Path run() throws SidecarException, InterruptedException {
    return sidecar().run(task(url), (done, total) -> progress.add(done));
  }

  private static FetchSidecar sidecar() {
    return new FetchSidecar(TestSettings.of());
  }

  private Task task(String from) {
    return new Task(new Plan("v2", 100, ""), from, DIGEST, Map.of(), data.resolve("artifacts"));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
    asked.add(range + " " + ifRange);
    if (!tag.isEmpty()) {
      exchange.getResponseHeaders().add("ETag", tag);
    }
    int from = 0;
    if (ranges && range != null && tag.equals(ifRange)) {
      from = Integer.parseInt(range.replaceAll("\\D", ""));
      if (from >= body.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes " + from + "-" + (body.length - 1) + "/" + body.length);
      exchange.sendResponseHeaders(206, body.length - from);
    } else {
      exchange.sendResponseHeaders(200, body.length);
    }
    exchange.getResponseBody().write(body, from, (cut ? CUT : body.length) - from);
    exchange.getResponseBody().flush();
  }

  private static byte[] bytes(int seed) {
    byte[] bytes = new byte[300_000];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static String digest(byte[] bytes) {
    return HexFormat.of().formatHex(Digests.sha256().digest(bytes));
  }
}
