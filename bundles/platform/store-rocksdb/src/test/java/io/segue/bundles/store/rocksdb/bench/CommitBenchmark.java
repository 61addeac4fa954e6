package io.segue.bundles.store.rocksdb.bench;

import io.segue.kernel.api.store.StateStore.Change;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Root and durable commit of a block that changes many random keys of a large store. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 30)
@Measurement(iterations = 200)
public class CommitBenchmark {
  @Param("1000000")
  public int keys;

  @Param("10000")
  public int changes;

  /** Whether the caller gives the old values, which a block has usually read. */
  @Param({"true", "false"})
  public boolean oldKnown;

  private Workload workload;
  private SortedMap<String, List<Change>> block = new TreeMap<>();

  @Setup(Level.Trial)
  public void fill() throws IOException {
    workload = new Workload(keys);
  }

  @Setup(Level.Invocation)
  public void nextBlock() {
    block = workload.block(changes, oldKnown);
  }

  @Benchmark
  public void commit() {
    workload.commit(block);
  }

  @TearDown(Level.Trial)
  public void remove() throws IOException {
    workload.close();
  }
}
