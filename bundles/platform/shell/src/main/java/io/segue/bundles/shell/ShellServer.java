package io.segue.bundles.shell;

import io.segue.bundles.shell.command.Completion;
import io.segue.bundles.shell.socket.ChannelSocket;
import io.segue.bundles.shell.socket.SocketFile;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens Gogo sessions to who connects to {@code run/shell.sock} in the node's home; there is no
 * network port. A node whose socket can't be made runs without a shell and says so.
 *
 * <p>Threads: one that accepts, and one for each connection.
 */
@Component(service = ShellServer.class, immediate = true)
public final class ShellServer {
  static final Logger log = LoggerFactory.getLogger(ShellServer.class);

  /** Connections at a time; further ones are closed at once. */
  static final int MAX_SESSIONS = 16;

  private final CommandProcessor processor;
  private final Completion completion;
  private final SocketFile file;
  private final ServerSocketChannel server;
  private final Set<ChannelSocket> connections = ConcurrentHashMap.newKeySet();

  @Activate
  public ShellServer(
      BundleContext context,
      @Reference CommandProcessor processor,
      @Reference Completion completion)
      throws IOException {
    this(Path.of(context.getProperty("segue.home")), processor, completion);
  }

  ShellServer(Path home, CommandProcessor processor, Completion completion) throws IOException {
    this.processor = processor;
    this.completion = completion;
    Path run = home.resolve("run");
    this.file = new SocketFile(run.resolve("shell.sock"));
    try {
      makePrivate(run);
      this.server = file.listen();
    } catch (IOException e) {
      log.error("The node runs without a shell: {}", e.getMessage());
      throw e;
    }
    start(this::accept, "shell");
  }

  /** Whoever can enter the folder could open the socket between its making and its mode. */
  private static void makePrivate(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  /** Ends all sessions. */
  @Deactivate
  public void close() throws IOException {
    server.close();
    for (ChannelSocket connection : connections) {
      connection.close();
    }
    file.remove();
  }

  private void accept() {
    try {
      while (true) {
        serve(server.accept());
      }
    } catch (ClosedChannelException e) {
      log.debug("The shell is closed");
    } catch (IOException e) {
      log.error("The shell on {} accepts no more connections; restart bundle {}", file.path(), e);
    }
  }

  private void serve(SocketChannel channel) throws IOException {
    ChannelSocket connection = new ChannelSocket(channel);
    if (connections.size() >= MAX_SESSIONS) {
      log.warn("A {}th session of the shell is refused: close one first", MAX_SESSIONS + 1);
      connection.close();
      return;
    }
    connections.add(connection);
    start(
        () -> {
          try {
            new ShellSession(connection, processor, completion).run();
          } finally {
            connections.remove(connection);
          }
        },
        "shell session");
  }

  private static void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
