package io.segue.bundles.shell.client;

import io.segue.bundles.shell.client.ShellProtocol.Frame;
import io.segue.bundles.shell.client.ShellProtocol.Line;
import io.segue.bundles.shell.socket.ChannelSocket;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A session whose lines come one at a time, for a client that edits them. Made by {@link
 * ShellClient#terminal}. One thread at a time.
 */
public final class TerminalSession implements Closeable {
  private final ChannelSocket connection;
  private final DataInputStream frames;

  TerminalSession(ChannelSocket connection) {
    this.connection = connection;
    this.frames = new DataInputStream(new BufferedInputStream(connection.input()));
  }

  /** How a line may go on: a whole word in place of the cursor's, and what it means. */
  public record Candidate(String word, String meaning) {}

  /**
   * Runs a line.
   *
   * @param out takes what it prints, {@code err} why it fails
   * @return 0, or 1 where it failed
   * @throws ShellException where the node went away
   */
  public int run(String line, OutputStream out, OutputStream err) throws ShellException {
    try {
      ShellProtocol.writeLine(connection.output(), new Line(false, line));
      while (true) {
        Frame frame = ShellProtocol.readFrame(frames);
        switch (frame.kind()) {
          case OUTPUT -> write(frame, out);
          case ERRORS -> write(frame, err);
          case READY -> {
            return frame.bytes()[0];
          }
          default -> throw unexpected(frame);
        }
      }
    } catch (IOException e) {
      throw ShellClient.gone(e);
    }
  }

  /**
   * How a line may go on.
   *
   * @param start of the line, up to the cursor
   * @throws ShellException where the node went away
   */
  public List<Candidate> complete(String start) throws ShellException {
    try {
      ShellProtocol.writeLine(connection.output(), new Line(true, start));
      Frame frame = ShellProtocol.readFrame(frames);
      if (frame.kind() != ShellProtocol.Kind.CANDIDATES) {
        throw unexpected(frame);
      }
      return new String(frame.bytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t", 2))
          .map(parts -> new Candidate(parts[0], parts[1]))
          .toList();
    } catch (IOException e) {
      throw ShellClient.gone(e);
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }

  private static void write(Frame frame, OutputStream to) throws IOException {
    to.write(frame.bytes());
    to.flush();
  }

  private static IOException unexpected(Frame frame) {
    return new IOException("it sends a frame of kind " + frame.kind() + " out of turn");
  }
}
