package io.segue.bundles.http;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where a server listens, who may ask it, and its limits. Every limit has a default; a value out of
 * range is refused with an {@link IllegalArgumentException} that names key, file and range. To be
 * filled by one thread, before the server is opened.
 */
public final class HttpSettings {
  private static final int MAX_PORT = 65535;
  private static final int MAX_SECONDS = 3600;
  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;
  private static final List<String> USUAL_HEADERS =
      List.of("Origin", "Accept", "Content-Type", "X-Requested-With", "X-Server-Time");

  final String name;
  final String file;
  String host = "127.0.0.1";
  int port;
  List<String> corsAllowedOrigins = List.of();
  List<String> corsAllowedHeaders = USUAL_HEADERS;
  List<String> allowedHosts = List.of();
  int threads = 16;
  int maxQueuedRequests = 1024;
  int maxBodyBytes = 1_000_000;
  int maxHeaderBytes = 64 * KIB;
  int maxOpenConnections = 900;
  int maxBufferedBytes = 128 * MIB;
  int requestTimeoutSeconds = 10;
  int answerTimeoutSeconds = 30;
  int idleTimeoutSeconds = 60;
  int maxWebSocketQueueBytes = 4 * MIB;
  int webSocketPingSeconds = 27;
  int webSocketSilenceSeconds = 30;

  private HttpSettings(String name, String file) {
    this.name = name;
    this.file = file;
  }

  /**
   * The defaults.
   *
   * @param name what threads and lines of the log begin with, such as {@code rpc}
   * @param file the file that the settings come from, for errors
   */
  public static HttpSettings of(String name, String file) {
    return new HttpSettings(name, file);
  }

  /** The address to listen on. */
  public String host() {
    return host;
  }

  /** The port to listen on; 0 takes a free one. */
  public int port() {
    return port;
  }

  /** Threads that answer requests. */
  public int threads() {
    return threads;
  }

  /** Address and port to listen on; port 0 takes a free one. */
  public HttpSettings listen(String address, int newPort) {
    host = address;
    port = within("port", newPort, 0, MAX_PORT);
    return this;
  }

  /** Origins that browsers may call from, {@code *} for any. None: no answer has CORS headers. */
  public HttpSettings corsAllowedOrigins(String... origins) {
    corsAllowedOrigins = list(origins);
    return this;
  }

  /** Headers that browsers may send from an allowed origin, beside the usual ones. */
  public HttpSettings corsAllowedHeaders(List<String> more) {
    corsAllowedHeaders = Stream.concat(USUAL_HEADERS.stream(), more.stream()).toList();
    return this;
  }

  /**
   * Names that clients may call this server by, {@code *} for any; see {@link Access} for those
   * that need no mention.
   */
  public HttpSettings allowedHosts(String... hosts) {
    allowedHosts = list(hosts).stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    return this;
  }

  /** Threads that answer requests. */
  public HttpSettings threads(int count) {
    threads = within("threads", count, 1, 256);
    return this;
  }

  /** Requests that may wait for a thread; of more each is answered with 503 at once. */
  public HttpSettings maxQueuedRequests(int count) {
    maxQueuedRequests = within("maxQueuedRequests", count, 1, 100_000);
    return this;
  }

  /** Most bytes of a request's body, and of a message on a WebSocket. */
  public HttpSettings maxBodyBytes(int bytes) {
    maxBodyBytes = within("maxBodyBytes", bytes, KIB, 64 * MIB);
    return this;
  }

  /** Most bytes of a request's line, and of all its headers. */
  public HttpSettings maxHeaderBytes(int bytes) {
    maxHeaderBytes = within("maxHeaderBytes", bytes, KIB, MIB);
    return this;
  }

  /**
   * Connections at once. For one more an idle one is closed, or one whose client takes longer than
   * a second to send its request or to take its answer; else it is answered with 503.
   */
  public HttpSettings maxOpenConnections(int count) {
    maxOpenConnections = within("maxOpenConnections", count, 1, 100_000);
    return this;
  }

  /**
   * Bytes of requests and answers that all clients together may have waiting here, beyond {@link
   * MemoryBudget#FREE_BYTES} of each.
   */
  public HttpSettings maxBufferedBytes(int bytes) {
    maxBufferedBytes = within("maxBufferedBytes", bytes, MIB, Integer.MAX_VALUE);
    return this;
  }

  /** Time from the first byte of a request to its last. */
  public HttpSettings requestTimeoutSeconds(int seconds) {
    requestTimeoutSeconds = within("requestTimeoutSeconds", seconds, 1, MAX_SECONDS);
    return this;
  }

  /** Time for a client to read an answer. */
  public HttpSettings answerTimeoutSeconds(int seconds) {
    answerTimeoutSeconds = within("answerTimeoutSeconds", seconds, 1, MAX_SECONDS);
    return this;
  }

  /** Time that a connection stays open without a request. */
  public HttpSettings idleTimeoutSeconds(int seconds) {
    idleTimeoutSeconds = within("idleTimeoutSeconds", seconds, 1, MAX_SECONDS);
    return this;
  }

  /** Bytes that may wait for one client of a WebSocket; who is further behind is dropped. */
  public HttpSettings maxWebSocketQueueBytes(int bytes) {
    maxWebSocketQueueBytes = within("maxWebSocketQueueBytes", bytes, KIB, 1024 * MIB);
    return this;
  }

  /** Time between pings, and the silence after which a client of a WebSocket is dropped. */
  public HttpSettings webSocketTimes(int pingSeconds, int silenceSeconds) {
    webSocketPingSeconds = within("webSocketPingSeconds", pingSeconds, 1, MAX_SECONDS);
    webSocketSilenceSeconds = within("webSocketSilenceSeconds", silenceSeconds, 1, MAX_SECONDS);
    return this;
  }

  /** Each value may be several, with commas between them, as a line of a settings file is. */
  private static List<String> list(String... values) {
    return Stream.of(values)
        .flatMap(value -> Stream.of(value.split(",")))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  private int within(String key, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s = %d in %s is refused: legal is %d to %d".formatted(key, value, file, min, max));
    }
    return value;
  }
}
