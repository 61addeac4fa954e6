package io.segue.bundles.shell.output;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lays answers out for people. */
public final class Text {
  private static final String GAP = "  ";

  private Text() {}

  /** Lines of key and value, the values below each other. */
  public static String pairs(String indent, Map<String, String> pairs) {
    int width = pairs.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    pairs.forEach(
        (key, value) ->
            text.append((indent + pad(key, width) + GAP + value).stripTrailing()).append('\n'));
    return text.toString();
  }

  /** A table; the first row is its head. */
  public static String table(String indent, List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < widths.length; i++) {
        line.append(pad(row.get(i), widths[i])).append(GAP);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** The first digits of a digest, enough to tell a few of them apart. */
  public static String brief(String hex) {
    return hex.length() > 12 ? hex.substring(0, 12) : hex;
  }

  /** A duration in days, hours, minutes and seconds. */
  public static String duration(long ms) {
    Duration duration = Duration.ofMillis(ms);
    String days = duration.toDays() > 0 ? duration.toDays() + " d " : "";
    return days
        + String.format(
            Locale.ROOT,
            "%02d:%02d:%02d",
            duration.toHoursPart(),
            duration.toMinutesPart(),
            duration.toSecondsPart());
  }

  /** A point in time, in UTC. */
  public static String time(long epochMs) {
    return Instant.ofEpochMilli(epochMs).truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
