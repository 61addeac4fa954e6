package io.segue.bundles.cli.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** Tells what happens, with the seconds since the beginning; or keeps silent. Thread safe. */
final class Story {
  private final PrintWriter out;
  private final boolean silent;
  private final long beginNs = System.nanoTime();

  Story(PrintWriter out, boolean silent) {
    this.out = out;
    this.silent = silent;
  }

  /** Something that happened now. */
  synchronized void tell(String format, Object... values) {
    if (!silent) {
      double seconds = (System.nanoTime() - beginNs) / 1e9;
      out.printf(Locale.ROOT, "%5.1f s  %s%n", seconds, String.format(Locale.ROOT, format, values));
      out.flush();
    }
  }

  /** A line without time. */
  synchronized void line(String format, Object... values) {
    if (!silent) {
      out.printf(Locale.ROOT, format + "%n", values);
      out.flush();
    }
  }
}
