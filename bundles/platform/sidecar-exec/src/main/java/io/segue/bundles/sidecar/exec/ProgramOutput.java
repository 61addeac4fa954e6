package io.segue.bundles.sidecar.exec;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Passes what a program says on to the log, line by line, no faster and no more than the limits,
 * and keeps its last line. What is left out is counted and said. Reads to the end in any case, so
 * that the program never waits for us. One thread runs it.
 */
final class ProgramOutput implements Runnable {
  /** A line that is longer is cut. */
  static final int MAX_LINE_BYTES = 4_096;

  private static final long SECOND_NS = 1_000_000_000;

  private final InputStream in;
  private final ExecRules rules;
  private final Consumer<String> log;
  private final LongSupplier clockNs;
  private volatile String lastLine = "";
  private long secondNs;
  private long linesInSecond;
  private long bytes;
  private long leftOut;

  ProgramOutput(InputStream in, ExecRules rules, Consumer<String> log, LongSupplier clockNs) {
    this.in = in;
    this.rules = rules;
    this.log = log;
    this.clockNs = clockNs;
    this.secondNs = clockNs.getAsLong();
  }

  /** The last line that was not blank. */
  String lastLine() {
    return lastLine;
  }

  @Override
  public void run() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (InputStream buffered = new BufferedInputStream(in)) {
      for (int b = buffered.read(); b >= 0; b = buffered.read()) {
        if (b == '\n') {
          line(line);
        } else if (line.size() < MAX_LINE_BYTES) {
          line.write(b);
        }
      }
    } catch (IOException e) {
      // The program was ended; what it said so far is said.
    }
    line(line);
    sayLeftOut();
  }

  private void line(ByteArrayOutputStream line) {
    String text =
        line.toString(StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ").stripTrailing();
    int size = line.size() + 1;
    line.reset();
    if (text.isBlank()) {
      return;
    }
    lastLine = text;
    long nowNs = clockNs.getAsLong();
    if (nowNs - secondNs >= SECOND_NS) {
      sayLeftOut();
      secondNs = nowNs;
      linesInSecond = 0;
    }
    if (linesInSecond >= rules.maxLinesPerSecond || bytes + size > rules.maxOutputBytes) {
      leftOut++;
      return;
    }
    linesInSecond++;
    bytes += size;
    log.accept(text);
  }

  private void sayLeftOut() {
    if (leftOut > 0) {
      log.accept(
          "... "
              + leftOut
              + " lines left out; maxLinesPerSecond and maxOutputBytes in "
              + ExecRules.FILE);
      leftOut = 0;
    }
  }
}
