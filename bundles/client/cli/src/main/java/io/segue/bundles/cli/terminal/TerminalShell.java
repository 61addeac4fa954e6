package io.segue.bundles.cli.terminal;

import io.segue.bundles.shell.client.ShellException;
import io.segue.bundles.shell.client.ShellProtocol;
import io.segue.bundles.shell.client.TerminalSession;
import io.segue.bundles.shell.client.TerminalSession.Candidate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Reads lines from a terminal and runs them in the node. The terminal is edited here, by JLine;
 * what a line may mean is asked from the node. The history is kept in a file, for its owner alone;
 * a line that starts with a blank is not.
 */
public final class TerminalShell {
  /** Lines of history that are kept; the file is cut to them once it has a quarter more. */
  static final int HISTORY_LINES = 1000;

  /** Of a terminal that does not know its own. */
  private static final Size UNKNOWN = new Size(80, 24);

  private static final String PROMPT = "segue> ";

  private final TerminalSession node;
  private final Terminal terminal;
  private final LineReader reader;

  private TerminalShell(TerminalSession node, Terminal terminal, Path history) {
    this.node = node;
    this.terminal = terminal;
    this.reader =
        LineReaderBuilder.builder()
            .appName("segue")
            .terminal(terminal)
            .parser((line, cursor, context) -> new CursorWord(line, cursor))
            .completer((line, parsed, candidates) -> candidates.addAll(candidates(parsed)))
            .variable(LineReader.HISTORY_FILE, history)
            .variable(LineReader.HISTORY_SIZE, HISTORY_LINES)
            .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES)
            .option(LineReader.Option.HISTORY_BEEP, false)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
            .build();
  }

  /**
   * Runs a session on the terminal of this process.
   *
   * @param history its file; may be missing
   * @return the exit code of the last command
   * @throws ShellException where the node went away
   */
  public static int run(TerminalSession node, Path history) throws ShellException, IOException {
    try (Terminal terminal = TerminalBuilder.builder().name("segue").dumb(true).build()) {
      if (terminal.getWidth() == 0) {
        terminal.setSize(UNKNOWN);
      }
      return run(node, terminal, history);
    }
  }

  static int run(TerminalSession node, Terminal terminal, Path history)
      throws ShellException, IOException {
    try {
      return new TerminalShell(node, terminal, history).run();
    } finally {
      if (Files.exists(history)) {
        Files.setPosixFilePermissions(history, PosixFilePermissions.fromString("rw-------"));
      }
    }
  }

  private int run() throws ShellException {
    OutputStream screen = terminal.output();
    terminal.writer().print(ShellProtocol.BANNER);
    terminal.writer().flush();
    int exit = 0;
    try {
      while (true) {
        String line = read().strip();
        if (line.equals("exit")) {
          return exit;
        }
        if (!line.isEmpty()) {
          exit = node.run(line, screen, screen);
        }
      }
    } catch (EndOfFileException e) {
      return exit;
    }
  }

  /** The next line. Ctrl-C drops the one that is being typed. */
  private String read() {
    try {
      return reader.readLine(PROMPT);
    } catch (UserInterruptException e) {
      return "";
    }
  }

  private List<org.jline.reader.Candidate> candidates(ParsedLine line) {
    try {
      return node.complete(line.line().substring(0, line.cursor())).stream()
          .map(TerminalShell::candidate)
          .toList();
    } catch (ShellException e) {
      return List.of();
    }
  }

  private static org.jline.reader.Candidate candidate(Candidate found) {
    String meaning = found.meaning().isEmpty() ? null : found.meaning();
    boolean complete = !found.word().endsWith("/");
    return new org.jline.reader.Candidate(
        found.word(), found.word(), null, meaning, null, null, complete);
  }
}
