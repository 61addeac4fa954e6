package io.segue.bundles.store.rocksdb.bench;

import io.segue.bundles.store.rocksdb.RocksStateStore;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.snapshot.SnapshotLimits;
import io.segue.kernel.core.snapshot.SnapshotReader;
import io.segue.kernel.core.snapshot.SnapshotWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/**
 * A snapshot of a store of accounts without its limit of speed, and a state restored from it. The
 * peak of the heap since the start of the trial, what the benchmark itself keeps included, is
 * printed at its end.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 1)
@Measurement(iterations = 5)
public class SnapshotBenchmark {
  private static final SnapshotLimits UNHURRIED =
      new SnapshotLimits(
          SnapshotLimits.CHUNK_BYTES,
          SnapshotLimits.CHUNKS,
          SnapshotLimits.KEY_BYTES,
          SnapshotLimits.VALUE_BYTES,
          SnapshotLimits.BUNDLE_BYTES,
          SnapshotLimits.STORES,
          Long.MAX_VALUE);

  @Param("1000000")
  public int accounts;

  private Workload workload;
  private Path folder;
  private ContentStore contents;

  @Setup(Level.Trial)
  public void fill() throws IOException {
    Path parent =
        Path.of(System.getProperty("segue.bench.dir", System.getProperty("java.io.tmpdir")));
    folder = Files.createTempDirectory(parent, "segue-snapshot");
    contents = ContentStore.open(folder.resolve("contents"));
    workload = new Workload(accounts);
    workload.forgetEntries();
    take();
    System.gc();
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  @Benchmark
  public void take() throws IOException {
    try (StateView view = workload.store().view(1);
        OutputStream out = Files.newOutputStream(folder.resolve("chunks"))) {
      new SnapshotWriter(UNHURRIED).write(view, Instant.EPOCH, "none", List.of(), contents, out);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  @Benchmark
  public void restore() throws Exception {
    Path target = folder.resolve("restored");
    try (RocksStateStore store = RocksStateStore.open(target, StoreOptions.defaults());
        InputStream in =
            new BufferedInputStream(Files.newInputStream(folder.resolve("chunks")), 1 << 20)) {
      SnapshotReader reader = new SnapshotReader(in, UNHURRIED);
      reader.begin(1);
      reader.stores();
      String name = reader.store();
      try (BulkWriter writer = store.bulkWriter()) {
        reader.entries(writer);
        List<IndexChange> index = List.of(new IndexChange.Adopt(name, writer.finish()));
        store.commit(store.stage(index, new TreeMap<>()), 1, Map.of());
      }
    }
    remove(target);
  }

  @TearDown(Level.Trial)
  public void remove() throws IOException {
    long peak = heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    System.out.println(
        "peak of the heap: "
            + (peak >> 20)
            + " MiB; snapshot: "
            + Files.size(folder.resolve("chunks"))
            + " bytes");
    workload.close();
    remove(folder);
  }

  private static Stream<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP);
  }

  private static void remove(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
