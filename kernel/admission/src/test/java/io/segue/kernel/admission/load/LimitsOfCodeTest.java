package io.segue.kernel.admission.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.guard.GuardLimits;
import io.segue.kernel.api.guard.LimitError;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What code may use under kernel rules 2. */
class LimitsOfCodeTest {
  private static final String SOURCE =
      """
      package x;
      import java.math.*;
      import java.util.*;
      import java.util.function.*;
      import java.util.stream.*;
      public class Code implements java.util.concurrent.Callable<Object> {
        public static int deepest;
        static int down(int n) { deepest = n; return down(n + 1) + 1; }
        static int to(int n) { return n == 0 ? 0 : 1 + to(n - 1); }
        static void fails(int n) { if (n == 0) throw new IllegalStateException("x"); fails(n - 1); }
        static byte[] bytes(int n) { return new byte[n]; }
        %s
        public Object call() throws Exception { %s }
      }
      """;

  @Test
  void recursionEndsAtTheSameDepthEachTime() throws Exception {
    Callable<?> code = LoadedCode.of(2, source("", "deepest = 0; return down(1);"));

    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(LoadedCode.called(code)::call)
          .isInstanceOf(LimitError.class)
          .hasMessageContaining("1024");
      assertThat(deepest(code)).isEqualTo(GuardLimits.CALL_DEPTH - 1);
    }
  }

  /** The frames are as large as they may be, and interpreted or not. */
  @Test
  void theStackOfAGuardedThreadHasRoomForTheDeepestCall() throws Exception {
    StringBuilder locals = new StringBuilder();
    for (int i = 0; i < 120; i++) {
      locals.append("long v").append(i).append(" = n + ").append(i).append("; ");
    }
    StringBuilder sum = new StringBuilder("0");
    for (int i = 0; i < 120; i++) {
      sum.append(" + v").append(i);
    }
    String large =
        "static long large(long n) { "
            + locals
            + "List<Long> one = new ArrayList<>(List.of(n)); one.sort(Comparator.comparing(v -> v));"
            + " long[] r = {0}; one.forEach(v -> r[0] = large(v + 1)); return r[0] + "
            + sum
            + "; }";
    Callable<?> code = code(large, "return large(0);");

    assertThatThrownBy(code::call).isInstanceOf(LimitError.class);
  }

  @Test
  void whatReturnsOrIsCaughtGivesItsDepthBack() throws Exception {
    String body =
        """
        int sum = 0;
        for (int i = 0; i < 3000; i++) {
          sum += to(900);
          try { fails(900); } catch (IllegalStateException e) { sum++; }
          try { fails(900); } catch (IllegalStateException e) { sum++; } finally { sum += to(900); }
        }
        return sum;
        """;

    assertThat(code("", body).call()).isEqualTo(3000 * 1802);
  }

  @Test
  void aClassInitialisesItselfAtADepthOfItsOwn() throws Exception {
    String members =
        """
        static class Late { static final int VALUE = to(1000); }
        static int at(int n) { return n == 0 ? Late.VALUE : at(n - 1); }
        """;

    assertThat(code(members, "return at(900) + at(900);").call()).isEqualTo(2000);
  }

  @Test
  void theDepthGoesOnThroughWhatJavaCallsBack() throws Exception {
    String members =
        """
        static int n;
        static void down() { n++; List.of(1).forEach(i -> down()); }
        """;

    assertThatThrownBy(() -> code(members, "down(); return n;").call())
        .isInstanceOf(LimitError.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return BigInteger.TEN.pow(200000000);",
        "BigInteger n = BigInteger.TWO; while (true) { n = n.multiply(n); }",
        "return BigInteger.ONE.shiftLeft(Integer.MAX_VALUE);",
        "return BigInteger.ONE.shiftRight(-100000);",
        "return BigInteger.ZERO.setBit(2000000000);",
        "return new BigInteger(\"9\".repeat(100000));",
        "return new BigInteger(\"z\".repeat(100000), 36);",
        "return new BigInteger(bytes(100000));",
        "return new BigInteger(1, bytes(100000));",
        "return Stream.of(\"9\".repeat(100000)).map(BigInteger::new).toList();",
        "return Stream.of(\"1e100000000\").map(BigDecimal::new).toList();",
        "return Stream.of(1, 2).map(i -> BigInteger.valueOf(2)).reduce(BigInteger.ONE.shiftLeft(8000),"
            + " BigInteger::multiply).shiftLeft(200);",
        "var two = BigInteger.TWO.pow(5000); return two.modPow(two, two);",
        "return BigDecimal.TEN.pow(100000);",
        "return new BigDecimal(\"1e1000000000\");",
        "return new BigDecimal(\"1e1000000000\", MathContext.DECIMAL64);",
        "return BigDecimal.ONE.setScale(100000000);",
        "return BigDecimal.ONE.divide(BigDecimal.valueOf(3), 100000000, RoundingMode.DOWN);",
        "return BigDecimal.ONE.divide(BigDecimal.valueOf(3), new MathContext(100000000));",
        "return BigDecimal.ONE.movePointLeft(100000000).movePointRight(100000000);",
        "return BigDecimal.valueOf(1, 100000000);",
        "return new BigDecimal(BigInteger.ONE, -100000000);",
        "return bytes(100000000);",
        "return new long[3000000];",
        "return new String[3000000];",
        "return new int[3000][3000];",
        "return new int[3000][3000][];",
        "return Arrays.copyOf(bytes(10), 100000000);",
        "return Arrays.copyOfRange(bytes(10), 5, 100000000);",
        "return Arrays.copyOfRange(bytes(1000), 900, Integer.MIN_VALUE + 800);",
        "return java.nio.ByteBuffer.allocate(100000000);",
        "return \"x\".repeat(100000000);",
        "return \"x\".indent(100000000);",
        "return String.join(\"x\".repeat(1000000), new String[1000]);",
        "return String.join(\"x\".repeat(1000000), Collections.nCopies(1000, \"y\"));",
        "return Stream.of(1, 2, 3).map(i -> \"x\".repeat(8000000)).collect(Collectors.joining());",
        "return Stream.of(\"a\", \"b\", \"c\").collect(Collectors.joining(\"x\".repeat(8000000)));",
        "var x = \"x\".repeat(8000000);"
            + " return Stream.of(\"a\", \"b\", \"c\").collect(Collectors.joining(x, \"(\", \")\"));",
        "return java.time.LocalDate.MIN.datesUntil(java.time.LocalDate.MAX).toList();",
        "return \"x\".repeat(5000).replace(\"\", \"y\".repeat(5000));",
        "return \"x\".repeat(5000).replaceAll(\"x\", \"y\".repeat(5000));",
        "var s = new StringBuilder(); s.setLength(100000000); return s;",
        "return new StringBuilder(100000000);",
        "return new ArrayList<Long>(100000000);",
        "return new LinkedHashMap<Long, Long>(100000000);",
        "return new LinkedHashMap<Long, Long>(100000000, 0.5f);",
        "return new LinkedHashMap<Long, Long>(100000000, 0.5f, true);",
        "return new BitSet(1000000000);",
        "var b = new BitSet(); b.set(1000000000); return b;",
        "var b = new BitSet(); b.set(1000000000, true); return b;",
        "var b = new BitSet(); b.set(5, 1000000000); return b;",
        "var b = new BitSet(); b.set(5, 1000000000, true); return b;",
        "var b = new BitSet(); b.flip(1000000000); return b;",
        "var b = new BitSet(); b.flip(5, 1000000000); return b;",
        "return Collections.nCopies(100000000, 1L);",
        "return IntStream.range(0, 2000000000).sum();",
        "return LongStream.rangeClosed(0, Long.MAX_VALUE).sum();",
        "return LongStream.range(Long.MIN_VALUE, Long.MAX_VALUE).sum();",
        "return \"x\".repeat(100000).matches(\"x*\");",
        "return java.util.regex.Pattern.compile(\"x\").matcher(\"x\".repeat(100000)).matches();",
        "return java.util.regex.Pattern.compile(\"x\").asPredicate().test(\"y\".repeat(100000));",
        "return java.util.regex.Pattern.compile(\"x\").asMatchPredicate().test(\"y\".repeat(100000));",
        "return java.util.regex.Pattern.compile(\"x\").matcher(\"\").reset(\"x\".repeat(100000)).find();",
        "return java.util.regex.Pattern.compile(\"x\").matcher(\"x\".repeat(5000)).replaceAll(\"y\".repeat(5000));",
        "var m = java.util.regex.Pattern.compile(\"x\").matcher(\"x\".repeat(5000)); var y = \"y\".repeat(5000);"
            + "return m.replaceAll(match -> y);",
        "List<byte[]> all = new ArrayList<>(); while (true) { all.add(new byte[1 << 20]); all.clear(); }",
      })
  void whatAsksForTooMuchEnds(String body) throws Exception {
    assertThatThrownBy(code("", body)::call).isInstanceOf(LimitError.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return BigInteger.TEN.pow(77).multiply(BigInteger.TEN).shiftLeft(9).modPow(BigInteger.TWO, BigInteger.TEN);",
        "return BigInteger.ONE.pow(2000000000).add(BigInteger.ZERO.pow(2000000000));",
        "return new BigInteger(\"123\").add(new BigInteger(\"7f\", 16)).add(new BigInteger(1, bytes(9)));",
        "return new BigDecimal(\"1.50e3\").divide(new BigDecimal(\"7\"), 18, RoundingMode.HALF_EVEN);",
        "return new BigDecimal(\"-1.5E-3\").pow(3).setScale(5, RoundingMode.DOWN).multiply(BigDecimal.TEN);",
        "return new int[] {1, 2, 3}[1] + (new int[2][3])[1].length + (new byte[2][3][])[1].length;",
        "return new String(Arrays.copyOfRange(\"abcdef\".getBytes(), 2, 4)) + \"ab\".repeat(3);",
        "return \"a,b,,c\".split(\",\").length + \"aXbX\".replace(\"X\", \"__\").replaceAll(\"_+\", \"-\");",
        "return List.of(\"a1b22\".split(\"[0-9]+\", -1)) + \"a.b\".replaceFirst(\"\\\\.\", \"$0$0\") + \"ab\".matches(\"a(b)?\");",
        "var m = java.util.regex.Pattern.compile(\"(a)(b)?\").matcher(new StringBuilder(\"xaby\")); var b = m.find();"
            + "return b + m.group(2) + m.start() + m.replaceAll(r -> r.group(1) + 1) + m.reset(\"a\").matches();",
        "return \"\" + java.util.regex.Pattern.compile(\",\").splitAsStream(\"a,b\").toList() "
            + "+ java.util.stream.Stream.of(\"abc\", \"b\")"
            + ".filter(java.util.regex.Pattern.compile(\"b\").asMatchPredicate()).toList();",
        "return new LinkedHashMap<String, Long>(16, .75f, true).size() + new ArrayList<Long>(20).size();",
        "return IntStream.range(0, 10).mapToObj(i -> new BitSet(i)).count();",
        "return \"a\\nb\".indent(2) + \"  a\".indent(-1) + \"a\".indent(0) + String.join(\",\", \"a\", null, \"b\")"
            + " + String.join(\",\", List.of(\"c\", new StringBuilder(\"d\"))) + String.join(\",\");",
        "return Stream.of(\"a\", \"b\").collect(Collectors.joining()) + Stream.of(\"a\", \"b\").collect(Collectors.joining(\"-\"))"
            + " + Stream.<String>of().collect(Collectors.joining(\"-\", \"(\", \")\"))"
            + " + Stream.of(1, 2).map(i -> \"\" + i).collect(Collectors.groupingBy(String::length, TreeMap::new, Collectors.joining(\"+\")));",
        "var d = java.time.LocalDate.EPOCH; return d.datesUntil(d.plusDays(3)).toList();",
        "var b = new BitSet(); b.set(3, true); b.set(4, 9); b.set(1000000000, false); b.set(6, 1000000000, false);"
            + " b.flip(1, 5); return b.cardinality() + \" \" + b.nextSetBit(0);",
        "for (int i = 0; i < 10000000; i++) { bytes(64); } return 1;",
      })
  void whatIsUsualIsComputed(String body) throws Exception {
    assertThat(code("", body).call()).isEqualTo(LoadedCode.unchanged(source("", body)).call());
  }

  @Test
  void eachCallOfAModuleMayMakeAsMuchAgain() throws Exception {
    Callable<?> code = code("", "for (int i = 0; i < 200; i++) { bytes(1 << 20); } return 1;");
    for (int i = 0; i < 5; i++) {
      assertThat(code.call()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return new int[2][3][4];",
        "return new BigDecimal(\"12\".toCharArray());",
        "Function<Integer, ArrayList<Long>> f = ArrayList::new; return f.apply(3);",
        "return Arrays.copyOf(new String[1], 3, Object[].class);",
      })
  void whatCanNotBeBoundedIsRefused(String body) {
    assertThatThrownBy(() -> code("", body)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMethodWithTooManyVariablesIsRefused() {
    StringBuilder locals = new StringBuilder();
    for (int i = 0; i < 130; i++) {
      locals.append("long v").append(i).append(" = ").append(i).append("; ");
    }

    assertThatThrownBy(() -> code("", locals + "return v1;"))
        .hasMessageContaining("method call has 261 local variables");
  }

  private static int deepest(Callable<?> code) throws Exception {
    return code.getClass().getField("deepest").getInt(null);
  }

  private static String source(String members, String body) {
    return SOURCE.formatted(members, body);
  }

  private static Callable<?> code(String members, String body) throws Exception {
    return LoadedCode.called(LoadedCode.of(2, source(members, body)));
  }
}
