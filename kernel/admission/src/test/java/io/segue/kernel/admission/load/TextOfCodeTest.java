package io.segue.kernel.admission.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What objects are as text, and hashed, under kernel rules 2. */
class TextOfCodeTest {
  private static final String SOURCE =
      """
      package x;
      import java.math.*;
      import java.time.*;
      import java.util.*;
      import java.util.function.*;
      import java.util.stream.*;
      public class Code implements java.util.concurrent.Callable<Object> {
        enum Color { RED, GREEN { public String toString() { return "green!"; } } }
        record Pair(String name, Object value) {}
        record Money(String denom, long amount) {}
        record Nothing() {}
        static class Named { public String toString() { return "named"; } public int hashCode() { return 7; } }
        static class Plain {}
        static class Super extends Plain { public String toString() { return super.toString(); } }
        static class Failed extends RuntimeException { Failed(String m) { super(m); } }
        static Object object(Object o) { return o; }
        public Object call() throws Exception { %s }
      }
      """;

  /** Java's own text, or hash. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "return object(\"a\").toString() + object(5) + object(7L) + object('c') + object(true);",
        "return \"\" + object(new BigDecimal(\"1.50\")) + object(BigInteger.TEN) + object(null);",
        "return String.valueOf(object(Instant.EPOCH)) + object(Duration.ofSeconds(61));",
        "return \"\" + Color.RED + Color.GREEN + object(Color.RED);",
        "return \"\" + new Pair(\"a\", new Money(\"x\", 5)) + new Nothing() + new Named();",
        "return \"\" + List.of(1, 2) + object(new ArrayList<>(List.of(\"a\"))) + Optional.of(3) + Optional.empty();",
        "return new TreeMap<>(Map.of(\"b\", 2, \"a\", List.of(1L))).toString() + Map.entry(\"k\", \"v\");",
        "return object(new LinkedHashSet<>(List.of(3, 1, 2))).toString() + new TreeSet<>(List.of(2, 1));",
        "return new StringBuilder().append(object(5)).append(new Named()).insert(0, object(Color.RED)).toString();",
        "return Objects.toString(object(5)) + Objects.toString(null, \"none\") + Arrays.toString(new Object[] {1, \"x\"});",
        "return Stream.of(1, 2).map(Object::toString).collect(Collectors.joining(\",\"));",
        "Object o = new Named(); Supplier<String> s = o::toString; Named n = new Named(); Supplier<String> t = n::toString; return s.get() + t.get();",
        "return Stream.of(1, \"x\").map(String::valueOf).toList() + String.format(Locale.ROOT, \"%d %s\", 5, new Named());",
        "return \"\" + new Failed(\"why\") + String.class + \"%s\".formatted(new Named());",
        "return Objects.hash(1, \"x\", List.of(2L), new Named()) + Objects.hashCode(\"s\") + Arrays.hashCode(new Object[] {1});",
        "return new Money(\"x\", 5).hashCode() + object(List.of(1, 2)).hashCode() + object(\"x\").hashCode();",
        "return object(Map.of(1, 2)).hashCode() + object(Set.of(4)).hashCode() + object(Optional.of(3)).hashCode();",
        "return new Money(\"x\", 5).equals(new Money(\"x\", 5)) && new Pair(\"a\", 1).hashCode() == new Pair(\"a\", 1).hashCode();",
        "Function<Object, Integer> h = Object::hashCode; return h.apply(\"x\");",
        "char[] c = {'a'}; return \"\" + String.valueOf(c) + new StringBuilder().append(c).append(1).append('x').append(2.5);",
      })
  void whatHasAValueIsAsJavaHasIt(String body) throws Exception {
    assertThat(code(body).call()).isEqualTo(LoadedCode.unchanged(SOURCE.formatted(body)).call());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return new Object().toString();",
        "return \"\" + new Plain();",
        "return \"a\" + new byte[1] + \"b\";",
        "return String.valueOf(object(new byte[1]));",
        "return new StringBuilder().append(new Plain()).toString();",
        "Runnable r = () -> {}; return \"\" + r;",
        "Runnable r = () -> {}; return r.getClass().toString();",
        "return \"\" + List.of(List.of(new Plain()));",
        "return new Pair(\"a\", new Plain()).toString();",
        "return \"\" + new Super();",
        "return Stream.of(new Plain()).map(Object::toString).toList();",
        "Plain p = new Plain(); Supplier<String> s = p::toString; return s.get();",
        "return Optional.of(new int[0]).toString();",
        "return String.format(Locale.ROOT, \"%s\", new Plain());",
        "return List.of(1).iterator().toString();",
        "return new Object().hashCode();",
        "return Objects.hash(1, new Plain());",
        "return new Pair(\"a\", new Plain()).hashCode();",
        "return object(new byte[1]).hashCode();",
        "return new StringBuilder().hashCode();",
        "Function<Object, Integer> h = Object::hashCode; return h.apply(new Plain());",
      })
  void whatHasOnlyAnIdentityIsRefused(String body) throws Exception {
    Callable<?> code = code(body);

    assertThatThrownBy(code::call)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("no text and no hash but its identity");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return \"\" + Set.of(3, 1, 2);|[1, 2, 3]",
        "return \"\" + Map.of(\"b\", 1, \"a\", 2);|{a=2, b=1}",
        "return \"\" + (Color.RED.hashCode() == \"RED\".hashCode());|true",
        "return \"\" + (new Pair(\"a\", Color.RED).hashCode() == 31 * \"a\".hashCode() + \"RED\".hashCode());|true",
        "try { Object o = \"x\"; return (Integer) o; } catch (ClassCastException e) { return \"\" + e; }|java.lang.ClassCastException",
      })
  void isTheSameOnEveryNode(String body, String text) throws Exception {
    assertThat(code(body).call()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "List<Object> l = new ArrayList<>(); l.add(List.of(l)); return \"\" + l;",
        "List<Object> l = new ArrayList<>(); l.add(List.of(l)); return object(l).hashCode();",
      })
  void whatContainsItselfEnds(String body) throws Exception {
    assertThatThrownBy(code(body)::call).hasMessageContaining("1024");
  }

  private static Callable<?> code(String body) throws Exception {
    return LoadedCode.called(LoadedCode.of(2, SOURCE.formatted(body)));
  }
}
