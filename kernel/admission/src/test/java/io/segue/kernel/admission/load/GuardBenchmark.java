package io.segue.kernel.admission.load;

import com.google.protobuf.ListValueOrBuilder;
import com.google.protobuf.StructOrBuilder;
import com.google.protobuf.StructProto;
import com.google.protobuf.ValueOrBuilder;
import io.segue.kernel.api.guard.Guard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the calls cost that code of generations gets when it is loaded, on a thread as the kernel
 * has them.
 *
 * <pre>java -cp kernel/admission/target/test-classes:... org.openjdk.jmh.Main GuardBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Djmh.executor=CUSTOM",
      "-Djmh.executor.class=io.segue.kernel.admission.load.GuardedExecutor"
    })
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GuardBenchmark {
  private static final String SOURCE =
      """
      package x;
      import java.math.BigInteger;
      import java.util.*;
      public class Code implements java.util.concurrent.Callable<Object> {
        static final int[] TABLE = new int[100000];
        static com.google.protobuf.Struct message(int depth) {
          var message = com.google.protobuf.Struct.newBuilder();
          for (int i = 0; i < 10; i++) {
            var value = com.google.protobuf.Value.newBuilder();
            message.putFields(
                "field" + i, depth == 0 ? value.setNumberValue(i).build()
                    : i == 0 ? value.setStructValue(message(depth - 1)).build()
                    : value.setStringValue("text of a field").build());
          }
          return message.build();
        }
        static final com.google.protobuf.Struct PARSED = message(5);
        static final byte[] MESSAGE = PARSED.toByteArray();
        static int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
        static long mix(long a, long b) { return a * 31 + (b ^ a >>> 7); }
        public Object call() throws Exception { %s }
      }
      """;

  /** What is done. */
  public enum Work {
    /** A loop over numbers. */
    NUMBERS(
        "long s = 1; for (int i = 0; i < 100000; i++) { s = s * 31 + (i ^ s >>> 7); } return s;"),
    /** A sum over an array. */
    ARRAY("long s = 0; for (int v : TABLE) { s += v; } return s;"),
    /** A small method that calls none, in a loop. */
    LEAF("long s = 1; for (int i = 0; i < 100000; i++) { s = mix(s, i); } return s;"),
    /** Entries of a sorted map. */
    MAP(
        "var m = new TreeMap<Integer, Integer>(); for (int i = 0; i < 2000; i++) { m.merge(i * 7 % 1000,"
            + " 1, (a, b) -> a + b); } long s = 0; for (var e : m.entrySet()) { s += e.getValue(); }"
            + " return s;"),
    /** Recursion, the worst there is. */
    FIB("return fib(20);"),
    /** Arrays and texts. */
    TEXT(
        "int n = 0; for (int i = 0; i < 1000; i++) { byte[] b = new byte[i]; n += (\"a\" + i + '/' +"
            + " b.length).length(); } return n;"),
    /** Amounts. */
    AMOUNTS(
        "BigInteger n = BigInteger.ONE; for (int i = 0; i < 1000; i++) { n ="
            + " n.multiply(BigInteger.valueOf(i + 3)).shiftRight(n.bitLength() > 200 ? 64 : 0); }"
            + " return n;"),
    /** A message of some 2 KiB, parsed by what protobuf's compiler generates. */
    PARSE("return com.google.protobuf.Struct.parseFrom(MESSAGE);"),
    /** The same message, written. */
    WRITE("return PARSED.toByteArray();");

    private final String body;

    Work(String body) {
      this.body = body;
    }
  }

  @Param public Work work;

  /** Number of the kernel rules; 0 for a class as it is. */
  @Param({"0", "1", "2"})
  public long rules;

  private Callable<?> code;

  @Setup(Level.Trial)
  public void load() throws Exception {
    List<Class<?>> generated = new ArrayList<>();
    for (String name : List.of("ListValue", "NullValue", "Struct", "Value")) {
      Class<?> message = Class.forName("com.google.protobuf." + name);
      generated.add(message);
      addNested(message, generated);
      // Its parser has no name.
      generated.add(Class.forName(message.getName() + "$1"));
    }
    generated.addAll(
        List.of(
            ListValueOrBuilder.class,
            StructOrBuilder.class,
            ValueOrBuilder.class,
            StructProto.class));
    code = LoadedCode.with(generated, rules, SOURCE.formatted(work.body));
  }

  private static void addNested(Class<?> type, List<Class<?>> all) {
    for (Class<?> nested : type.getDeclaredClasses()) {
      all.add(nested);
      addNested(nested, all);
    }
  }

  @Benchmark
  public Object run() throws Exception {
    int opened = Guard.open();
    try {
      return code.call();
    } finally {
      Guard.close(opened);
    }
  }
}
