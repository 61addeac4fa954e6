package io.segue.bundles.shell;

import io.segue.bundles.shell.client.UnixSocket;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The socket {@code run/shell.sock} of a home folder. Only the owner can open it: its folder has
 * mode 0700 before the socket is there, and the socket has mode 0600.
 */
final class SocketFile {
  /** What fits into the address of a Unix domain socket on Linux, less its end. */
  private static final int MAX_PATH_BYTES = 107;

  private final Path folder;
  private final Path path;

  SocketFile(Path home) {
    this.folder = home.resolve("run");
    this.path = folder.resolve("shell.sock");
  }

  Path path() {
    return path;
  }

  /**
   * Listens on the socket; one that a dead process left is replaced.
   *
   * @throws IOException where it is in use, or can't be made; says what to do
   */
  ServerSocketChannel listen() throws IOException {
    if (path.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
      throw new IOException(
          "the path %s has more than the %d bytes of a socket's address: use a shorter --home"
              .formatted(path, MAX_PATH_BYTES));
    }
    makePrivate();
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

  void remove() throws IOException {
    Files.deleteIfExists(path);
  }

  private void makePrivate() throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  private void removeStale() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    if (answers()) {
      throw new IOException("another node answers on " + path + ": stop it first");
    }
    remove();
  }

  private boolean answers() {
    try {
      UnixSocket.connect(path).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
