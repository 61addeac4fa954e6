package io.segue.bundles.sidecar.build;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a build says, kept in a file that errors name. It ends with a mark where more was said than
 * the limit. Any thread.
 */
final class BuildLog implements AutoCloseable {
  private final Path file;
  private final int maxBytes;
  private final BufferedWriter out;
  private long written;
  private boolean full;

  /** Starts over; what an earlier build of the same name said is gone. */
  BuildLog(Path file, int maxBytes) throws IOException {
    this.file = file;
    this.maxBytes = maxBytes;
    Files.createDirectories(file.getParent());
    this.out = Files.newBufferedWriter(file);
  }

  /** The log of a process whose output another one keeps in this file. */
  BuildLog(Path file, int maxBytes, OutputStream out) {
    this.file = file;
    this.maxBytes = maxBytes;
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  Path file() {
    return file;
  }

  /** Adds lines. */
  synchronized void say(String text) {
    if (full) {
      return;
    }
    written += text.getBytes(StandardCharsets.UTF_8).length + 1;
    try {
      if (written > maxBytes) {
        full = true;
        out.write("... more than maxLogBytes = " + maxBytes + " in " + BuildRules.FILE + "\n");
      } else {
        out.write(text);
        out.write('\n');
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    full = true;
    out.close();
  }
}
