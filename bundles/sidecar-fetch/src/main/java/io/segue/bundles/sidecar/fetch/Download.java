package io.segue.bundles.sidecar.fetch;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.segue.kernel.api.upgrade.Sidecar.Progress;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One download: from a URL, over admitted redirects, to a file that is named by its digest. The
 * file appears under its name only when it is whole, right and on the disk; until then it is {@code
 * incoming-*} beside it, which goes away with every failure, and after a kill at the next start.
 */
final class Download {
  /** How many times a server may send us elsewhere. */
  static final int MAX_REDIRECTS = 5;

  private final FetchRules rules;
  private final Progress progress;
  private final HttpClient client;

  Download(FetchRules rules, Progress progress) {
    this.rules = rules;
    this.progress = progress;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofMillis(rules.connectTimeoutMs))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** Downloads {@code url} to {@code directory}; see the class. */
  Path to(Path directory, String url, String sha256) throws SidecarException, InterruptedException {
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = ask(url);
    try (Body body = new Body(response.body(), rules.readTimeoutMs)) {
      return receive(body, response, directory, url, sha256);
    }
  }

  /** Asks, follows redirects, and answers with the first response that has the bytes. */
  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> ask(String url)
      throws SidecarException, InterruptedException {
    String at = url;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      URI uri = rules.admit(at);
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = send(uri);
      int status = response.statusCode();
      if (status == 200) {
        return response;
      }
      new Body(response.body(), rules.readTimeoutMs).close();
      String location = response.headers().firstValue("Location").orElse("");
      if (status / 100 != 3 || location.isEmpty()) {
        throw new SidecarException(
            "%s is not fetched: the server answers %d. Next: have its owner put the artifact there"
                    .formatted(at, status)
                + ", or deploy it by hand: upgrade:deploy <file>",
            true,
            null);
      }
      at = resolve(uri, location);
    }
    throw FetchRules.refused(
        url,
        "it is redirected more than " + MAX_REDIRECTS + " times",
        "have the plan's info name the artifact itself, or deploy it by hand");
  }

  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(URI uri)
      throws SidecarException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(Duration.ofMillis(rules.readTimeoutMs)).GET().build();
    try {
      return client.send(request, BodyHandlers.ofPublisher());
    } catch (IOException e) {
      throw broken(uri.toString(), e);
    }
  }

  private Path receive(
      Body body, HttpResponse<?> response, Path directory, String url, String sha256)
      throws SidecarException, InterruptedException {
    long declared = response.headers().firstValueAsLong("Content-Length").orElse(-1);
    if (declared > rules.maxBytes) {
      throw tooLarge(url, declared + " bytes");
    }
    Path part = null;
    try {
      Files.createDirectories(directory);
      part = Files.createTempFile(directory, "incoming-", "");
      String digest = write(body, part, url, declared);
      if (!digest.equals(sha256)) {
        throw FetchRules.refused(
            url,
            "its SHA-256 is " + digest + ", not " + sha256 + " as asked for",
            "compare both with what the publisher says; a wrong plan is cancelled by governance");
      }
      return Files.move(part, directory.resolve(sha256), ATOMIC_MOVE);
    } catch (ClosedByInterruptException e) {
      throw Digests.interrupted();
    } catch (IOException e) {
      throw new SidecarException(
          "%s is not kept: can't write to %s: %s. Next: free disk space or mend the folder's rights"
              .formatted(url, directory, e),
          true,
          e);
    } finally {
      deleteQuietly(part);
    }
  }

  /** Writes the body and answers with its digest. */
  private String write(Body body, Path part, String url, long declared)
      throws SidecarException, IOException, InterruptedException {
    MessageDigest digest = Digests.sha256();
    long done = 0;
    try (FileChannel file = FileChannel.open(part, StandardOpenOption.WRITE)) {
      progress.at(0, declared);
      for (List<ByteBuffer> piece = read(body, url, done);
          piece != null;
          piece = read(body, url, done)) {
        for (ByteBuffer bytes : piece) {
          done += bytes.remaining();
          if (done > rules.maxBytes) {
            throw tooLarge(url, "more than " + rules.maxBytes + " bytes");
          }
          digest.update(bytes.duplicate());
          while (bytes.hasRemaining()) {
            file.write(bytes);
          }
        }
        progress.at(done, declared);
      }
      file.force(true);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static @Nullable List<ByteBuffer> read(Body body, String url, long done)
      throws SidecarException, InterruptedException {
    try {
      return body.next();
    } catch (IOException e) {
      throw broken(url + " (after " + done + " bytes)", e);
    }
  }

  private SidecarException tooLarge(String url, String size) {
    return FetchRules.refused(
        url,
        "it has %s, and maxBytes is %d".formatted(size, rules.maxBytes),
        "raise maxBytes in " + FetchRules.FILE + " if the plan is right");
  }

  private static SidecarException broken(String what, IOException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new SidecarException(
        "%s is not fetched: %s. Next: check the network and the server, or deploy it by hand: "
                .formatted(what, reason)
            + "upgrade:deploy <file>",
        true,
        e);
  }

  private static String resolve(URI uri, String location) throws SidecarException {
    try {
      return uri.resolve(location).toString();
    } catch (IllegalArgumentException e) {
      throw FetchRules.refused(
          uri.toString(),
          "it is redirected to something that is no URL: " + location,
          "tell the server's owner, or deploy the artifact by hand: upgrade:deploy <file>");
    }
  }

  private static void deleteQuietly(@Nullable Path part) {
    try {
      if (part != null) {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      part.toFile().deleteOnExit();
    }
  }
}
