package io.segue.bundles.shell;

import io.segue.bundles.shell.client.ShellProtocol;
import io.segue.bundles.shell.client.ShellProtocol.Kind;
import io.segue.bundles.shell.client.ShellProtocol.Request;
import io.segue.bundles.shell.client.UnixSocket;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;

/**
 * One connection to the shell: one command, or a session with a prompt. Has a thread of its own.
 */
final class ShellSession implements Runnable {
  /** Where a command without a scope is looked for, in this order. */
  private static final String SCOPES = "node:upgrade:gov:felix:gogo:*";

  private static final String PROMPT = "segue> ";
  private static final String BANNER =
      """
      This is the shell inside the node. help lists the commands, <command> --help explains one;
      exit or Ctrl-D leaves, and the node goes on.
      """;

  private static final int OK = 0;
  private static final int FAILED = 1;

  private final UnixSocket connection;
  private final CommandProcessor processor;

  ShellSession(UnixSocket connection, CommandProcessor processor) {
    this.connection = connection;
    this.processor = processor;
  }

  @Override
  public void run() {
    OutputStream socket = connection.output();
    PrintStream out = printer(socket, Kind.OUTPUT);
    PrintStream err = printer(socket, Kind.ERRORS);
    try (connection) {
      int exit = serve(out, err);
      out.flush();
      err.flush();
      synchronized (socket) {
        ShellProtocol.writeFrame(socket, Kind.EXIT, new byte[] {(byte) exit}, 0, 1);
      }
    } catch (IOException e) {
      ShellServer.log.debug("A client of the shell went away: {}", e.toString());
    }
  }

  private int serve(PrintStream out, PrintStream err) throws IOException {
    InputStream in = new BufferedInputStream(connection.input());
    Request request;
    try {
      request = ShellProtocol.readRequest(in);
    } catch (IOException | IllegalArgumentException e) {
      err.println("segue: " + e.getMessage());
      return FAILED;
    }
    Optional<String> command = request.command();
    InputStream keyboard = command.isPresent() ? InputStream.nullInputStream() : in;
    try (CommandSession session = processor.createSession(keyboard, out, err)) {
      session.put("SCOPE", SCOPES);
      session.put(CommandSession.OPTION_NO_GLOB, true);
      session.currentDir(request.directory());
      return command.isPresent()
          ? execute(session, command.get(), out, err)
          : converse(session, in, out, err);
    }
  }

  private static int converse(
      CommandSession session, InputStream in, PrintStream out, PrintStream err) throws IOException {
    int exit = OK;
    out.print(BANNER);
    while (true) {
      out.print(PROMPT);
      out.flush();
      String line = ShellProtocol.readLine(in).orElse("exit").strip();
      if (line.equals("exit")) {
        return exit;
      }
      if (!line.isEmpty()) {
        exit = execute(session, line, out, err);
      }
    }
  }

  private static int execute(
      CommandSession session, String line, PrintStream out, PrintStream err) {
    try {
      Object result = session.execute(line);
      if (result != null) {
        out.println(session.format(result, Converter.INSPECT));
      }
      return OK;
    } catch (Exception e) {
      err.println(explain(e));
      return FAILED;
    } finally {
      out.flush();
      err.flush();
    }
  }

  /** Our own refusals in their own words; of others the kind too, their texts being bare. */
  private static String explain(Exception e) {
    String message = e.getMessage();
    if (e instanceof CommandException && message != null) {
      return message;
    }
    return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  private static PrintStream printer(OutputStream socket, Kind kind) {
    return new PrintStream(new FrameOutput(socket, kind), false, StandardCharsets.UTF_8);
  }
}
