package io.segue.kernel.testkit.determinism;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One kind of JVM that a validator may run.
 *
 * @param name for reports
 * @param home where its Java is installed; it has {@code bin/java}
 * @param flags of {@code java}
 */
public record Jvm(String name, Path home, List<String> flags) {
  /** System property: where a second version of Java is installed. */
  public static final String OTHER_JAVA = "segue.determinism.java";

  private static final int OLDEST = 17;
  private static final Pattern RELEASE = Pattern.compile("(?m)^JAVA_VERSION=\"([0-9]{1,3})\\b");
  private static final Path THIS_JAVA = Path.of(System.getProperty("java.home"));

  public Jvm {
    flags = List.copyOf(flags);
  }

  /** One of the Java that runs now. */
  public Jvm(String name, List<String> flags) {
    this(name, THIS_JAVA, flags);
  }

  /**
   * One of another version of Java, from 17 up: that of the system property {@link #OTHER_JAVA},
   * else the newest that is installed beside this one; empty where there is none.
   */
  public static Optional<Jvm> ofOtherJava() {
    String given = System.getProperty(OTHER_JAVA, "");
    List<Path> homes = given.isEmpty() ? siblings(THIS_JAVA) : List.of(Path.of(given));
    return homes.stream()
        .filter(home -> Files.isExecutable(home.resolve("bin/java")))
        .filter(home -> version(home) >= OLDEST && version(home) != Runtime.version().feature())
        .max(Comparator.comparingInt(Jvm::version))
        .map(
            home ->
                new Jvm("Java " + version(home), home, List.of("-XX:+UseSerialGC", "-Xmx512m")));
  }

  private static List<Path> siblings(Path home) {
    Path parent = home.getParent();
    if (parent == null) {
      return List.of();
    }
    try (Stream<Path> homes = Files.list(parent)) {
      return homes.sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The feature version of an installed Java; 0 where it does not say it. */
  private static int version(Path home) {
    try {
      Matcher matcher = RELEASE.matcher(Files.readString(home.resolve("release")));
      return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    } catch (IOException e) {
      return 0;
    }
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
