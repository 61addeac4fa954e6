package io.segue.bundles.consensus.comet.abci;

import io.segue.bundles.shell.socket.SocketFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where CometBFT finds the application, as its setting {@code proxy_app} has it: {@code
 * tcp://127.0.0.1:26658} or {@code unix:///path/to/socket}.
 */
public final class ListenAddress {
  private static final String UNIX = "unix://";
  private static final int MAX_PORT = 65_535;

  private final InetSocketAddress tcp;
  private final Optional<SocketFile> file;

  private ListenAddress(InetSocketAddress tcp, Optional<SocketFile> file) {
    this.tcp = tcp;
    this.file = file;
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException where it is neither form; the text says what is
   */
  public static ListenAddress parse(String text) {
    if (text.startsWith(UNIX + "/")) {
      Path path = Path.of(text.substring(UNIX.length()));
      return new ListenAddress(new InetSocketAddress(0), Optional.of(new SocketFile(path)));
    }
    URI uri = uri(text);
    if (!"tcp".equals(uri.getScheme())
        || uri.getHost() == null
        || uri.getPort() < 0
        || uri.getPort() > MAX_PORT) {
      throw refused(text);
    }
    return new ListenAddress(new InetSocketAddress(uri.getHost(), uri.getPort()), Optional.empty());
  }

  /**
   * Listens there. A socket's file that a dead process left is replaced.
   *
   * @throws IOException where the address is taken or can't be used
   */
  ServerSocketChannel listen() throws IOException {
    if (file.isPresent()) {
      return file.get().listen();
    }
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      return channel.bind(tcp);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Removes the socket's file, if it has one. */
  void remove() throws IOException {
    if (file.isPresent()) {
      file.get().remove();
    }
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw refused(text);
    }
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is neither tcp://HOST:PORT nor unix:///PATH");
  }
}
