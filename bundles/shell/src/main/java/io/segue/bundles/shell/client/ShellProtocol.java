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
 * kind (1)   o: output   e: errors   x: the end
 * length (4) of what follows, big endian, at most 1 MiB
 * bytes      of x: the exit code, 1 byte
 * </pre>
 */
public final class ShellProtocol {
  static final int MAX_FRAME_BYTES = 1 << 20;

  /** Longest line and longest command. */
  public static final int MAX_LINE_BYTES = 64 << 10;

  private static final String GREETING = "segue-shell 1";
  private static final String DIRECTORY = "directory ";
  private static final String SESSION = "session";
  private static final String COMMAND = "command ";

  /** Kind of a frame. */
  public enum Kind {
    OUTPUT('o'),
    ERRORS('e'),
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

  /**
   * What a client asks for.
   *
   * @param directory where relative paths start
   * @param command empty for a session
   */
  public record Request(Path directory, Optional<String> command) {}

  private ShellProtocol() {}

  /** Sends what the client begins with. */
  public static void writeRequest(OutputStream out, Request request) throws IOException {
    byte[] command = request.command().orElse("").getBytes(StandardCharsets.UTF_8);
    String mode = request.command().isPresent() ? COMMAND + command.length : SESSION;
    String lines = GREETING + "\n" + DIRECTORY + request.directory() + "\n" + mode + "\n";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(lines.getBytes(StandardCharsets.UTF_8));
    bytes.write(command);
    out.write(bytes.toByteArray());
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
      return new Request(directory, Optional.empty());
    }
    int length = Integer.parseInt(requireStart(mode, COMMAND));
    if (length < 0 || length > MAX_LINE_BYTES) {
      throw new IOException("a command has at most " + MAX_LINE_BYTES + " bytes, not " + length);
    }
    byte[] command = in.readNBytes(length);
    if (command.length < length) {
      throw new EOFException("the command is cut off");
    }
    return new Request(directory, Optional.of(new String(command, StandardCharsets.UTF_8)));
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
    for (int done = 0; done < length; done += MAX_FRAME_BYTES) {
      int size = Math.min(length - done, MAX_FRAME_BYTES);
      ByteArrayOutputStream frame = new ByteArrayOutputStream(size + 5);
      DataOutputStream data = new DataOutputStream(frame);
      data.writeByte(kind.code);
      data.writeInt(size);
      data.write(bytes, offset + done, size);
      out.write(frame.toByteArray());
    }
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
