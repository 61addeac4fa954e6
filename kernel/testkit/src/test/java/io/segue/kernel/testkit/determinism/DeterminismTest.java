package io.segue.kernel.testkit.determinism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeterminismTest {
  private static final Pattern ROOT = Pattern.compile(".*height \\d+ root of (\\S+) .*");

  @Test
  void findsWhatEachCarelessModuleLetsIn() {
    Set<String> stores = new TreeSet<>();
    for (Determinism.Difference difference : Determinism.of(CarelessScenario.class).differences()) {
      Matcher root = ROOT.matcher(difference.line());
      if (root.matches()) {
        stores.add(root.group(1));
      }
    }

    Set<String> careless = new TreeSet<>(CarelessScenario.modules().keySet());
    careless.remove(CarelessScenario.CAREFUL);
    assertThat(stores).isEqualTo(careless);
  }

  @Test
  void findsNothingInAChainOfCarefulModules() {
    Determinism.of(Careful.class).in(Jvm.few().subList(0, 2)).check();
  }

  @Test
  void namesBothJvmsAndTheLineInWhichTheyDiffer() {
    List<Jvm> two = Jvm.few().subList(0, 2);

    assertThatThrownBy(() -> Determinism.of(Language.class).in(two).check())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Language is not the same everywhere")
        .hasMessageContaining("'language tr' (" + two.get(0).name() + ")")
        .hasMessageContaining("'language ar' (" + two.get(1).name() + ")");
  }

  @Test
  void anotherVersionOfJavaIsKnownByItsRelease(@TempDir Path home) throws IOException {
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    assertThat(Files.createFile(java).toFile().setExecutable(true)).isTrue();
    System.setProperty(Jvm.OTHER_JAVA, home.toString());
    try {
      for (String none : List.of("", version("11.0.2"), version(Runtime.version().toString()))) {
        Files.writeString(home.resolve("release"), none);
        assertThat(Jvm.ofOtherJava()).isEmpty();
      }
      Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\n" + version("99.0.1"));
      assertThat(Jvm.ofOtherJava().orElseThrow().name()).isEqualTo("Java 99");
      assertThat(Jvm.ofOtherJava().orElseThrow().home()).isEqualTo(home);
    } finally {
      System.clearProperty(Jvm.OTHER_JAVA);
    }
  }

  private static String version(String version) {
    return "JAVA_VERSION=\"" + version + "\"\n";
  }

  @Test
  void saysWhereAScenarioFails() {
    List<Jvm> one = Jvm.few().subList(1, 2);

    assertThatThrownBy(() -> Determinism.of(Failing.class).in(one).check())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("fails in: " + one.get(0).name())
        .hasMessageContaining("java.lang.IllegalStateException: no chain today");
  }

  /** Does nothing wrong. */
  public static final class Careful implements Scenario {
    @Override
    public void run(Trace trace) {
      try (ModuleChain chain = ModuleChain.of(Map.of(), new PlainAuth())) {
        chain.start("{}");
        trace.block(chain);
      }
    }
  }

  /** Writes down the language of its node. */
  public static final class Language implements Scenario {
    @Override
    public void run(Trace trace) {
      trace.add("language", System.getProperty("user.language"));
    }
  }

  /** Never gets to a chain. */
  public static final class Failing implements Scenario {
    @Override
    public void run(Trace trace) {
      throw new IllegalStateException("no chain today");
    }
  }
}
