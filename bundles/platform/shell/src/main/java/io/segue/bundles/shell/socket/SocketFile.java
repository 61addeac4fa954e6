package io.segue.bundles.shell.socket;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The file of a Unix domain socket, which only its owner can open: its mode is 0600. */
public final class SocketFile {
  /** What fits into the address of a Unix domain socket on Linux, less its end. */
  private static final int MAX_PATH_BYTES = 107;

  private final Path path;

  public SocketFile(Path path) {
    this.path = path;
  }

  public Path path() {
    return path;
  }

  /**
   * Listens on the socket; one that a dead process left is replaced.
   *
   * @throws IOException where it is in use, or can't be made; says what to do
   */
  public ServerSocketChannel listen() throws IOException {
    if (path.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
      throw new IOException(
          "the path %s has more than the %d bytes of a socket's address: use a shorter one"
              .formatted(path, MAX_PATH_BYTES));
    }
    removeStale();
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  public void remove() throws IOException {
    Files.deleteIfExists(path);
  }

  private void removeStale() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    if (answers()) {
      throw new IOException("another process answers on " + path + ": stop it first");
    }
    remove();
  }

  private boolean answers() {
    try {
      ChannelSocket.connect(path).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
