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
    return Stream.of(code(), kinds(), shape()).flatMap(good -> good);
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

  /** What builders write most: states, amounts, texts, orders, dates. */
  private static Stream<Good> kinds() {
    return Stream.of(
        code(
            "a machine of states",
            """
            enum State {
              OPEN { State next() { return PAID; } },
              PAID { State next() { return CLOSED; } },
              CLOSED { State next() { throw new IllegalStateException("closed"); } };
              abstract State next();
            }
            State state = State.OPEN;
            while (state != State.CLOSED) { state = state.next(); }
            return state + " " + State.valueOf("PAID").compareTo(state) + " " + State.values().length;
            """,
            "CLOSED -1 3"),
        code(
            "shares of an amount",
            """
            var total = new java.math.BigDecimal("100.00");
            var weights = java.util.List.of(1L, 2L, 4L);
            long sum = weights.stream().mapToLong(Long::longValue).sum();
            var parts = new java.util.ArrayList<java.math.BigDecimal>();
            var rest = total;
            for (long weight : weights) {
              var part = total.multiply(java.math.BigDecimal.valueOf(weight))
                  .divide(java.math.BigDecimal.valueOf(sum), 2, java.math.RoundingMode.DOWN);
              parts.add(part);
              rest = rest.subtract(part);
            }
            parts.set(0, parts.get(0).add(rest).setScale(2, java.math.RoundingMode.UNNECESSARY));
            return parts + " " + parts.stream().reduce(java.math.BigDecimal.ZERO, java.math.BigDecimal::add).toPlainString();
            """,
            "[14.29, 28.57, 57.14] 100.00"),
        code(
            "a parser of amounts",
            """
            var coins = new java.util.TreeMap<String, Long>();
            for (String part : "7stake, 5atom,2stake".split(",")) {
              String coin = part.strip();
              int end = 0;
              while (end < coin.length() && coin.charAt(end) >= '0' && coin.charAt(end) <= '9') { end++; }
              if (end == 0 || end == coin.length()) { throw new IllegalArgumentException("no coin: '" + coin + "'"); }
              coins.merge(coin.substring(end), Long.parseLong(coin.substring(0, end)), Math::addExact);
            }
            return coins;
            """,
            "{atom=5, stake=9}"),
        code(
            "a text that is no number",
            "try { return Integer.parseInt(\"x\"); } catch (NumberFormatException e) { return \"'x' is no number\"; }",
            "'x' is no number"),
        code(
            "an order by several things",
            """
            record Bid(String who, long price, java.time.Instant at) implements Comparable<Bid> {
              public int compareTo(Bid other) { return Long.compare(other.price, price); }
            }
            var bids = new java.util.ArrayList<Bid>();
            for (int i = 0; i < 4; i++) { bids.add(new Bid("b" + (4 - i), i / 2, java.time.Instant.ofEpochSecond(i))); }
            java.util.Collections.sort(bids);
            bids.sort(java.util.Comparator.<Bid>naturalOrder().thenComparing(Bid::who).thenComparingLong(bid -> bid.at().getEpochSecond()));
            return bids.stream().map(Bid::who).collect(java.util.stream.Collectors.joining(" ", "<", ">"));
            """,
            "<b1 b2 b3 b4>"),
        code(
            "dates and their texts",
            """
            var date = java.time.LocalDate.parse("2024-01-31").plusMonths(1).with(java.time.temporal.ChronoField.DAY_OF_MONTH, 1);
            var format = java.time.format.DateTimeFormatter.ofPattern("dd.MM.uuuu", java.util.Locale.ROOT);
            long days = java.time.temporal.ChronoUnit.DAYS.between(date, java.time.LocalDate.of(2024, 3, 1));
            return date.format(format) + " " + days + " " + date.getDayOfWeek()
                + " " + java.time.Duration.ofHours(36).plusMinutes(1) + " " + java.time.Instant.EPOCH.isBefore(java.time.Instant.ofEpochMilli(1));
            """,
            "01.02.2024 29 THURSDAY PT36H1M true"),
        code(
            "texts that are built",
            """
            var text = new StringBuilder("ab").append(7L).append('c').insert(0, true).reverse();
            String padded = String.format(java.util.Locale.ROOT, "%05d|%-3s|%x", 42, "y", 255);
            return text + " " + padded + " " + String.join("/", java.util.List.of("a", "b")) + " " + "-".repeat(3)
                + " " + "a1b22".replaceAll("[0-9]+", "#") + " " + java.util.Arrays.toString("x=y".split("=", 2));
            """,
            "c7baeurt 00042|y  |ff a/b --- a#b# [x, y]"),
        code(
            "groups in an order",
            """
            return java.util.stream.Stream.of("pear", "apple", "plum", "fig")
                .collect(java.util.stream.Collectors.groupingBy(
                    fruit -> fruit.length(), java.util.TreeMap::new, java.util.stream.Collectors.toList()));
            """,
            "{3=[fig], 4=[pear, plum], 5=[apple]}"),
        code(
            "values that are keys",
            """
            class Key {
              final String name; final int part;
              Key(String name, int part) { this.name = name; this.part = part; }
              public boolean equals(Object o) { return this == o || o instanceof Key k && name.equals(k.name) && part == k.part; }
              public int hashCode() { return java.util.Objects.hash(name, part); }
              public String toString() { return name + part; }
            }
            var map = new java.util.LinkedHashMap<Key, Integer>();
            for (int i = 0; i < 4; i++) { map.merge(new Key("k", i % 2), 1, Integer::sum); }
            return map;
            """,
            "{k0=2, k1=2}"),
        code(
            "an iterator of its own",
            """
            class Countdown implements java.util.Iterator<Integer>, Iterable<Integer> {
              int left = 3;
              public boolean hasNext() { return left > 0; }
              public Integer next() { return left--; }
              public java.util.Iterator<Integer> iterator() { return this; }
            }
            var text = new java.util.StringJoiner(",");
            for (int n : new Countdown()) { text.add(Integer.toString(n)); }
            return text;
            """,
            "3,2,1"),
        code(
            "bytes that are packed",
            """
            byte[] key = java.nio.ByteBuffer.allocate(12).order(java.nio.ByteOrder.BIG_ENDIAN).putInt(7).putLong(9).array();
            byte[] next = java.util.Arrays.copyOfRange(key, 2, 6);
            return java.util.HexFormat.of().formatHex(next) + " " + java.util.Base64.getEncoder().encodeToString(next)
                + " " + java.util.Arrays.compareUnsigned(key, next) + " " + Long.toHexString(Long.rotateLeft(3, 62));
            """,
            "00070000 AAcAAA== -7 c000000000000000"),
        code(
            "an exception of its own",
            """
            class Refused extends RuntimeException {
              final int code;
              Refused(int code, String message) { super(message); this.code = code; }
            }
            try { throw new Refused(5, "too little"); }
            catch (Refused e) { return e.code + ": " + e.getMessage(); }
            finally { platform.length(); }
            """,
            "5: too little"),
        code(
            "a value that may not be there",
            """
            return java.util.Optional.of("7").filter(s -> !s.isEmpty()).map(Long::valueOf).or(java.util.Optional::empty)
                .orElseThrow(() -> new IllegalArgumentException("none")) + java.util.OptionalLong.of(3).orElse(0);
            """,
            "10"),
        code(
            "kinds of a sealed type",
            """
            interface Shape { long area(); }
            record Square(long side) implements Shape { public long area() { return side * side; } }
            record Tile(long w, long h) implements Shape {
              Tile { if (w <= 0) { throw new IllegalArgumentException("w is " + w); } }
              public long area() { return Math.multiplyExact(w, h); }
            }
            java.util.function.Function<Shape, String> name = shape -> shape instanceof Square s ? "square of " + s.side() : shape.toString();
            return java.util.stream.Stream.of(new Square(2), new Tile(2, 3)).map(name).toList();
            """,
            "[square of 2, Tile[w=2, h=3]]"),
        code(
            "a table of functions",
            """
            var table = new java.util.LinkedHashMap<String, java.util.function.LongBinaryOperator>();
            table.put("add", Math::addExact);
            table.put("max", Math::max);
            table.put("sub", (a, b) -> a - b);
            var results = new java.util.ArrayList<Long>();
            table.forEach((name, f) -> results.add(f.applyAsLong(7, 3)));
            return results;
            """,
            "[10, 7, 4]"));
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
