package io.segue.bundles.shell;

import io.segue.bundles.shell.client.ShellProtocol;
import io.segue.bundles.shell.client.ShellProtocol.Kind;
import io.segue.bundles.shell.client.ShellProtocol.Line;
import io.segue.bundles.shell.client.ShellProtocol.Mode;
import io.segue.bundles.shell.client.ShellProtocol.Request;
import io.segue.bundles.shell.client.TypedLine;
import io.segue.bundles.shell.command.Completion;
import io.segue.bundles.shell.command.WrongUsageException;
import io.segue.bundles.shell.socket.ChannelSocket;
import io.segue.kernel.api.node.FailureText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;

/**
 * One connection to the shell: one command, a session with a prompt, or one whose client edits the
 * lines. Has a thread of its own.
 */
final class ShellSession implements Runnable {
  /** Where a command without a scope is looked for, in this order. */
  private static final String SCOPES = "segue:node:upgrade:gov:chain:module:store:log:felix:gogo:*";

  private static final String PROMPT = "segue> ";

  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private final ChannelSocket connection;
  private final OutputStream socket;
  private final CommandProcessor processor;
  private final Completion completion;

  ShellSession(ChannelSocket connection, CommandProcessor processor, Completion completion) {
    this.connection = connection;
    this.socket = connection.output();
    this.processor = processor;
    this.completion = completion;
  }

  @Override
  public void run() {
    PrintStream out = printer(Kind.OUTPUT);
    PrintStream err = printer(Kind.ERRORS);
    try (connection) {
      int exit = serve(out, err);
      out.flush();
      err.flush();
      send(Kind.EXIT, new byte[] {(byte) exit});
    } catch (IOException e) {
      ShellServer.log.debug("A client of the shell disconnected: {}", e.toString());
    }
  }

  private int serve(PrintStream out, PrintStream err) throws IOException {
    InputStream in = new BufferedInputStream(connection.input());
    Request request;
    try {
      request = ShellProtocol.readRequest(in);
    } catch (IOException | IllegalArgumentException e) {
      return refuse(err, e, FAILED);
    }
    InputStream keyboard = request.mode() == Mode.SESSION ? in : InputStream.nullInputStream();
    try (CommandSession session = processor.createSession(keyboard, out, err)) {
      session.put("SCOPE", SCOPES);
      session.put(CommandSession.OPTION_NO_GLOB, true);
      session.currentDir(request.directory());
      return switch (request.mode()) {
        case COMMAND -> execute(session, request.command(), out, err);
        case SESSION -> converse(session, in, out, err);
        case TERMINAL -> answer(session, in, out, err);
      };
    }
  }

  private static int converse(
      CommandSession session, InputStream in, PrintStream out, PrintStream err) throws IOException {
    int exit = OK;
    out.print(ShellProtocol.BANNER);
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

  /** Serves a client that edits lines itself. */
  private int answer(CommandSession session, InputStream in, PrintStream out, PrintStream err)
      throws IOException {
    int exit = OK;
    for (Optional<Line> line = ShellProtocol.readTerminalLine(in);
        line.isPresent();
        line = ShellProtocol.readTerminalLine(in)) {
      if (line.get().complete()) {
        send(Kind.CANDIDATES, candidates(session, line.get().text()));
      } else {
        exit = execute(session, line.get().text(), out, err);
        send(Kind.READY, new byte[] {(byte) exit});
      }
    }
    return exit;
  }

  private byte[] candidates(CommandSession session, String line) {
    Object names = session.get(".commands");
    List<String> gogo =
        names instanceof Collection<?> all ? all.stream().map(String::valueOf).toList() : List.of();
    return completion.complete(TypedLine.of(line), gogo, session.currentDir()).stream()
        .map(one -> one.value() + "\t" + one.meaning().replaceAll("\\s+", " ") + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  private void send(Kind kind, byte[] bytes) throws IOException {
    synchronized (socket) {
      ShellProtocol.writeFrame(socket, kind, bytes, 0, bytes.length);
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
    } catch (WrongUsageException | CommandNotFoundException e) {
      return refuse(err, e, WRONG_USAGE);
    } catch (Exception e) {
      return refuse(err, e, FAILED);
    } finally {
      out.flush();
      err.flush();
    }
  }

  /** In the form of the command line, whose exit status the same is. */
  private static int refuse(PrintStream err, Exception reason, int status) {
    err.println("segue: " + FailureText.of(reason));
    return status;
  }

  private PrintStream printer(Kind kind) {
    return new PrintStream(new FrameOutput(socket, kind), false, StandardCharsets.UTF_8);
  }
}
