package io.segue.bundles.sidecar.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.Sidecar.Task;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class FetchSidecarTest {
  private static final byte[] ARTIFACT = randomBytes(300_000);
  private static final String DIGEST = sha256(ARTIFACT);

  private final Path store;
  private TestServer server;

  FetchSidecarTest(@TempDir Path store) {
    this.store = store;
  }

  @BeforeEach
  void startServer() throws IOException {
    server = new TestServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void bringsTheArtifactUnderTheNameOfItsDigest() throws Exception {
    String url = server.serve("/v2.zip", ARTIFACT);
    List<Long> progress = new ArrayList<>();

    Path file = sidecar().run(task(url, DIGEST), (done, total) -> progress.add(done));

    assertThat(file).isEqualTo(store.resolve(DIGEST)).hasBinaryContent(ARTIFACT);
    assertThat(progress).isSorted().startsWith(0L).endsWith((long) ARTIFACT.length);
    assertThat(filesInStore()).containsExactly(DIGEST);
  }

  @Test
  void bringsAnArtifactOfUndeclaredLength() throws Exception {
    String url =
        server.serve(
            "/chunked",
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write(ARTIFACT);
            });
    List<Long> totals = new ArrayList<>();

    Path file = sidecar().run(task(url, DIGEST), (done, total) -> totals.add(total));

    assertThat(file).hasBinaryContent(ARTIFACT);
    assertThat(totals).containsOnly(-1L);
  }

  @Test
  void makesTheStoreWhereItIsMissing() throws Exception {
    Path fresh = store.resolve("data").resolve("artifacts");
    String url = server.serve("/v2.zip", ARTIFACT);

    Path file =
        sidecar().run(new Task(plan(), url, DIGEST, Map.of(), fresh), FetchSidecarTest::ignore);

    assertThat(file).isEqualTo(fresh.resolve(DIGEST)).hasBinaryContent(ARTIFACT);
  }

  @Test
  void doesNotDownloadWhatTheStoreHas() throws Exception {
    String url = server.serve("/v2.zip", ARTIFACT);
    Files.write(store.resolve(DIGEST), ARTIFACT);

    Path file = sidecar().run(task(url, DIGEST), FetchSidecarTest::ignore);

    assertThat(file).isEqualTo(store.resolve(DIGEST));
    assertThat(server.requests()).isZero();
  }

  @Test
  void downloadsAgainWhatIsDamagedInTheStore() throws Exception {
    String url = server.serve("/v2.zip", ARTIFACT);
    Files.write(store.resolve(DIGEST), new byte[] {1, 2, 3});

    Path file = sidecar().run(task(url, DIGEST), FetchSidecarTest::ignore);

    assertThat(file).hasBinaryContent(ARTIFACT);
    assertThat(server.requests()).isOne();
  }

  @Test
  void refusesOtherBytesThanThePlanNames() throws Exception {
    String url = server.serve("/v2.zip", ARTIFACT);
    String other = "0".repeat(64);

    SidecarException refusal = refusal(sidecar(), url, other);

    assertThat(refusal).hasMessageContaining(url).hasMessageContaining(DIGEST);
    assertThat(refusal).hasMessageContaining(other).hasMessageContaining("Next: ");
    assertThat(refusal.retry()).isFalse();
    assertThat(filesInStore()).isEmpty();
  }

  @Test
  void refusesATaskWithoutADigest() {
    SidecarException refusal = refusal(sidecar(), server.serve("/v2.zip", ARTIFACT), "");

    assertThat(refusal).hasMessageContaining("?checksum=sha256:");
    assertThat(refusal.retry()).isFalse();
    assertThat(server.requests()).isZero();
  }

  @Test
  void refusesAnArtifactThatDeclaresMoreThanTheLimit() throws Exception {
    String url = server.serve("/v2.zip", ARTIFACT);

    SidecarException refusal = refusal(sidecar("maxBytes", 299_999L), url, DIGEST);

    assertThat(refusal).hasMessageContaining("300000 bytes").hasMessageContaining("299999");
    assertThat(refusal).hasMessageContaining("raise maxBytes in etc/io.segue.sidecar.fetch.cfg");
    assertThat(refusal.retry()).isFalse();
    assertThat(filesInStore()).isEmpty();
  }

  @Test
  void stopsAnArtifactThatGrowsBeyondTheLimit() throws Exception {
    String url =
        server.serve(
            "/endless",
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                  body.write(ARTIFACT);
                }
              }
            });

    SidecarException refusal = refusal(sidecar("maxBytes", 1_000_000L), url, DIGEST);

    assertThat(refusal).hasMessageContaining("more than 1000000 bytes");
    assertThat(refusal.retry()).isFalse();
    assertThat(filesInStore()).isEmpty();
  }

  @Test
  void takesAnArtifactOfExactlyTheLimit() throws Exception {
    String url = server.serve("/v2.zip", ARTIFACT);

    assertThat(sidecar("maxBytes", 300_000L).run(task(url, DIGEST), FetchSidecarTest::ignore))
        .exists();
  }

  @Test
  void triesLaterWhereTheServerDoesNotHaveIt() throws Exception {
    String url =
        server.serve("/none", exchange -> exchange.sendResponseHeaders(404, -1)) + "?token=1";

    SidecarException refusal = refusal(sidecar(), url, DIGEST);

    assertThat(refusal).hasMessageContaining(url).hasMessageContaining("answers 404");
    assertThat(refusal).hasMessageContaining("upgrade:deploy <file>");
    assertThat(refusal.retry()).isTrue();
  }

  @Test
  void triesLaterWhereTheConnectionIsCut() throws Exception {
    String url =
        server.serve(
            "/cut",
            exchange -> {
              exchange.sendResponseHeaders(200, ARTIFACT.length);
              exchange.getResponseBody().write(ARTIFACT, 0, 100_000);
              exchange.getResponseBody().flush();
            });

    SidecarException refusal = refusal(sidecar(), url, DIGEST);

    assertThat(refusal).hasMessageContaining("is not fetched");
    assertThat(refusal.retry()).isTrue();
    assertThat(filesInStore()).isEmpty();
  }

  @Test
  void triesLaterWhereTheServerFallsSilent() throws Exception {
    CountDownLatch testOver = new CountDownLatch(1);
    String url =
        server.serve(
            "/slow",
            exchange -> {
              exchange.sendResponseHeaders(200, ARTIFACT.length);
              exchange.getResponseBody().write(ARTIFACT, 0, 100_000);
              exchange.getResponseBody().flush();
              await(testOver);
            });

    SidecarException refusal = refusal(sidecar("readTimeoutMs", 200), url, DIGEST);
    testOver.countDown();

    assertThat(refusal).hasMessageContaining("nothing received for 200 ms");
    assertThat(refusal).hasMessageContaining("after 100000 bytes");
    assertThat(refusal.retry()).isTrue();
    assertThat(filesInStore()).isEmpty();
  }

  @Test
  void triesLaterWhereTheServerNeverAnswers() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/v2.zip";

      SidecarException refusal = refusal(sidecar("readTimeoutMs", 200), url, DIGEST);

      assertThat(refusal.retry()).isTrue();
    }
  }

  @Test
  void triesLaterWhereNobodyListens() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }

    SidecarException refusal = refusal(sidecar(), "http://127.0.0.1:" + closed + "/v2.zip", DIGEST);

    assertThat(refusal).hasMessageContaining("is not fetched");
    assertThat(refusal.retry()).isTrue();
  }

  @Test
  void triesLaterWhereTheServerSpeaksNonsense() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture.runAsync(() -> answerNonsense(socket));

      SidecarException refusal =
          refusal(sidecar(), "http://127.0.0.1:" + socket.getLocalPort() + "/", DIGEST);

      assertThat(refusal.retry()).isTrue();
    }
  }

  @Test
  void followsARedirect() throws Exception {
    server.serve("/real", ARTIFACT);
    server.redirect("/moved", "/real");

    try (Elsewhere host = new Elsewhere(server)) {
      assertThat(
              sidecar("schemes", "http")
                  .run(task(host.url("/moved"), DIGEST), FetchSidecarTest::ignore))
          .hasBinaryContent(ARTIFACT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https,http-loopback", "http"})
  void neverFollowsARedirectToThisMachine(String schemes) throws Exception {
    String real = server.serve("/real", ARTIFACT);
    String own = server.redirect("/moved", real);
    int port = URI.create(real).getPort();
    server.redirect("/localhost", "http://localhost:" + port + "/real");
    server.redirect("/any", "http://0.0.0.0:" + port + "/real");
    server.redirect("/mapped", "http://[::ffff:127.0.0.1]:" + port + "/real");

    try (Elsewhere host = new Elsewhere(server)) {
      List<String> urls =
          schemes.equals("http")
              ? List.of(own, host.url("/localhost"), host.url("/any"), host.url("/mapped"))
              : List.of(own);
      for (String url : urls) {
        SidecarException refusal = refusal(sidecar("schemes", schemes), url, DIGEST);
        assertThat(refusal).hasMessageContaining("a server redirects to this machine");
        assertThat(refusal.retry()).isFalse();
      }
      assertThat(server.requests()).isEqualTo(urls.size());
    }
  }

  @Test
  void refusesARedirectToAForbiddenHost() throws Exception {
    String url = server.redirect("/moved", "https://other.example.org/v2.zip");

    SidecarException refusal = refusal(sidecar("hosts", "127.0.0.1"), url, DIGEST);

    assertThat(refusal).hasMessageContaining("host other.example.org is not among those allowed");
    assertThat(refusal.retry()).isFalse();
  }

  @Test
  void refusesARedirectFromLoopbackToHttpElsewhere() throws Exception {
    String url = server.redirect("/moved", "http://192.0.2.1/v2.zip");

    SidecarException refusal = refusal(sidecar(), url, DIGEST);

    assertThat(refusal).hasMessageContaining("http://192.0.2.1/v2.zip");
    assertThat(refusal).hasMessageContaining("its scheme is not among those allowed here");
  }

  @Test
  void refusesToBeSentRoundInCircles() throws Exception {
    server.redirect("/round", "/round");

    try (Elsewhere host = new Elsewhere(server)) {
      SidecarException refusal = refusal(sidecar("schemes", "http"), host.url("/round"), DIGEST);

      assertThat(refusal).hasMessageContaining("redirected more than 5 times");
      assertThat(refusal.retry()).isFalse();
      assertThat(server.requests()).isEqualTo(Download.MAX_REDIRECTS + 1);
    }
  }

  @Test
  void aDownloadDoesNotWaitForAnotherOne() throws Exception {
    FetchSidecar sidecar = sidecar();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    byte[] other = randomBytes(1_000);
    String slow =
        server.serve(
            "/slow",
            exchange -> {
              asked.countDown();
              await(goOn);
              exchange.sendResponseHeaders(200, ARTIFACT.length);
              exchange.getResponseBody().write(ARTIFACT);
            });
    String quick = server.serve("/quick", other);
    CompletableFuture<Path> first =
        CompletableFuture.supplyAsync(() -> run(sidecar, task(slow, DIGEST)));
    CompletableFuture<Path> same =
        asked.await(20, TimeUnit.SECONDS)
            ? CompletableFuture.supplyAsync(() -> run(sidecar, task(slow, DIGEST)))
            : CompletableFuture.failedFuture(new AssertionError("nobody asked"));

    assertThat(sidecar.run(task(quick, sha256(other)), FetchSidecarTest::ignore))
        .hasBinaryContent(other);

    assertThat(first).isNotDone();
    goOn.countDown();
    assertThat(first.get()).hasBinaryContent(ARTIFACT);
    assertThat(same.get()).isEqualTo(first.get());
    assertThat(server.requests()).as("the same artifact is brought once").isEqualTo(2);
  }

  @Test
  void aServerThatSendsAByteNowAndThenIsGivenUp() throws Exception {
    CountDownLatch testOver = new CountDownLatch(1);
    String url = server.serve("/drip", exchange -> drip(exchange, testOver));

    SidecarException tooSlow =
        refusal(sidecar("rateWindowMs", 50, "minBytesPerSecond", 1_000_000L), url, DIGEST);
    SidecarException tooLong =
        refusal(sidecar("downloadTimeoutMs", 200L, "minBytesPerSecond", 0L), url, DIGEST);
    testOver.countDown();

    assertThat(tooSlow).hasMessageContaining("less than minBytesPerSecond = 1000000");
    assertThat(tooSlow.retry()).isTrue();
    assertThat(tooLong).hasMessageContaining("longer than downloadTimeoutMs = 200");
    assertThat(tooLong.retry()).isTrue();
  }

  @Test
  void stopsSoonAfterAnInterrupt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch testOver = new CountDownLatch(1);
    String url =
        server.serve(
            "/slow",
            exchange -> {
              exchange.sendResponseHeaders(200, ARTIFACT.length);
              exchange.getResponseBody().write(ARTIFACT, 0, 100_000);
              exchange.getResponseBody().flush();
              await(testOver);
            });
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    Thread runner =
        new Thread(
            () -> {
              try {
                sidecar().run(task(url, DIGEST), (done, total) -> begun.countDown());
              } catch (SidecarException | InterruptedException e) {
                outcome.complete(e);
              }
            });
    runner.start();
    await(begun);

    runner.interrupt();

    assertThat(outcome.get(5, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    testOver.countDown();
    runner.join();
    assertThat(filesInStore()).isEmpty();
  }

  private static FetchSidecar sidecar(Object... keysAndValues) {
    return new FetchSidecar(TestSettings.of(keysAndValues));
  }

  private SidecarException refusal(FetchSidecar sidecar, String url, String sha256) {
    return catchThrowableOfType(
        SidecarException.class, () -> sidecar.run(task(url, sha256), FetchSidecarTest::ignore));
  }

  private Task task(String url, String sha256) {
    return new Task(plan(), url, sha256, Map.of(), store);
  }

  private static Plan plan() {
    return new Plan("v2", 100, "");
  }

  private static void drip(HttpExchange exchange, CountDownLatch testOver) throws IOException {
    exchange.sendResponseHeaders(200, ARTIFACT.length);
    try {
      for (byte b : ARTIFACT) {
        exchange.getResponseBody().write(b);
        exchange.getResponseBody().flush();
        if (testOver.await(5, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path run(FetchSidecar sidecar, Task task) {
    try {
      return sidecar.run(task, FetchSidecarTest::ignore);
    } catch (SidecarException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void ignore(long done, long total) {}

  private List<String> filesInStore() throws IOException {
    try (Stream<Path> files = Files.list(store)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answerNonsense(ServerSocket server) {
    try (Socket socket = server.accept();
        InputStream in = socket.getInputStream()) {
      in.read();
      socket.getOutputStream().write("what?\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Digests.sha256().digest(bytes));
  }
}
