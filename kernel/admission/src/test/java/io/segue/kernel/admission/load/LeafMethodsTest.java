package io.segue.kernel.admission.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.admission.artifact.TestSources;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;

/** Which methods need not be counted. */
class LeafMethodsTest {
  @Test
  void whatCallsNobodyIsALeafLoopsAndErrorsIncluded() {
    assertThat(
            leaves(
                """
                final int field = 1;
                int get() { return field; }
                long sum(int[] all) { long sum = 0; for (int one : all) { sum += one; } return sum; }
                int parse(String s) {
                  try { return Integer.parseInt(s.substring(1)); } catch (NumberFormatException e) { return 0; }
                }
                void refuse(int i) { if (i < 0) { throw new IllegalArgumentException("negative"); } }
                String text(int i) { return new StringBuilder().append(i).append('x').toString(); }
                """))
        .containsExactlyInAnyOrder("<init>", "get", "sum", "parse", "refuse", "text");
  }

  @Test
  void whatMayCallAnybodyIsNone() {
    assertThat(
            leaves(
                """
                String object(Object o) { return o.toString(); }
                String value(Object o) { return String.valueOf(o); }
                String joined(CharSequence c) { return String.join(",", c); }
                StringBuilder appended(Object o) { return new StringBuilder().append(o); }
                void run(Runnable r) { r.run(); }
                Runnable made() { return () -> {}; }
                String concat(Object o) { return "x" + o; }
                boolean sorted(java.util.List<String> l) { l.sort(null); return true; }
                java.util.Map<Object, Object> put(java.util.Map<Object, Object> m) { m.put(1, 2); return m; }
                Throwable caused(Throwable t) { return new IllegalStateException(t); }
                Other other() { return new Other(); }
                """))
        .containsExactlyInAnyOrder("<init>", "lambda$made$0");
  }

  @Test
  void recursionIsCountedAndSoIsWhatMayBeOverridden() {
    assertThat(
            leaves(
                """
                static int self(int n) { return n == 0 ? 0 : self(n - 1); }
                static int ping(int n) { return pong(n); }
                static int pong(int n) { return n == 0 ? 0 : ping(n - 1); }
                static int intoIt(int n) { return ping(n); }
                int open() { return 1; }
                int callsOpen() { return open(); }
                private int own() { return 1; }
                int callsOwn() { return own(); }
                final int fixed() { return 1; }
                int callsFixed() { return fixed(); }
                int callsInherited() { return hashCode(); }
                """))
        .containsExactlyInAnyOrder("<init>", "open", "own", "callsOwn", "fixed", "callsFixed");
  }

  @Test
  void threeStandBelowEachOtherAtMost() {
    assertThat(
            leaves(
                """
                static int one() { return 1; }
                static int two() { return one(); }
                static int three() { return two() + one(); }
                static int four() { return three(); }
                """))
        .containsExactlyInAnyOrder("<init>", "one", "two", "three");
  }

  @Test
  void whatAnExceptionOfABundleInheritsIsNoLeafForItMayBeOverridden() {
    ClassReader failure =
        new ClassReader(
            Objects.requireNonNull(
                TestSources.compile(
                        Map.of(
                            "x.Failure",
                            """
                            package x;
                            class Failure extends IllegalStateException {
                              @Override public Throwable fillInStackTrace() { new Failure(); return this; }
                            }
                            """))
                    .get("x.Failure")));

    assertThat(LeafMethods.of(failure)).isEmpty();
  }

  private static Set<String> leaves(String members) {
    Map<String, byte[]> classes =
        TestSources.compile(
            Map.of(
                "x.Code",
                "package x; public class Code {" + members + "}",
                "x.Other",
                "package x; class Other {}"));
    return LeafMethods.of(new ClassReader(Objects.requireNonNull(classes.get("x.Code")))).stream()
        .map(leaf -> leaf.substring(0, leaf.indexOf('(')))
        .collect(Collectors.toSet());
  }
}
