package io.segue.bundles.shell.client;

import io.segue.bundles.shell.client.ShellProtocol.Frame;
import io.segue.bundles.shell.client.ShellProtocol.Kind;
import io.segue.bundles.shell.client.ShellProtocol.Mode;
import io.segue.bundles.shell.client.ShellProtocol.Request;
import io.segue.bundles.shell.socket.ChannelSocket;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Speaks with the shell of the node that runs on a home folder. Needs nothing but the JDK. {@link
 * ShellProtocol} says how.
 */
public final class ShellClient {
  private final Path socket;

  /** A client of the node with this home folder. */
  public ShellClient(Path home) {
    this.socket = home.resolve("run").resolve("shell.sock");
  }

  /**
   * Runs one command in the node.
   *
   * @param command as typed in a session; several with semicolons between
   * @param out takes what it prints, {@code err} why it fails
   * @return 0, or 1 where the command failed
   * @throws ShellException where no node can be reached, or it went away
   */
  public int command(String command, OutputStream out, OutputStream err) throws ShellException {
    return run(Mode.COMMAND, command, InputStream.nullInputStream(), out, err);
  }

  /**
   * Runs a session: sends lines of {@code in} until it ends or one of them is {@code exit}.
   *
   * @return the exit code of the session: 0, or 1 where its last command failed
   * @throws ShellException where no node can be reached, or it went away
   */
  public int session(InputStream in, OutputStream out, OutputStream err) throws ShellException {
    return run(Mode.SESSION, "", in, out, err);
  }

  /**
   * Opens a session for a client that edits lines itself.
   *
   * @throws ShellException where no node can be reached
   */
  public TerminalSession terminal() throws ShellException {
    ChannelSocket connection = connect();
    try {
      ShellProtocol.writeRequest(connection.output(), request(Mode.TERMINAL, ""));
      return new TerminalSession(connection);
    } catch (IOException e) {
      close(connection, e);
      throw gone(e);
    }
  }

  private int run(Mode mode, String command, InputStream in, OutputStream out, OutputStream err)
      throws ShellException {
    try (ChannelSocket connection = connect()) {
      ShellProtocol.writeRequest(connection.output(), request(mode, command));
      if (mode == Mode.SESSION) {
        Thread typing = new Thread(() -> copy(in, connection), "shell input");
        typing.setDaemon(true);
        typing.start();
      }
      return receive(connection, out, err);
    } catch (IOException e) {
      throw gone(e);
    }
  }

  private static void close(ChannelSocket connection, IOException failed) {
    try {
      connection.close();
    } catch (IOException e) {
      failed.addSuppressed(e);
    }
  }

  static ShellException gone(IOException cause) {
    return new ShellException("the node closed the connection: " + cause, cause);
  }

  private static Request request(Mode mode, String command) {
    return new Request(Path.of("").toAbsolutePath(), mode, command);
  }

  private ChannelSocket connect() throws ShellException {
    try {
      return ChannelSocket.connect(socket);
    } catch (ConnectException e) {
      throw new ShellException(
          "no node runs here: nobody answers on %s. Start it with: segue start --home %s"
              .formatted(socket, home()),
          e);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      if (!Files.exists(socket)) {
        throw new ShellException(
            "no node runs here: there is no %s. Start it with: segue start --home %s"
                .formatted(socket, home()),
            e);
      }
      throw new ShellException(
          "%s can't be opened: %s. Only the user who runs the node may use its shell"
              .formatted(socket, e.getMessage()),
          e);
    }
  }

  private Path home() {
    return socket.resolve("../..").normalize();
  }

  private static int receive(ChannelSocket connection, OutputStream out, OutputStream err)
      throws IOException {
    DataInputStream frames = new DataInputStream(new BufferedInputStream(connection.input()));
    for (Frame frame = ShellProtocol.readFrame(frames); ; frame = ShellProtocol.readFrame(frames)) {
      if (frame.kind() == Kind.EXIT) {
        return frame.bytes()[0];
      }
      OutputStream to = frame.kind() == Kind.OUTPUT ? out : err;
      to.write(frame.bytes());
      to.flush();
    }
  }

  /** Sends what the user types; where the node is gone the receiving side says so. */
  private static void copy(InputStream in, ChannelSocket connection) {
    try {
      in.transferTo(connection.output());
      connection.endOutput();
    } catch (IOException e) {
      return;
    }
  }
}
