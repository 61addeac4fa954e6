package io.segue.bundles.cli.bench.measure;

import io.segue.bundles.cli.console.CliException;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of a process, as Linux counts it. */
public final class Memory {
  private Memory() {}

  /** What it holds now, in MB. */
  public static double residentMb(long pid) {
    return read(pid, "VmRSS:");
  }

  /** The most it ever held, in MB. */
  public static double peakMb(long pid) {
    return read(pid, "VmHWM:");
  }

  private static double read(long pid, String key) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith(key))
          .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6)
          .findFirst()
          .orElseThrow(() -> new CliException("process " + pid + " does not report " + key));
    } catch (IOException e) {
      throw new CliException(
          "the memory of process " + pid + " can't be read: " + FailureText.of(e), e);
    }
  }
}
