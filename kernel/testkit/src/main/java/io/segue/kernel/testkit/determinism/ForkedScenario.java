package io.segue.kernel.testkit.determinism;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The main class of a forked JVM: runs a scenario twice, each time on a new chain, and writes what
 * it gave to a file. The second run meets whatever the first left in static fields.
 */
public final class ForkedScenario {
  /** Stands between the lines of the two runs. */
  static final String AGAIN = "--- again";

  private ForkedScenario() {}

  /** Arguments: name of the scenario's class, the file to write. */
  public static void main(String[] arguments) throws Exception {
    Scenario scenario = (Scenario) Class.forName(arguments[0]).getConstructor().newInstance();
    List<String> lines = new ArrayList<>(run(scenario));
    lines.add(AGAIN);
    lines.addAll(run(scenario));
    Files.write(Path.of(arguments[1]), lines, UTF_8);
  }

  private static List<String> run(Scenario scenario) throws Exception {
    Trace trace = new Trace();
    scenario.run(trace);
    return trace.lines();
  }
}
