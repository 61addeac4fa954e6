package io.segue.bundles.cli.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** Tells what happens, with the seconds since the beginning. Thread safe. */
final class DemoLog {
  private final PrintWriter out;
  private final long beginNs = System.nanoTime();

  DemoLog(PrintWriter out) {
    this.out = out;
  }

  /** Something that happened now. */
  synchronized void tell(String format, Object... values) {
    double seconds = (System.nanoTime() - beginNs) / 1e9;
    out.printf(Locale.ROOT, "%5.1f s  %s%n", seconds, String.format(Locale.ROOT, format, values));
    out.flush();
  }

  /** A line without time. */
  synchronized void line(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
    out.flush();
  }
}
