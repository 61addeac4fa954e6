package io.segue.kernel.testkit.determinism;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a scenario in JVMs that differ and finds where they disagree: with each other, between two
 * runs in one JVM, or between two executions of one block. What admission sees in class files needs
 * none of this; it shows what is left, such as the order of a collection behind an interface.
 *
 * <pre>{@code
 * @Test
 * void everyNodeComputesTheSame() {
 *   Determinism.of(Blocks.class).check();
 * }
 *
 * public static final class Blocks implements Scenario {
 *   @Override
 *   public void run(Trace trace) {
 *     try (ModuleChain chain = ModuleChain.of(orders, new PlainAuth(), new MyModule())) {
 *       chain.start("{}");
 *       for (int i = 0; i < 50; i++) {
 *         trace.block(chain, PlainTx.of("/my.Msg", message(i)));
 *       }
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Where another version of Java is installed, one of the JVMs is of that: what depends on its
 * tables of characters or the texts of its exceptions shows.
 *
 * <p>A longer form, with every kind of JVM several times: {@code -Dsegue.determinism=long}.
 */
public final class Determinism {
  /** System property: {@code long} runs {@link Jvm#many}. */
  public static final String FORM = "segue.determinism";

  private static final Logger LOG = LoggerFactory.getLogger(Determinism.class);

  /** System properties that the forked JVMs get too. */
  private static final String OURS = "segue.";

  private static final int LIMIT_SECONDS = 600;

  private final Class<? extends Scenario> scenario;
  private final List<Jvm> jvms;

  private Determinism(Class<? extends Scenario> scenario, List<Jvm> jvms) {
    this.scenario = scenario;
    this.jvms = jvms;
  }

  /**
   * The check of a scenario in a few JVMs, or in many where the system property says so, and in one
   * of another version of Java where there is one; where there is none, a line says so.
   */
  public static Determinism of(Class<? extends Scenario> scenario) {
    List<Jvm> jvms =
        new ArrayList<>("long".equals(System.getProperty(FORM)) ? Jvm.many() : Jvm.few());
    Optional<Jvm> other = Jvm.ofOtherJava();
    if (other.isEmpty()) {
      LOG.warn(
          "{} runs on one version of Java only: none is installed beside {}, and -D{} names none",
          scenario.getName(),
          System.getProperty("java.home"),
          Jvm.OTHER_JAVA);
    }
    other.ifPresent(jvms::add);
    return new Determinism(scenario, List.copyOf(jvms));
  }

  /** The same check in these JVMs. */
  public Determinism in(List<Jvm> others) {
    return new Determinism(scenario, List.copyOf(others));
  }

  /**
   * Runs the scenario everywhere.
   *
   * @throws AssertionError names the JVMs and the first line in which they differ
   */
  public void check() {
    List<Difference> differences = differences();
    if (!differences.isEmpty()) {
      throw new AssertionError(
          scenario.getName()
              + " is not the same everywhere: "
              + differences.get(0)
              + (differences.size() == 1 ? "" : "; and " + (differences.size() - 1) + " more"));
    }
  }

  /** Runs the scenario everywhere and tells every line that differs from the first JVM's. */
  public List<Difference> differences() {
    List<Difference> differences = new ArrayList<>();
    List<String> first = List.of();
    for (Jvm jvm : jvms) {
      List<String> lines = run(jvm);
      int again = lines.indexOf(ForkedScenario.AGAIN);
      List<String> run = compared(lines.subList(0, again));
      List<String> second = compared(lines.subList(again + 1, lines.size()));
      first = first.isEmpty() ? run : first;
      compare(jvms.get(0).name(), first, jvm.name(), run, differences);
      compare(jvm.name(), run, "a second run there", second, differences);
      for (String line : lines.subList(0, again)) {
        if (line.startsWith(Trace.TWICE)) {
          differences.add(new Difference(jvm.name(), line, "the execution before", "another"));
        }
      }
    }
    return List.copyOf(differences);
  }

  /** Two lines that should be one. */
  public record Difference(String jvm, String line, String otherJvm, String otherLine) {
    @Override
    public String toString() {
      return "'" + line + "' (" + jvm + ") and '" + otherLine + "' (" + otherJvm + ")";
    }
  }

  /** The lines without those that tell of a difference themselves. */
  private static List<String> compared(List<String> lines) {
    return lines.stream().filter(line -> !line.startsWith(Trace.TWICE)).toList();
  }

  private static void compare(
      String jvm,
      List<String> lines,
      String otherJvm,
      List<String> others,
      List<Difference> differences) {
    for (int i = 0; i < Math.max(lines.size(), others.size()); i++) {
      String line = i < lines.size() ? lines.get(i) : "nothing";
      String other = i < others.size() ? others.get(i) : "nothing";
      if (!line.equals(other)) {
        differences.add(new Difference(jvm, line, otherJvm, other));
      }
    }
  }

  private List<String> run(Jvm jvm) {
    try {
      Path folder = Files.createTempDirectory("determinism");
      try {
        return run(jvm, folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private List<String> run(Jvm jvm, Path folder) throws IOException, InterruptedException {
    Path trace = folder.resolve("trace");
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(jvm.home().resolve("bin/java").toString());
    command.addAll(jvm.flags());
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(OURS))
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ForkedScenario.class.getName());
    command.add(scenario.getName());
    command.add(trace.toString());
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(
          scenario.getName() + " takes longer than " + LIMIT_SECONDS + " s in: " + jvm.name());
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(
          scenario.getName()
              + " fails in: "
              + jvm.name()
              + "\n"
              + new String(Files.readAllBytes(log), UTF_8));
    }
    return Files.readAllLines(trace, UTF_8);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
