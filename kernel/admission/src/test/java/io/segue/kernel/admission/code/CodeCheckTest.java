package io.segue.kernel.admission.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.segue.kernel.admission.artifact.TestSources;
import io.segue.kernel.admission.hostile.ExceptionLoop;
import io.segue.kernel.api.node.CheckReport.Finding;
import io.segue.kernel.api.node.CheckReport.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

class CodeCheckTest {
  private static final Set<String> IMPORTS =
      Set.of("io.segue.kernel.api.module", "io.segue.kernel.api.node");
  private static final int LIMIT = 1_000;
  private static final Map<String, byte[]> CARELESS = CarelessCode.classes();

  static List<CarelessCode.Row> careless() {
    return CarelessCode.rows();
  }

  @ParameterizedTest
  @MethodSource("careless")
  void aCarelessStatementIsFoundWithItsPlaceAndWhatToDo(CarelessCode.Row row) {
    List<Finding> findings = check(Map.of(row.className(), CARELESS.get(row.className())));

    assertThat(findings)
        .filteredOn(finding -> finding.rule().equals(row.rule()))
        .anySatisfy(
            finding -> {
              assertThat(finding.what()).startsWith(row.found());
              assertThat(finding.bundle()).isEqualTo("bundle x 1.0.0");
              assertThat(finding.className()).isEqualTo(row.className());
              assertThat(finding.method()).matches("run|<clinit>");
              assertThat(finding.line()).isPositive();
              assertThat(finding.why()).isNotBlank();
              assertThat(finding.instead()).isNotBlank();
              assertThat(finding.severity())
                  .isEqualTo(row.rule().startsWith("note") ? Severity.NOTE : Severity.REFUSE);
            });
  }

  @Test
  void everyRuleIsBrokenByATest() {
    Set<String> tested =
        careless().stream().map(CarelessCode.Row::rule).collect(Collectors.toSet());
    tested.addAll(
        List.of(
            "class-file",
            "class-version",
            "not-loadable",
            "class-name",
            "module-info",
            "private-copy",
            "native",
            "finalizer",
            "module-state",
            CodeRule.ALLOWED));

    assertThat(new TreeSet<>(tested)).isEqualTo(new TreeSet<>(CodeCheck.rules()));
  }

  @Test
  void carefulCodeIsAdmitted() {
    assertThat(
            found(
                """
                enum Color { RED, GREEN }
                record Pair(String name, long amount) {}
                sealed interface Shape permits Round, Square {}
                record Round(int radius) implements Shape {}
                record Square(int side) implements Shape {}
                private static final java.util.Set<String> ONE = java.util.Set.of("a");
                private static final java.util.Map<String, Integer> SORTED =
                    new java.util.TreeMap<>(java.util.Map.of("a", 1, "b", 2));
                int number(Color color) {
                  return switch (color) { case RED -> 1; case GREEN -> 2; };
                }
                int number(String text) {
                  switch (text) { case "a": return 1; case "b": return 2; default: return 3; }
                }
                String text(java.util.List<Pair> pairs) {
                  return pairs.stream()
                      .filter(pair -> pair.amount() > 0)
                      .sorted(java.util.Comparator.comparing(Pair::name))
                      .map(pair -> pair.name() + ": " + pair.amount())
                      .collect(java.util.stream.Collectors.joining(\",\"));
                }
                byte[] bytes(Object o) throws Exception {
                  if (o instanceof Round round) {
                    return ("" + round).getBytes(java.nio.charset.StandardCharsets.UTF_8);
                  }
                  var digest = java.security.MessageDigest.getInstance("SHA-256");
                  var map = new java.util.EnumMap<Color, java.math.BigInteger>(Color.class);
                  map.merge(Color.RED, java.math.BigInteger.TEN, java.math.BigInteger::add);
                  var linked = new java.util.LinkedHashMap<String, long[]>(16, 0.75f);
                  linked.computeIfAbsent("x", key -> new long[1])[0]++;
                  return digest.digest(new byte[] {(byte) map.size(), (byte) linked.size()});
                }
                String time(java.time.Instant at) {
                  return java.time.format.DateTimeFormatter.ISO_INSTANT.format(at.plusSeconds(1))
                      + String.format(java.util.Locale.ROOT, "%03d", at.getNano())
                      + "ABC".toLowerCase(java.util.Locale.ROOT);
                }
                """))
        .isEmpty();
  }

  @Test
  void whatTheCompilerAddsToTryIsAdmitted() {
    assertThat(
            found(
                """
                int resources(java.io.InputStream in, java.io.InputStream other) throws Exception {
                  try (in; var two = other) {
                    return in.read() + two.read();
                  } catch (java.io.IOException e) {
                    throw new IllegalStateException(e);
                  } finally {
                    if (in.available() > 0) { other.close(); }
                  }
                }
                void rethrown() {
                  try { resources(null, null); }
                  catch (Throwable t) { this.last(t); throw new RuntimeException("x") {}; }
                }
                void last(Throwable t) {}
                void on() throws Throwable {
                  try { resources(null, null); } catch (Throwable t) { last(t); throw t; }
                }
                """))
        .singleElement()
        .satisfies(finding -> assertThat(finding.method()).isEqualTo("rethrown"));
  }

  @Test
  void theTablesOfAModuleMayBeMapsInAnyOrder() {
    String tables =
        """
        public java.util.Map<String, MessageHandler> messages() {
          return java.util.Map.of("/a", handler(), "/b", handler());
        }
        java.util.Map<String, MessageHandler> others() {
          return java.util.Map.of("/a", handler(), "/b", handler());
        }
        MessageHandler handler() { return null; }
        """;

    assertThat(found(tables))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo("hash-order");
              assertThat(finding.method()).isEqualTo("others");
            });
  }

  @Test
  void anUnorderedCollectionIsSortedOnlyWhereItIsGivenAsAWhole() {
    assertThat(
            found(
                """
                java.util.TreeMap<String, Object> map = new java.util.TreeMap<>();
                void value() { map.put("a", java.util.Set.of(1, 2)); }
                void whole() { map.putAll(java.util.Map.of("a", 1, "b", 2)); }
                Object set() { return new java.util.TreeSet<>(java.util.Set.of(1, 2)); }
                """))
        .extracting(Finding::method)
        .containsExactly("value");
  }

  @Test
  void aFieldOfAModuleIsSetInItsConstructorOnly() {
    String module =
        """
        static final class Bank implements io.segue.kernel.api.module.Module {
          private long height;
          Bank(long height) { this.height = height; }
          public String name() { return "bank"; }
          public long consensusVersion() { return height; }
          public void beginBlock(Context context) { height = context.height(); }
        }
        static class Scratch { long sum; void add() { sum++; } }
        """;

    assertThat(found(module))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo("module-state");
              assertThat(finding.what()).isEqualTo("writes the field x.X$Bank.height");
              assertThat(finding.method()).isEqualTo("beginBlock");
            });
  }

  @Test
  void aMemberIsFoundUnderTheNameOfAClassOfTheBundleToo() {
    assertThat(
            found(
                """
                static class Words extends java.util.ArrayList<String> {}
                enum Color { RED }
                void run() { new Words().parallelStream(); use(Color.RED.hashCode()); }
                void use(int number) {}
                """))
        .extracting(Finding::rule)
        .containsExactly("threads", "identity");
  }

  @Test
  void aMethodOfTheBundleThatOverridesIsItsOwn() {
    assertThat(
            found(
                """
                static class Box { public int hashCode() { return 7; } }
                int run() { return new Box().hashCode(); }
                """))
        .isEmpty();
  }

  @Test
  void nativeMethodsAndFinalizersAreFound() {
    assertThat(
            found(
                """
                native void call();
                protected void finalize() {}
                """))
        .extracting(Finding::rule)
        .containsExactly("native", "finalizer");
  }

  @Test
  void whatCannotBeCancelledIsFound() {
    assertThat(check(Map.of("x.X", ExceptionLoop.of("x/X", true))))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo("not-loadable");
              assertThat(finding.what()).contains("an exception handler of call stands before");
            });
  }

  @Test
  void allIsListedHoweverMuchItIs() {
    assertThat(found(methods(600, "System.gc();"))).hasSize(600);
  }

  @Test
  void aBundleWithMoreFindingsThanTheLimitIsRefused() {
    List<Finding> findings = found(methods(LIMIT + 10, "Character.isLetter('a');"));

    assertThat(findings).hasSize(LIMIT + 1);
    assertThat(findings.get(LIMIT).what()).startsWith("the check ended at " + LIMIT + " findings");
    assertThat(findings.get(LIMIT).severity()).isEqualTo(Severity.REFUSE);
  }

  @Test
  void aSynchronizedMethodIsFound() {
    assertThat(found("synchronized void locked() {}\nstatic synchronized void shared() {}"))
        .extracting(Finding::rule, Finding::method)
        .containsExactly(tuple("monitor", "locked"), tuple("monitor", "shared"));
  }

  @Test
  void aModuleDescriptorOfJavaIsNoClassAndAClassOfItsNameIsNone() {
    ClassWriter descriptor = new ClassWriter(0);
    descriptor.visit(Opcodes.V17, Opcodes.ACC_MODULE, "module-info", null, null, null);
    descriptor.visitModule("x", 0, null).visitEnd();
    assertThat(check(Map.of("module-info", descriptor.toByteArray()))).isEmpty();

    ClassWriter disguised = new ClassWriter(0);
    disguised.visit(Opcodes.V17, 0, "module-info", null, "java/lang/Object", null);
    assertThat(check(Map.of("module-info", disguised.toByteArray())))
        .extracting(Finding::rule, Finding::what)
        .containsExactly(tuple("module-info", "module-info.class is no module descriptor"));
  }

  @Test
  void aLineOfTheTableThatOccursTwiceIsRefused() {
    assertThatThrownBy(
            () -> Rules.parse("[a]\nwhy: x\ninstead: y\njava.util.Random\n[b]\njava.util.Random"))
        .hasMessage("rules.txt: 'java.util.Random' occurs twice");
  }

  private static String methods(int count, String body) {
    return Stream.iterate(0, i -> i + 1)
        .limit(count)
        .map(i -> "void m" + i + "() { " + body + " }\n")
        .collect(Collectors.joining());
  }

  private static List<Finding> found(String members) {
    return check(
        TestSources.compile(
            Map.of(
                "x.X",
                "package x; import io.segue.kernel.api.module.*;\nclass X {\n" + members + "}\n")));
  }

  private static List<Finding> check(Map<String, byte[]> classes) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    classes.forEach((name, bytes) -> entries.put(name.replace('.', '/') + ".class", bytes));
    return CodeCheck.check("bundle x 1.0.0", entries, IMPORTS, LIMIT);
  }
}
