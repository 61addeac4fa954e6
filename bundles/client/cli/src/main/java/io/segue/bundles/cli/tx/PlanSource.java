package io.segue.bundles.cli.tx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.nodes.Sha256;
import io.segue.kernel.api.node.FailureText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks, before a proposal costs a deposit and a vote, that what its plan's info names is there:
 * the URL answers, and with bytes of that SHA-256. The info is {@code
 * {"binaries":{"any":"<url>?checksum=sha256:<hex>"}}} or the URL of such JSON. Where it names
 * another sidecar than {@code fetch}, what comes of the URL is known to the nodes alone, and only
 * the form is checked.
 */
final class PlanSource {
  /** Most bytes of the JSON that an info may point to. */
  static final int MAX_JSON_BYTES = 1 << 20;

  private static final Pattern CHECKSUM = Pattern.compile("([?&])checksum=([^&]*)");
  private static final Pattern SHA256 = Pattern.compile("sha256:([0-9a-fA-F]{64})");
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final boolean checksumRequired;

  /** A check that lets URLs without a checksum pass where {@code checksumRequired} is false. */
  PlanSource(boolean checksumRequired) {
    this.checksumRequired = checksumRequired;
  }

  /**
   * Checks an info; an empty one names nothing, and operators deploy by hand.
   *
   * @throws CliException that names what is wrong
   */
  void check(String info) {
    String text = info.strip();
    if (text.isEmpty()) {
      return;
    }
    if (!text.startsWith("{")) {
      ByteArrayOutputStream json = new ByteArrayOutputStream();
      fetch(text, json, MAX_JSON_BYTES);
      text = json.toString(StandardCharsets.UTF_8);
    }
    String url = binary(text);
    if (isFetched(text)) {
      fetch(url, OutputStream.nullOutputStream(), Long.MAX_VALUE);
    } else {
      checksum(url);
    }
  }

  private static boolean isFetched(String json) {
    try {
      return Output.JSON
          .readTree(json)
          .path("sidecar")
          .path("name")
          .asText("fetch")
          .equals("fetch");
    } catch (JsonProcessingException e) {
      throw new CliException("the plan's info is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static String binary(String json) {
    String url;
    try {
      JsonNode info = Output.JSON.readTree(json);
      url = info.path("binaries").path("any").asText();
    } catch (JsonProcessingException e) {
      throw new CliException("the plan's info is no JSON: " + e.getOriginalMessage(), e);
    }
    if (url.isEmpty()) {
      throw new CliException(
          "the plan's info names no artifact; write"
              + " {\"binaries\":{\"any\":\"<url>?checksum=sha256:<hex>\"}}");
    }
    return url;
  }

  /** Fetches a URL without its checksum, and compares the bytes with it. */
  private void fetch(String url, OutputStream to, long maxBytes) {
    String expected = checksum(url);
    String found = download(url, to, maxBytes);
    if (!expected.isEmpty() && !found.equals(expected)) {
      throw new CliException(
          url + " answers with other bytes: their SHA-256 is " + found + "; correct the checksum");
    }
  }

  /** The digest that a URL carries; empty where it has none and needs none. */
  private String checksum(String url) {
    Matcher checksum = CHECKSUM.matcher(url);
    if (checksum.find()) {
      Matcher digest = SHA256.matcher(checksum.group(2));
      if (!digest.matches()) {
        throw new CliException(
            "the checksum in " + url + " is refused; write checksum=sha256:<64 hex digits>");
      }
      return digest.group(1).toLowerCase(Locale.ROOT);
    }
    if (checksumRequired) {
      throw new CliException(
          url
              + " has no checksum, and no node would take it; add ?checksum=sha256:<64 hex digits>,"
              + " or pass --no-checksum-required");
    }
    return "";
  }

  private String download(String url, OutputStream to, long maxBytes) {
    try {
      HttpRequest request = HttpRequest.newBuilder(bare(url)).timeout(TIMEOUT).build();
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new CliException(
              url
                  + " answers with HTTP "
                  + response.statusCode()
                  + "; correct it, or pass --no-validate");
        }
        DigestInputStream digest = new DigestInputStream(body, Sha256.newDigest());
        copy(url, digest, to, maxBytes);
        return HexFormat.of().formatHex(digest.getMessageDigest().digest());
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new CliException(
          url + " can't be fetched: " + FailureText.of(e) + "; correct it, or pass --no-validate",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException("interrupted while fetching " + url, e);
    }
  }

  private static void copy(String url, InputStream in, OutputStream out, long maxBytes)
      throws IOException {
    byte[] buffer = new byte[8192];
    long left = maxBytes;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      left -= read;
      if (left < 0) {
        throw new CliException(url + " has more than " + maxBytes + " bytes; it should be JSON");
      }
      out.write(buffer, 0, read);
    }
  }

  /** The URL without its checksum, as a sidecar asks for it. */
  private static URI bare(String url) {
    int query = url.indexOf('?');
    if (query < 0) {
      return URI.create(url);
    }
    String rest =
        Stream.of(url.substring(query + 1).split("&"))
            .filter(pair -> !pair.startsWith("checksum="))
            .collect(Collectors.joining("&"));
    return URI.create(url.substring(0, query) + (rest.isEmpty() ? "" : "?" + rest));
  }
}
