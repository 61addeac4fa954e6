package io.segue.kernel.core.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.admission.artifact.TestBundle;
import io.segue.kernel.admission.artifact.TestSources;
import io.segue.kernel.admission.hostile.Hostile;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.core.assembly.GenerationAssembler;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.NoCrypto;
import io.segue.kernel.core.osgi.OsgiBundleSpace;
import io.segue.kernel.core.osgi.RealFramework;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** What careful builders write, and what looks odd in a bundle and does no harm. */
class GoodBundlesTest {
  /** A bundle that is fine; the module's default genesis says what its code computes. */
  private record Good(String name, TestBundle bank, String genesis) {
    @Override
    public String toString() {
      return name;
    }
  }

  @TempDir static Path folder;
  private static RealFramework framework;
  private static OsgiBundleSpace space;
  private static GenerationAssembler assembler;
  private static Generation running;

  @BeforeAll
  static void start() throws Exception {
    framework = RealFramework.start(folder.resolve("felix"));
    space = framework.space();
    ContentStore store = ContentStore.open(folder.resolve("artifacts"));
    assembler = new GenerationAssembler(space, store, new NoCrypto());
    byte[] genesis =
        TestBundle.archive(
            TestBundle.generation("genesis").takes("auth", "1.0.0").takes("bank", "1.0.0"),
            TestBundle.module("auth", "1.0.0"),
            TestBundle.module("bank", "1.0.0"));
    running = assembler.assemble(Optional.empty(), ArtifactSource.archive(genesis));
  }

  @AfterAll
  static void stop() throws Exception {
    assembler.dispose(running);
    space.close();
    framework.close();
  }

  static Stream<Good> all() {
    return Stream.concat(code(), shape());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void isAdmittedAndRuns(Good good) throws Exception {
    byte[] artifact = TestBundle.archive(Hostile.generation(), good.bank());

    CheckReport report =
        assembler.check(Optional.of(running), ArtifactSource.archive(artifact), plan -> false);
    Generation generation =
        assembler.assemble(Optional.of(running), ArtifactSource.archive(artifact));

    assertThat(report.findings()).isEmpty();
    assertThat(report.generation().orElseThrow().digest()).isEqualTo(generation.digest());
    assertThat(generation.modules().modules())
        .filteredOn(module -> module.name().equals("bank"))
        .singleElement()
        .satisfies(
            bank -> assertThat(bank.defaultGenesis()).asString(UTF_8).isEqualTo(good.genesis()));
    assembler.dispose(generation);
  }

  private static Stream<Good> code() {
    return Stream.of(
        code(
            "lambdas",
            "java.util.function.LongUnaryOperator f = x -> x + 1; return f.applyAsLong(1);",
            "2"),
        code(
            "streams",
            "return java.util.List.of(3, 1, 2).stream().sorted().map(i -> \"\" + i).collect(java.util.stream.Collectors.joining());",
            "123"),
        code(
            "records",
            "record Pair(String name, long amount) {} return new Pair(\"a\", 1);",
            "Pair[name=a, amount=1]"),
        code(
            "a switch over an enum",
            "return switch (java.math.RoundingMode.UP) { case UP -> 1; default -> 2; };",
            "1"),
        code(
            "a switch over strings",
            "switch (platform.toString().substring(0, 0)) { case \"\": return 1; case \"a\": return 2; default: return 3; }",
            "1"),
        code(
            "strings joined", "long n = 7; return \"n=\" + n + 'c' + true + null;", "n=7ctruenull"),
        code("a text block", "return \"\"\"\n a\n b\"\"\".length();", "3"),
        code(
            "inner classes",
            "class Inner { int n = 4; int get() { return n; } } return new Inner().get();",
            "4"),
        code(
            "an anonymous class",
            "return new Object() { public String toString() { return \"anon\"; } };",
            "anon"),
        code(
            "generics and interfaces",
            "java.util.Comparator<String> c = java.util.Comparator.<String>naturalOrder().reversed(); return c.compare(\"a\", \"b\");",
            "1"),
        code(
            "an EnumMap",
            "return new java.util.EnumMap<>(java.util.Map.of(java.math.RoundingMode.UP, 1, java.math.RoundingMode.DOWN, 2));",
            "{UP=1, DOWN=2}"),
        code(
            "a TreeMap",
            "return new java.util.TreeMap<>(java.util.Map.of(\"b\", 2, \"a\", 1));",
            "{a=1, b=2}"),
        code(
            "a LinkedHashMap",
            "var m = new java.util.LinkedHashMap<String, Integer>(16, 0.75f); m.put(\"b\", 2); m.put(\"a\", 1); return m;",
            "{b=2, a=1}"),
        code(
            "a LinkedHashSet",
            "return new java.util.LinkedHashSet<>(java.util.List.of(3, 1, 2));",
            "[3, 1, 2]"),
        code(
            "big numbers",
            "return new java.math.BigInteger(\"10\").pow(30).divide(java.math.BigInteger.valueOf(7));",
            "142857142857142857142857142857"),
        code(
            "decimals",
            "return new java.math.BigDecimal(\"1\").divide(new java.math.BigDecimal(3), 5, java.math.RoundingMode.HALF_EVEN);",
            "0.33333"),
        code(
            "digests",
            "try { return java.util.HexFormat.of().formatHex(java.security.MessageDigest.getInstance(\"SHA-256\").digest(), 0, 4); } catch (java.security.NoSuchAlgorithmException e) { throw new IllegalStateException(e); }",
            "e3b0c442"),
        code(
            "times",
            "return java.time.Instant.ofEpochSecond(1).plus(java.time.Duration.ofDays(1));",
            "1970-01-02T00:00:01Z"),
        code(
            "buffers and charsets",
            "return java.nio.ByteBuffer.allocate(8).putLong(7).array()[7] + new String(new byte[] {65}, java.nio.charset.StandardCharsets.US_ASCII);",
            "7A"),
        code(
            "patterns",
            "Object o = \"x1\"; return o instanceof String s && java.util.regex.Pattern.compile(\"[a-z][0-9]\").matcher(s).matches();",
            "true"),
        code(
            "try with resources",
            "try (var in = new java.io.ByteArrayInputStream(new byte[3])) { return in.readAllBytes().length; } catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); } finally { platform.toString(); }",
            "3"));
  }

  private static Stream<Good> shape() {
    return Stream.of(
        shape(
            "headers of the old services",
            Hostile.bank().header("Export-Service", "x.Y").header("Import-Service", "x.Z")),
        shape(
            "a header that nobody knows",
            Hostile.bank().header("Main-Class", "x.bank.Main").header("X-Made-By", "hand")),
        shape("the only class path there is", Hostile.bank().header("Bundle-ClassPath", ".")),
        shape(
            "an import of Java",
            Hostile.bank().header("Import-Package", "java.util,io.segue.kernel.api.module")),
        shape("a jar that nothing reaches", Hostile.bank().file("lib/x.jar", new byte[] {1, 2, 3})),
        shape(
            "a file of services",
            Hostile.bank().file("META-INF/services/x.Y", "x.Z".getBytes(UTF_8))),
        shape(
            "a component that nobody starts",
            Hostile.bank().file("OSGI-INF/x.xml", "<x/>".getBytes(UTF_8))),
        shape(
            "a class of another module's package",
            Hostile.bank().source("x.auth.Twin", "package x.auth; class Twin {}")),
        shape(
            "a module descriptor of Java", Hostile.bank().file("module-info.class", moduleInfo())));
  }

  private static byte[] moduleInfo() {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_MODULE, "module-info", null, null, null);
    writer.visitModule("x.bank", 0, null).visitEnd();
    return writer.toByteArray();
  }

  private static Good code(String name, String body, String genesis) {
    String members =
        """
        private Object value(String platform) { %s }
        public byte[] defaultGenesis() {
          return String.valueOf(value("")).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
        """
            .formatted(body);
    TestBundle bank =
        Hostile.bank()
            .source("x.bank.Factory", TestSources.factory("x.bank", "bank", "return 1;", members));
    return new Good(name, bank, genesis);
  }

  private static Good shape(String name, TestBundle bank) {
    return new Good(name, bank, "{}");
  }
}
