package io.segue.kernel.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiRulesTest {
  private static final List<String> RELEASED =
      List.of(
          "package io.a 1.0.0",
          "consumer public abstract interface io.a.Module",
          "consumer io.a.Module abstract long version()",
          "public abstract interface io.a.Node",
          "io.a.Node abstract long height()");

  @Test
  void letsAnApiStayAsItIs() {
    assertThat(violations(RELEASED)).isEmpty();
  }

  @Test
  void refusesThatAnythingGoes() {
    List<String> now = new ArrayList<>(RELEASED);
    now.remove("io.a.Node abstract long height()");

    assertThat(violations(now))
        .containsExactly(
            "gone, though released bundles may use it; bring it back:"
                + " io.a.Node abstract long height()");
  }

  @Test
  void refusesANewTypeOfAnOldMethod() {
    List<String> now = new ArrayList<>(RELEASED);
    now.set(4, "io.a.Node abstract int height()");

    assertThat(violations(now)).hasSize(2).first().asString().startsWith("gone, ");
  }

  @Test
  void letsAPackageGrowWithItsVersion() {
    assertThat(violations(grown("1.1.0", "io.a.Node abstract long time()"))).isEmpty();
    assertThat(violations(grown("1.0.0", "io.a.Node abstract long time()")))
        .containsExactly(
            "new in package io.a, whose @Version is still 1.0.0; raise its minor number:"
                + " io.a.Node abstract long time()");
  }

  @Test
  void wantsAVersionOfEveryPackage() {
    assertThat(violations(grown("1.0.0", "public abstract interface io.b.New")))
        .containsExactly(
            "in no package with a @Version; give its package one: public abstract interface io.b.New");
  }

  @Test
  void refusesANewAbstractMethodOfWhatBundlesImplement() {
    assertThat(violations(grown("1.1.0", "consumer io.a.Module abstract long size()")))
        .containsExactly(
            "new and abstract, so released bundles lack it; give it a default:"
                + " consumer io.a.Module abstract long size()");
    assertThat(violations(grown("1.1.0", "consumer io.a.Module long size()"))).isEmpty();
  }

  @Test
  void letsANewInterfaceHaveAbstractMethods() {
    assertThat(
            violations(
                grown(
                    "1.1.0",
                    "consumer public abstract interface io.a.Other",
                    "consumer io.a.Other abstract long size()")))
        .isEmpty();
  }

  @Test
  void letsAMethodGetADefault() {
    List<String> now = new ArrayList<>(RELEASED);
    now.set(2, "consumer io.a.Module long version()");

    assertThat(violations(now)).isEmpty();
  }

  private static List<String> grown(String version, String... lines) {
    List<String> now = new ArrayList<>(RELEASED);
    now.set(0, "package io.a " + version);
    now.addAll(List.of(lines));
    return now;
  }

  private static List<String> violations(List<String> now) {
    return new ApiRules(RELEASED, now).violations();
  }
}
