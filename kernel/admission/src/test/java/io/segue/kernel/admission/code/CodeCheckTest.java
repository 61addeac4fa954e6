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
      Set.of(
          "com.google.protobuf",
          "io.segue.kernel.api.module",
          "io.segue.kernel.api.node",
          "org.slf4j");
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
              assertThat(finding.severity()).isEqualTo(Severity.REFUSE);
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
            "dynamic",
            "generated-code",
            "not-loadable",
            "class-name",
            "module-info",
            "private-copy",
            "native",
            "finalizer",
            "module-state"));

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
                      + java.time.format.DateTimeFormatter.ofPattern(
                              "uuuu-MM-dd'T'HH:mm", java.util.Locale.ROOT)
                          .format(at.atOffset(java.time.ZoneOffset.UTC));
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
        .containsExactlyInAnyOrder("threads", "identity", "platform");
  }

  @Test
  void aClassOfJavaIsExtendedOnlyWhereTheListSaysSo() {
    assertThat(
            found(
                """
                static class Words extends java.util.ArrayList<String> {}
                static class Text implements CharSequence {
                  public int length() { return 0; }
                  public char charAt(int i) { return 'a'; }
                  public CharSequence subSequence(int a, int b) { return this; }
                }
                static class Wrong extends RuntimeException { Wrong() { super("wrong"); } }
                record Number(int n) implements Comparable<Number> {
                  public int compareTo(Number other) { return n - other.n; }
                }
                """))
        .extracting(Finding::what)
        .containsExactly("implements java.lang.CharSequence", "extends java.util.ArrayList");
  }

  @Test
  void anObjectOfItsOwnIsMadeOnlyByItsSubclasses() {
    assertThat(found("Object lock() { return new Object(); }"))
        .extracting(Finding::what)
        .containsExactly("makes a java.lang.Object");
  }

  @Test
  void whatIsCaughtOrCastToIsOnTheList() {
    assertThat(
            found(
                """
                Object cast(Object o) { return (java.util.HashMap<?, ?>) o; }
                boolean is(Object o) { return o instanceof Thread[]; }
                void run() { try { cast(this); } catch (SecurityException e) { cast(e); } }
                """))
        .extracting(Finding::rule, Finding::what)
        .containsExactlyInAnyOrder(
            tuple("hash-order", "casts to java.util.HashMap"),
            tuple("threads", "casts to java.lang.Thread[]"),
            tuple("platform", "catches java.lang.SecurityException"));
  }

  @Test
  void enumsAndNullAreComparedByIdentityAndNothingElseOutsideOfEquals() {
    assertThat(
            found(
                """
                enum Color { RED, GREEN { int x() { return 2; } }; int x() { return 1; } }
                boolean enums(Color a, Color b, Object o) { return a == b || a == o || o == null; }
                boolean classes(Object a, Object b) { return a.getClass() != b.getClass(); }
                boolean others(Object a, Object b) { return a == b; }
                """))
        .extracting(Finding::method, Finding::what)
        .containsExactly(tuple("others", "compares java.lang.Object and java.lang.Object by =="));
  }

  @Test
  void aConstantIsKnownWhereItIsLoadedAndNotBehindABranch() {
    assertThat(
            found(
                """
                static final String DIGITS = "[0-9]+";
                boolean known(String s) { return s.matches(DIGITS); }
                boolean branch(String s, boolean b) { return s.matches(b ? "a" : s); }
                String many(String s, long n) {
                  return String.format(java.util.Locale.ROOT, "%s %03d %x %%", s, n, n);
                }
                """))
        .extracting(Finding::method)
        .containsExactly("branch");
  }

  @Test
  void anExpressionIsNotLongAndRepeatsNoGroup() {
    String longest = "(".repeat(512) + ")".repeat(512);
    assertThat(
            found(
                """
                boolean usual(String s) { return s.matches("-?(0|[1-9][0-9]*)([.][0-9]{1,18})?"); }
                boolean literal(String s) { return s.matches("[()*]+\\\\)*[^)]+"); }
                boolean longest(String s) { return s.matches("%s"); }
                boolean longer(String s) { return s.matches("%sx"); }
                boolean group(String s) { return s.matches("(a|b)*+"); }
                """
                    .formatted(longest, longest)))
        .extracting(Finding::method)
        .containsExactly("longer", "group");
  }

  @Test
  void aRecordAndAClassWithATextMayBecomeText() {
    assertThat(
            found(
                """
                record Pair(String a, long b) {}
                interface Shape {}
                record Round(int r) implements Shape {}
                static class Silent {}
                String all(Pair p, Shape s, java.util.List<Pair> list, Object o, Long n, Throwable t) {
                  return "" + p + s + list + o + n + t + p.toString() + String.valueOf(o);
                }
                String silent(Silent s) { return "" + s; }
                """))
        .extracting(Finding::method, Finding::what)
        .containsExactly(
            tuple(
                "silent", "makes a text of a x.X$Silent, calls java.lang.String.valueOf(Object)"));
  }

  @Test
  void codeInAClassOfProtobufsShapeUsesOnlyWhatProtobufGenerates() {
    assertThat(
            check(
                Map.of(
                    "x.Message", Generated.message("x/Message", true),
                    "x.Message$Builder", Generated.builder("x/Message$Builder"))))
        .isEmpty();
    assertThat(
            check(
                Map.of(
                    "x.Message",
                    Generated.calling("x/Message", "java/lang/Long", "parseLong", "x"))))
        .extracting(Finding::rule, Finding::what)
        .containsExactly(tuple("generated-code", "calls java.lang.Long.parseLong(String)"));
  }

  @Test
  void protobufReflectsOnMessagesOfTheBundleOnly() {
    assertThat(
            check(
                Map.of(
                    "x.Message", Generated.message("x/Message", false),
                    "x.Message$Builder", Generated.builder("x/Message$Builder"))))
        .extracting(Finding::rule)
        .containsExactly("reflection");
  }

  @Test
  void aMethodOfTheBundleThatOverridesIsItsOwn() {
    assertThat(
            found(
                """
                static class Box {
                  public int hashCode() { return java.util.Objects.hash(7, new byte[1]); }
                  public String toString() { return "box"; }
                  public boolean equals(Object o) { return o == this; }
                }
                String run() { return new Box() + new Box().toString(); }
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
    List<Finding> findings = found(methods(LIMIT + 10, "System.gc();"));

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
