package io.segue.kernel.admission.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.segue.kernel.admission.artifact.TestSources;
import io.segue.kernel.admission.hostile.ExceptionLoop;
import io.segue.kernel.api.guard.CancelledError;
import io.segue.kernel.api.guard.Guard;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class GuardTransformTest {
  private static final String SOURCE =
      """
      package x;
      public class Code implements java.util.concurrent.Callable<Object> {
        public static final java.util.concurrent.CountDownLatch BEGAN =
            new java.util.concurrent.CountDownLatch(1);
        static boolean began;
        %s
        public Object call() throws Exception { began = true; BEGAN.countDown(); %s }
      }
      """;

  private static final List<String> ENDLESS =
      List.of(
          "while (true) {}",
          "for (int i = 0; ; i++) { if (i < 0) i = 0; }",
          "int i = 0; do { i ^= 1; } while (i < 2); return i;",
          "while (true) { switch (began ? 1 : 2) { case 1: continue; default: return 1; } }",
          "java.util.stream.IntStream.iterate(0, i -> i ^ 1).forEach(i -> {}); return 1;",
          "java.util.stream.Stream.generate(() -> 1).filter(i -> i > 1).findFirst(); return 1;",
          "try { while (true) {} } finally { for (int i = 0; i < 5; i++) { began = true; } }",
          "while (true) { try { while (true) {} } catch (IllegalStateException e) { began = true; } }",
          "return grow(200);",
          "return new Endless().next;",
          "var t = new java.util.TreeMap<Long, Integer>((a, b) -> { while (true) {} });"
              + " t.put(1L, 1); t.put(2L, 2); return t;");

  static Stream<Arguments> endless() {
    return Stream.of(1L, 2L)
        .flatMap(rules -> ENDLESS.stream().map(body -> Arguments.of(rules, body)));
  }

  @ParameterizedTest
  @MethodSource("endless")
  void whatDoesNotEndIsCancelled(long rules, String body) throws Exception {
    String members =
        """
        static long grow(int n) { return n == 0 ? 1 : grow(n - 1) + grow(n - 1); }
        static class Endless { Object next = grow(200); }
        """;

    assertCancelled(LoadedCode.of(rules, SOURCE.formatted(members, body)));
  }

  /** No compiler of Java writes it. */
  @ParameterizedTest
  @CsvSource({"1, true", "1, false", "2, true", "2, false"})
  void aLoopOfExceptionsIsRefused(long rules, boolean itself) {
    byte[] admitted = ExceptionLoop.of("x/Code", itself);

    assertThatThrownBy(() -> LoadRules.apply(rules, admitted))
        .hasMessage("an exception handler of call stands before what it handles");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void whatEndsComputesWhatItComputed(long rules) throws Exception {
    String members =
        """
        record Pair(String name, long amount) {}
        sealed interface Shape permits Square, Circle {}
        record Square(int side) implements Shape {}
        record Circle(int radius) implements Shape {}
        enum Color { RED, GREEN }
        static Pair pair(boolean big) { return new Pair(big ? "b" : "s", big ? 2 : 1); }
        static Pair last(int n) { do { n--; } while (n > 0); return new Pair(n > 0 ? "x" : "y", n); }
        static long fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
        """;
    String body =
        """
        var out = new StringBuilder();
        for (int i = 0; i < 20; i++) { out.append(fib(i)).append(','); }
        for (Color c : Color.values()) { switch (c) { case RED -> out.append('r'); default -> out.append('x'); } }
        try { Object o = null; o.hashCode(); } catch (NullPointerException e) { out.append("npe"); } finally { out.append('f'); }
        Shape shape = new Square(3);
        out.append(shape instanceof Square s ? s.side() : 0).append(new Pair("a", 1)).append(pair(true)).append(last(3));
        out.append(java.util.stream.IntStream.range(0, 9).map(i -> i * i).sum());
        switch ("b" + out.length() % 1) { case "b0": out.append("zero"); break; default: out.append("other"); }
        try (var in = new java.io.ByteArrayInputStream(new byte[3])) { out.append(in.readAllBytes().length); }
        return out.toString();
        """;
    String source = SOURCE.formatted(members, body);

    Object admitted = LoadedCode.unchanged(source).call();
    Object loaded = LoadedCode.of(rules, source).call();

    assertThat(loaded).isEqualTo(admitted);
  }

  /** An expression that tries each way to divide the text ends within Java's own code. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "return text.matches(SLOW);",
        "return text.split(SLOW, -1);",
        "return text.replaceAll(SLOW, \"z\");",
        "return text.replaceFirst(SLOW, \"z\");",
        "return java.util.regex.Pattern.matches(SLOW, text);",
        "return java.util.regex.Pattern.compile(SLOW).matcher(new StringBuilder(text)).find();",
        "return java.util.regex.Pattern.compile(SLOW).matcher(\"\").reset(text).lookingAt();",
        "return java.util.regex.Pattern.compile(SLOW).split(text);",
        "return java.util.regex.Pattern.compile(SLOW).splitAsStream(text).count();",
        "return java.util.regex.Pattern.compile(SLOW).asPredicate().test(text);",
        "return java.util.stream.Stream.of(text).filter(java.util.regex.Pattern.compile(SLOW).asMatchPredicate()).count();",
      })
  void aRegularExpressionThatDoesNotEndIsCancelledUnderRulesTwo(String body) throws Exception {
    assertCancelled(
        LoadedCode.of(
            2,
            SOURCE.formatted(
                "static final String SLOW = \"x*x*x*x*x*x*y\";",
                "String text = \"x\".repeat(60000); BEGAN.countDown(); " + body)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aMethodThatIsCancelledAtItsBeginNamesItsLine(long rules) throws Exception {
    Callable<?> code = LoadedCode.of(rules, SOURCE.formatted("", "return 1;"));
    Guard.cancel(Thread.currentThread(), "for a test");
    try {
      CancelledError error = catchThrowableOfType(CancelledError.class, code::call);
      assertThat(error.getStackTrace())
          .filteredOn(frame -> frame.getMethodName().equals("call"))
          .singleElement()
          .satisfies(frame -> assertThat(frame.getLineNumber()).isPositive());
    } finally {
      Guard.release(Thread.currentThread());
    }
  }

  /** Anybody can write a class of the shape that protobuf's compiler gives to its own. */
  @ParameterizedTest
  @CsvSource({
    "1, while (true) {}",
    "2, while (true) {}",
    "1, return grow(200);",
    "2, return grow(200);",
    "2, return new Parser(200).last;",
  })
  void whatHasTheShapeOfGeneratedCodeIsCancelledToo(long rules, String body) throws Exception {
    String members =
        """
        static class Parser extends com.google.protobuf.AbstractParser<com.google.protobuf.Empty> {
          com.google.protobuf.Empty last;
          Parser(int n) {
            if (n > 0) { last = new Parser(n - 1).last; last = new Parser(n - 1).last; }
          }
          com.google.protobuf.Empty grow(int n) {
            if (n > 0) { grow(n - 1); grow(n - 1); }
            return null;
          }
          @Override
          public com.google.protobuf.Empty parsePartialFrom(
              com.google.protobuf.CodedInputStream in,
              com.google.protobuf.ExtensionRegistryLite registry) {
            %s
          }
        }
        """
            .formatted(body);

    assertCancelled(
        LoadedCode.of(
            rules, SOURCE.formatted(members, "return new Parser(0).parseFrom(new byte[0]);")));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void leavesNoAnnotationAndNoUnknownAttribute(long rules) {
    byte[] admitted =
        TestSources.compile(
                Map.of(
                    "x.Old",
                    """
                    package x;
                    @Deprecated public class Old {
                      @Deprecated int field;
                      @Deprecated void method(@SuppressWarnings("x") int i) {}
                    }
                    """))
            .get("x.Old");

    assertThat(new String(admitted, java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("RuntimeVisibleAnnotations");
    int[] annotations = {0};
    new ClassReader(LoadRules.apply(rules, admitted))
        .accept(new CountingAnnotations(annotations), 0);
    assertThat(annotations[0]).isZero();
  }

  private static void assertCancelled(Callable<?> code) throws Exception {
    CompletableFuture<Object> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(code.call());
              } catch (Throwable e) { // the cancellation is one
                result.completeExceptionally(e);
              } finally {
                Guard.release(Thread.currentThread());
              }
            });
    thread.setDaemon(true);
    thread.start();
    CountDownLatch began = (CountDownLatch) code.getClass().getField("BEGAN").get(null);
    assertThat(began.await(30, TimeUnit.SECONDS)).as("it began").isTrue();
    assertThat(result).isNotDone();

    Guard.cancel(thread, "for a test");

    try {
      assertThat(result.get(30, TimeUnit.SECONDS)).as("the result").isNull();
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(CancelledError.class).hasMessage("for a test");
    }
  }

  /** Counts what it is told of. */
  private static final class CountingAnnotations extends ClassVisitor {
    private final int[] count;

    CountingAnnotations(int[] count) {
      super(Opcodes.ASM9);
      this.count = count;
    }

    @Override
    public AnnotationVisitor visitAnnotation(String type, boolean visible) {
      count[0]++;
      return null;
    }

    @Override
    public FieldVisitor visitField(
        int access, String name, String descriptor, String signature, Object value) {
      return new FieldVisitor(Opcodes.ASM9) {
        @Override
        public AnnotationVisitor visitAnnotation(String type, boolean visible) {
          count[0]++;
          return null;
        }
      };
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public AnnotationVisitor visitAnnotation(String type, boolean visible) {
          count[0]++;
          return null;
        }
      };
    }
  }
}
