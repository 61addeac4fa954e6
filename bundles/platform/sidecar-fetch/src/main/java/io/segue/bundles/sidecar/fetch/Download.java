package io.segue.bundles.sidecar.fetch;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.segue.kernel.api.node.FailureText;
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
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One download: from a URL, over admitted redirects, to a file that is named by its digest. The
 * file appears under its name only when it is whole, right and on the disk. What has come until
 * then is a {@link PartialFile}: where the connection breaks, the next try asks for the rest, if
 * the server names the version of what it sends. Bytes that turn out wrong are removed, and where
 * they were gone on with the whole is fetched once more.
 */
final class Download {
  /** How many times a server may send us elsewhere. */
  static final int MAX_REDIRECTS = 5;

  private static final int WHOLE = 200;
  private static final int PARTIAL = 206;
  private static final int NO_SUCH_RANGE = 416;

  private static final Logger log = LoggerFactory.getLogger(Download.class);

  private final FetchRules rules;
  private final Progress progress;
  private final HttpClient client;
  private final Pace pace;

  Download(FetchRules rules, Progress progress) {
    this.rules = rules;
    this.pace = new Pace(rules, System::nanoTime);
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
    try {
      Files.createDirectories(directory);
      PartialFile part = PartialFile.of(directory.resolveSibling("fetch"), sha256);
      Optional<PartialFile.Rest> rest = part.rest(url);
      String digest = fetch(part, url, rest);
      if (!digest.equals(sha256) && rest.isPresent()) {
        log.warn("{} was gone on with and is not what was asked for; fetching all of it", url);
        digest = fetch(part, url, Optional.empty());
      }
      if (!digest.equals(sha256)) {
        part.delete();
        throw FetchRules.refused(
            url,
            "its SHA-256 is " + digest + ", not " + sha256 + " as asked for",
            "compare both with what the publisher says; a wrong plan is cancelled by governance");
      }
      Path file = Files.move(part.file(), directory.resolve(sha256), ATOMIC_MOVE);
      part.moved();
      return file;
    } catch (ClosedByInterruptException e) {
      throw Digests.interrupted();
    } catch (IOException e) {
      throw new SidecarException(
          "%s is not kept: can't write to %s: %s. Next: free disk space or fix the folder's rights"
              .formatted(url, directory, FailureText.of(e)),
          true,
          e);
    }
  }

  /** Brings the rest, or the whole, and answers with the digest of the whole. */
  private String fetch(PartialFile part, String url, Optional<PartialFile.Rest> rest)
      throws SidecarException, IOException, InterruptedException {
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = ask(url, rest);
    try (ResponseBody body = new ResponseBody(response.body())) {
      long there = 0;
      if (response.statusCode() == PARTIAL) {
        there = rest.orElseThrow().bytes();
        requireRest(part, url, there, response);
        log.info("Going on with {} at byte {}", url, there);
      } else {
        part.begin(url, validator(response));
      }
      long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      long declared = length < 0 ? -1 : there + length;
      if (declared > rules.maxBytes) {
        part.delete();
        throw tooLarge(url, declared + " bytes");
      }
      return write(body, part, url, there, declared);
    }
  }

  private static void requireRest(
      PartialFile part, String url, long there, HttpResponse<?> response)
      throws SidecarException, IOException {
    String range = response.headers().firstValue("Content-Range").orElse("");
    if (!range.startsWith("bytes " + there + "-")) {
      part.delete();
      throw new SidecarException(
          "%s is not fetched: asked for the bytes from %d on, the server sends \"%s\". Next: it is"
                  .formatted(url, there, range)
              + " tried again from the start",
          true,
          null);
    }
  }

  /** What the server calls this version of the bytes: a strong ETag, else a date. */
  private static Optional<String> validator(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("ETag")
        .filter(tag -> tag.startsWith("\""))
        .or(() -> response.headers().firstValue("Last-Modified"))
        .filter(text -> text.chars().allMatch(c -> c >= ' ' && c < 0x7f));
  }

  /** Asks, follows redirects, and answers with the first response that has the bytes. */
  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> ask(
      String url, Optional<PartialFile.Rest> rest) throws SidecarException, InterruptedException {
    pace.begin(0);
    String at = url;
    Optional<PartialFile.Rest> wanted = rest;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      URI uri = at.equals(url) ? rules.admit(at) : rules.admitRedirect(at);
      pace.require(at, 0);
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = send(uri, wanted);
      int status = response.statusCode();
      if (status == WHOLE || (status == PARTIAL && wanted.isPresent())) {
        return response;
      }
      new ResponseBody(response.body()).close();
      if (status == NO_SUCH_RANGE && wanted.isPresent()) {
        wanted = Optional.empty();
        continue;
      }
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

  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(
      URI uri, Optional<PartialFile.Rest> rest) throws SidecarException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(Duration.ofMillis(pace.silenceMs())).GET();
    rest.ifPresent(
        part ->
            request
                .header("Range", "bytes=" + part.bytes() + "-")
                .header("If-Range", part.validator()));
    try {
      return client.send(request.build(), BodyHandlers.ofPublisher());
    } catch (IOException e) {
      pace.require(uri.toString(), 0);
      throw broken(uri.toString(), e);
    }
  }

  /** Appends the body and answers with the digest of the whole. */
  private String write(ResponseBody body, PartialFile part, String url, long there, long declared)
      throws SidecarException, IOException, InterruptedException {
    MessageDigest digest = Digests.sha256();
    if (there > 0) {
      Digests.update(digest, part.file());
    }
    long done = there;
    pace.begin(done);
    try (FileChannel file = part.append()) {
      progress.at(done, declared);
      for (List<ByteBuffer> piece = read(body, url, done);
          piece != null;
          piece = read(body, url, done)) {
        for (ByteBuffer bytes : piece) {
          done += bytes.remaining();
          if (done > rules.maxBytes) {
            part.delete();
            throw tooLarge(url, "more than " + rules.maxBytes + " bytes");
          }
          digest.update(bytes.duplicate());
          while (bytes.hasRemaining()) {
            file.write(bytes);
          }
        }
        progress.at(done, declared);
        pace.require(url, done);
      }
      file.force(true);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private @Nullable List<ByteBuffer> read(ResponseBody body, String url, long done)
      throws SidecarException, InterruptedException {
    try {
      return body.next(pace.silenceMs());
    } catch (IOException e) {
      pace.require(url, done); // it may be the whole time that was over
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
}
