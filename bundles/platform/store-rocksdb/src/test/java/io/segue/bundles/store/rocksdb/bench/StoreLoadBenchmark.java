package io.segue.bundles.store.rocksdb.bench;

import io.segue.bundles.store.rocksdb.RocksStateStore;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.upgrade.Rewriter;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.StoreLoader;
import io.segue.kernel.core.upgrade.StoreLoads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
 * One store load of an upgrade, from its first step to the durable commit. {@code add}, {@code
 * rename} and {@code delete} should take the same for any number of keys; {@code resume} is a
 * rewrite that was cut off at half.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 3)
@Measurement(iterations = 15)
public class StoreLoadBenchmark {
  private static final int KEY_SIZE = 32;
  private static final int VALUE_SIZE = 100;
  private static final int FLIPPED_FROM = 2;
  private static final long STEP_NS = 50_000_000;
  private static final String CODE = "the code";

  @Param({"1000", "1000000"})
  public int keys;

  @Param({"add", "rename", "delete", "rewrite", "loader", "resume"})
  public String load;

  private Path directory;
  private RocksStateStore store;
  private boolean filled;

  @Setup(Level.Trial)
  public void open() throws IOException {
    directory =
        Files.createTempDirectory(
            Path.of(System.getProperty("segue.bench.dir", System.getProperty("java.io.tmpdir"))),
            "segue-bench");
    store = RocksStateStore.open(directory, StoreOptions.defaults());
    commit(List.of());
  }

  @Setup(Level.Invocation)
  public void fillAndCutOff() {
    if (!filled) {
      filled = true;
      Random random = new Random(7);
      try (BulkWriter writer = store.bulkWriter()) {
        for (int i = 0; i < keys; i++) {
          byte[] key = new byte[KEY_SIZE];
          byte[] value = new byte[VALUE_SIZE];
          random.nextBytes(key);
          random.nextBytes(value);
          writer.put(key, value);
        }
        commit(List.of(new IndexChange.Adopt("bank", writer.finish())));
      }
    }
    if (load.equals("resume")) {
      try (StoreLoads loads = new StoreLoads(store, loads(), CODE)) {
        loads.step(1);
        while (loads.progress().done() < keys / 2) {
          loads.step(1);
        }
      }
    }
  }

  @Benchmark
  public void load() {
    try (StoreLoads loads = new StoreLoads(store, loads(), CODE)) {
      while (!loads.step(STEP_NS)) {
        // Goes on, as the block loop does.
      }
      commit(loads.index());
    }
    filled = !load.equals("delete");
  }

  private List<StoreLoad> loads() {
    String name = store.roots(store.height()).containsKey("bank") ? "bank" : "assets";
    return List.of(
        switch (load) {
          case "add" -> new StoreLoad.Add("store" + store.height());
          case "rename" -> new StoreLoad.Rename(name, name.equals("bank") ? "assets" : "bank");
          case "delete" -> new StoreLoad.Delete(name);
          case "loader" -> new StoreLoad.Custom("bank", new Copy());
          default -> new StoreLoad.Rewrite("bank", StoreLoadBenchmark::flip);
        });
  }

  /** Another place in the order of keys, and another value, for each entry. */
  private static void flip(byte[] key, byte[] value, Rewriter.Sink sink) {
    byte[] newKey = key.clone();
    byte[] newValue = value.clone();
    for (int i = FLIPPED_FROM; i < KEY_SIZE; i++) {
      newKey[i] ^= (byte) 0xa5;
    }
    newValue[0]++;
    sink.put(newKey, newValue);
  }

  private void commit(List<IndexChange> index) {
    store.commit(store.stage(index, new TreeMap<>()), store.height() + 1, Map.of());
  }

  @TearDown(Level.Trial)
  public void remove() throws IOException {
    store.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The rewrite as a loader of the application's own. */
  private static final class Copy implements StoreLoader {
    @Override
    public Optional<byte[]> step(byte[] cursor, int budget, Source source, Rewriter.Sink sink) {
      int left = budget;
      try (KVIterator entries = source.store("bank").iterate(cursor, null, false)) {
        while (entries.next()) {
          if (left-- == 0) {
            return Optional.of(entries.key());
          }
          flip(entries.key(), entries.value(), sink);
        }
      }
      return Optional.empty();
    }
  }
}
