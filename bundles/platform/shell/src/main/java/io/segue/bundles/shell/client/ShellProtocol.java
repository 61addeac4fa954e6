package io.segue.bundles.shell.client;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What client and shell say to each other on the socket {@code run/shell.sock}. Text is UTF-8.
 *
 * <p>The client begins with three lines, and for one command with its text:
 *
 * <pre>
 * segue-shell 1
 * directory &lt;where the client runs; relative paths start there&gt;
 * session                        or   command &lt;bytes&gt; and that many bytes
 * </pre>
 *
 * <p>In a session it then sends what the user types until the user is done; lines end with a line
 * feed. The shell answers with frames until one of kind {@code x}, and closes:
 *
 * <pre>
 * kind (1)   o: output   e: errors   r: ready   c: candidates   x: the end
 * length (4) of what follows, big endian, at most 1 MiB
 * bytes      of r and x: the exit code, 1 byte
 *            of c: a line for each candidate, its word, a tab, and what it means
 * </pre>
 *
 * <p>A client that edits lines itself asks for {@code terminal} in place of {@code session}. Then
 * it sends lines one at a time, and waits for the frames of kind {@code r} or {@code c} that end an
 * answer:
 *
 * <pre>
 * run &lt;bytes&gt;                    and that many bytes: runs them in the session
 * complete &lt;bytes&gt;               and that many bytes: how a line that begins so may go on
 * </pre>
 */
public final class ShellProtocol {
  static final int MAX_FRAME_BYTES = 1 << 20;

  /** Longest line and longest command. */
  public static final int MAX_LINE_BYTES = 64 << 10;

  /** What a session with a person begins with. */
  public static final String BANNER =
      """
      This is the shell inside the node. help lists the commands, <command> --help explains one;
      exit or Ctrl-D leaves, and the node goes on.
      """;

  private static final String GREETING = "segue-shell 1";
  private static final String DIRECTORY = "directory ";
  private static final String SESSION = "session";
  private static final String COMMAND = "command ";
  private static final String TERMINAL = "terminal";
  private static final String RUN = "run ";
  private static final String COMPLETE = "complete ";

  /** Kind of a frame. */
  public enum Kind {
    OUTPUT('o'),
    ERRORS('e'),
    READY('r'),
    CANDIDATES('c'),
    EXIT('x');

    private final char code;

    Kind(char code) {
      this.code = code;
    }

    private static Kind of(int code) throws IOException {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IOException("The shell sends a frame of unknown kind " + code);
    }
  }

  /** A part of the answer. */
  public record Frame(Kind kind, byte[] bytes) {}

  /** What a connection is for. */
  public enum Mode {
    COMMAND,
    SESSION,
    TERMINAL
  }

  /**
   * What a client asks for.
   *
   * @param directory where relative paths start
   * @param command empty unless the mode is {@link Mode#COMMAND}
   */
  public record Request(Path directory, Mode mode, String command) {}

  /**
   * What a client with a terminal asks for next.
   *
   * @param complete whether it wants to know how the text may go on, not run it
   */
  public record Line(boolean complete, String text) {}

  private ShellProtocol() {}

  /** Sends what the client begins with. */
  public static void writeRequest(OutputStream out, Request request) throws IOException {
    String lines = GREETING + "\n" + DIRECTORY + request.directory() + "\n";
    switch (request.mode()) {
      case SESSION -> out.write((lines + SESSION + "\n").getBytes(StandardCharsets.UTF_8));
      case TERMINAL -> out.write((lines + TERMINAL + "\n").getBytes(StandardCharsets.UTF_8));
      case COMMAND -> writeText(out, lines + COMMAND, request.command());
    }
  }

  /**
   * Receives what the client begins with.
   *
   * @throws IOException where it is of another form; the message is for the client
   */
  public static Request readRequest(InputStream in) throws IOException {
    String greeting = requireLine(in);
    if (!greeting.equals(GREETING)) {
      throw new IOException(
          "the client greets with \"%s\" and this node expects \"%s\": use the bin/segue that this node was started with"
              .formatted(greeting, GREETING));
    }
    Path directory = Path.of(requireStart(requireLine(in), DIRECTORY));
    String mode = requireLine(in);
    if (mode.equals(SESSION)) {
      return new Request(directory, Mode.SESSION, "");
    }
    if (mode.equals(TERMINAL)) {
      return new Request(directory, Mode.TERMINAL, "");
    }
    return new Request(directory, Mode.COMMAND, readText(in, requireStart(mode, COMMAND)));
  }

  /** Sends what a client with a terminal asks for. */
  public static void writeLine(OutputStream out, Line line) throws IOException {
    writeText(out, line.complete() ? COMPLETE : RUN, line.text());
  }

  /** Receives what a client with a terminal asks for; empty where it is done. */
  public static Optional<Line> readTerminalLine(InputStream in) throws IOException {
    Optional<String> head = readLine(in);
    if (head.isEmpty()) {
      return Optional.empty();
    }
    boolean complete = head.get().startsWith(COMPLETE);
    String length = requireStart(head.get(), complete ? COMPLETE : RUN);
    return Optional.of(new Line(complete, readText(in, length)));
  }

  /** The next line without its end; empty where the stream has ended. */
  public static Optional<String> readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    if (b < 0) {
      return Optional.empty();
    }
    for (; b >= 0 && b != '\n'; b = in.read()) {
      if (line.size() == MAX_LINE_BYTES) {
        throw new IOException("a line has at most " + MAX_LINE_BYTES + " bytes");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }

  /** Sends bytes, as one frame or several; callers take turns. */
  public static void writeFrame(OutputStream out, Kind kind, byte[] bytes, int offset, int length)
      throws IOException {
    int done = 0;
    do {
      int size = Math.min(length - done, MAX_FRAME_BYTES);
      ByteArrayOutputStream frame = new ByteArrayOutputStream(size + 5);
      DataOutputStream data = new DataOutputStream(frame);
      data.writeByte(kind.code);
      data.writeInt(size);
      data.write(bytes, offset + done, size);
      out.write(frame.toByteArray());
      done += size;
    } while (done < length);
  }

  /** The next frame. */
  public static Frame readFrame(DataInputStream in) throws IOException {
    Kind kind = Kind.of(in.readUnsignedByte());
    int length = in.readInt();
    if (length < 0 || length > MAX_FRAME_BYTES) {
      throw new IOException("The shell sends a frame of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new Frame(kind, bytes);
  }

  private static void writeText(OutputStream out, String head, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write((head + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
    all.write(bytes);
    out.write(all.toByteArray());
  }

  private static String readText(InputStream in, String lengthBytes) throws IOException {
    int length = Integer.parseInt(lengthBytes);
    if (length < 0 || length > MAX_LINE_BYTES) {
      throw new IOException("a command has at most " + MAX_LINE_BYTES + " bytes, not " + length);
    }
    byte[] text = in.readNBytes(length);
    if (text.length < length) {
      throw new EOFException("the command is cut off");
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  private static String requireLine(InputStream in) throws IOException {
    return readLine(in).orElseThrow(() -> new EOFException("the request is cut off"));
  }

  private static String requireStart(String line, String start) throws IOException {
    if (!line.startsWith(start)) {
      throw new IOException("expected \"" + start.strip() + "\", not \"" + line + "\"");
    }
    return line.substring(start.length());
  }
}
