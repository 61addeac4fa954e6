package io.segue.kernel.admission.load;

import io.segue.kernel.api.guard.Guard;
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
 * has them. Parsing by what protobuf generates is not among it: that is loaded as it is.
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
        static int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
        static long mix(long a, long b) { return a * 31 + (b ^ a >>> 7); }
        public Object call() { %s }
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
            + " return n;");

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
    String source = SOURCE.formatted(work.body);
    code = rules == 0 ? LoadedCode.unchanged(source) : LoadedCode.of(rules, source);
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
