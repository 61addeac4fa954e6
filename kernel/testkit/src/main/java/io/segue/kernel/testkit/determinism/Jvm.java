package io.segue.kernel.testkit.determinism;

import java.util.ArrayList;
import java.util.List;

/**
 * One kind of JVM that a validator may run.
 *
 * @param name for reports
 * @param flags of {@code java}
 */
public record Jvm(String name, List<String> flags) {
  public Jvm {
    flags = List.copyOf(flags);
  }

  /**
   * Four that differ in all that differs between nodes: how code is compiled, collected and hashed,
   * language, charset, time zone and memory. Salts differ between any two processes.
   */
  public static List<Jvm> few() {
    return List.of(
        jvm(
            "interpreter, Turkish, US-ASCII, Kathmandu",
            "-Xint",
            "-XX:+UseSerialGC",
            "-Xmx384m",
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-Dfile.encoding=US-ASCII",
            "-Duser.timezone=Asia/Kathmandu",
            "-XX:hashCode=0"),
        jvm(
            "C1, Arabic, ISO-8859-1, St. John's",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-Duser.language=ar",
            "-Duser.country=EG",
            "-Dfile.encoding=ISO-8859-1",
            "-Duser.timezone=America/St_Johns",
            "-XX:hashCode=3"),
        jvm(
            "C2, English, UTF-8, UTC, assertions",
            "-XX:-TieredCompilation",
            "-XX:CompileThreshold=200",
            "-XX:+UseParallelGC",
            "-Xmx1g",
            "-ea",
            "-Duser.language=en",
            "-Duser.country=US",
            "-Dfile.encoding=UTF-8",
            "-Duser.timezone=UTC",
            "-XX:hashCode=5"),
        jvm(
            "tiered, German, UTF-16, Berlin",
            "-Xss2m",
            "-Xmx768m",
            "-Duser.language=de",
            "-Duser.country=DE",
            "-Dfile.encoding=UTF-16",
            "-Duser.timezone=Europe/Berlin",
            "-XX:hashCode=4"));
  }

  /** Each of {@link #few} four times, for the salts, and one that compiles all code before use. */
  public static List<Jvm> many() {
    List<Jvm> many = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      many.addAll(few());
    }
    many.add(jvm("all code compiled", "-Xcomp", "-Xmx512m"));
    return List.copyOf(many);
  }

  private static Jvm jvm(String name, String... flags) {
    List<String> all = new ArrayList<>(List.of("-XX:+UnlockExperimentalVMOptions"));
    all.addAll(List.of(flags));
    return new Jvm(name, all);
  }
}
