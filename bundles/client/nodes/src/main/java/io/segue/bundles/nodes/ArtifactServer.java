package io.segue.bundles.nodes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Serves one file over HTTP on the loopback address, as a project's download server would. */
public final class ArtifactServer implements AutoCloseable {
  private final HttpServer server;
  private final Path file;
  private final byte[] bytes;
  private final String sha256;

  /** Serves {@code file} under its name. */
  public ArtifactServer(Path file) {
    this.file = file;
    try {
      bytes = Files.readAllBytes(file);
      sha256 = Sha256.hex(bytes);
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new NodeException("the upgrade " + file + " can't be served: " + e.getMessage(), e);
    }
    server.createContext("/" + file.getFileName(), this::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + file.getFileName();
  }

  /** The URL with the digest of what it answers with. */
  public String boundUrl() {
    return url() + "?checksum=sha256:" + sha256;
  }

  public String sha256() {
    return sha256;
  }

  public int sizeBytes() {
    return bytes.length;
  }

  /** What a plan says to have these bytes run. */
  public String info() {
    return "{\"binaries\":{\"any\":\"" + boundUrl() + "\"}}";
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, bytes.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
  }
}
