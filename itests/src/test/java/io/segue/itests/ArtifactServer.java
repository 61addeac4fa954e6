package io.segue.itests;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Serves one file over HTTP on this machine. */
final class ArtifactServer implements AutoCloseable {
  private final HttpServer server;

  ArtifactServer(Path artifact) {
    try {
      byte[] bytes = Files.readAllBytes(artifact);
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/v2.zip",
          exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
          });
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v2.zip";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
